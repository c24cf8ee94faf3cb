using System.Globalization;
using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Sip.Transactions;
using Vrs.Grains.Interfaces.Calls;

namespace Vrs.Gateway.Legs;

/// <summary>Which leg it is, as every message on it says.</summary>
/// <param name="Leg">The leg.</param>
/// <param name="Role">Its part; null when this gateway only ends it and was never told.</param>
/// <param name="Session">The call's Session-ID.</param>
public sealed record LegIdentity(LegRef Leg, LegRole? Role, SessionId Session)
{
    /// <summary>The header that names the call to the page.</summary>
    public const string CallHeader = "Vrs-Call";

    /// <summary>The header that tells the page the leg's part.</summary>
    public const string RoleHeader = "Vrs-Leg";

    /// <summary>The header that tells a waiting caller her place.</summary>
    public const string QueueHeader = "Vrs-Queue";

    /// <summary>
    /// The header of an INVITE that takes over another dialog of the same device:
    /// <c>Call-ID;local-tag=…;remote-tag=…</c>, both tags as the device sees them.
    /// </summary>
    public const string TakesOverHeader = "Vrs-Takes-Over";

    /// <summary>
    /// The header of an INFO by which a device says, in the dialog that is taken over, that it shows the other one.
    /// </summary>
    public const string ShownHeader = "Vrs-Successor-Shown";

    private const string NilSession = "00000000000000000000000000000000";

    /// <summary>Puts the call, the part and the Session-ID (RFC 7989) on a message.</summary>
    public void Mark(SipMessage message)
    {
        message.Headers.Set(HeaderNames.SessionId, $"{Session};remote={NilSession}");
        message.Headers.Set(CallHeader, Leg.Call.Value);
        if (Role is { } role)
        {
            message.Headers.Set(RoleHeader, NameOf(role));
        }
    }

    /// <summary>A new local tag: it leads back to the call from any gateway.</summary>
    public static string NewTag(CallId call, ISipIdentifiers identifiers) => $"{call}-{identifiers.Next()}";

    /// <summary>The call a local tag belongs to, or null when it is none of ours.</summary>
    public static CallId? CallOf(string localTag)
    {
        var hyphen = localTag.IndexOf('-', StringComparison.Ordinal);
        return hyphen > 0 && localTag.AsSpan(0, hyphen).IndexOfAnyExcept(IdLetters) < 0
            ? CallId.From(localTag[..hyphen])
            : null;
    }

    /// <summary>The call named in a header a page sent, or null when that is no call id.</summary>
    public static CallId? CallIn(SipMessage message) =>
        message.Headers[CallHeader] is { Length: > 0 and <= 64 } text && text.AsSpan().IndexOfAnyExcept(IdLetters) < 0
            ? CallId.From(text)
            : null;

    /// <summary>
    /// The Session-ID a device sent (RFC 7989 section 5), or null when it sent none that can be used.
    /// </summary>
    public static SessionId? SessionIn(SipMessage message)
    {
        var text = message.Headers[HeaderNames.SessionId]?.Split(';')[0].Trim().ToLowerInvariant();
        return text is { Length: 32 } && text != NilSession && text.All(char.IsAsciiHexDigitLower)
            ? SessionId.From(text)
            : null;
    }

    /// <summary>Value of <see cref="TakesOverHeader"/>.</summary>
    public static string TakesOver(DialogState dialog) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{dialog.CallIdHeader};local-tag={dialog.RemoteTag};remote-tag={dialog.LocalTag}");

    private static readonly System.Buffers.SearchValues<char> IdLetters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");

    private static string NameOf(LegRole role) => role switch
    {
        LegRole.Caller => "caller",
        LegRole.InterpreterToCaller => "interpreterToCaller",
        LegRole.InterpreterToCallee => "interpreterToCallee",
        LegRole.Callee => "callee",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "No such role."),
    };
}
