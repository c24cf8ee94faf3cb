using System.Globalization;
using System.Text;

namespace Vrs.Bench.Headless;

/// <summary>
/// What a strict device demands of every message a server sends it. Each fault is a sentence; a test fails when there
/// is one. JsSIP drops such messages in silence, which is far harder to find.
/// </summary>
public static class PeerChecks
{
    private static readonly string[] OnEveryMessage = ["Via", "From", "To", "Call-ID", "CSeq", "Content-Length"];

    /// <summary>All faults of a message received by this device.</summary>
    public static IEnumerable<string> Faults(PeerMessage message, PeerIdentity me)
    {
        foreach (var name in OnEveryMessage.Where(name => message.All(name).Count != 1))
        {
            yield return $"{message}: {message.All(name).Count} {name} headers instead of one";
        }

        var length = message["Content-Length"];
        if (length != Encoding.UTF8.GetByteCount(message.Body).ToString(CultureInfo.InvariantCulture))
        {
            yield return $"{message}: Content-Length {length}, body {Encoding.UTF8.GetByteCount(message.Body)} bytes";
        }

        if (message.FromTag.Length == 0)
        {
            yield return $"{message}: From has no tag (RFC 3261 8.1.1.3)";
        }

        if (message.Body.Length > 0 && message["Content-Type"] is null)
        {
            yield return $"{message}: body without Content-Type (RFC 3261 7.4.1)";
        }

        foreach (var fault in message.Method is null ? OfResponse(message, me) : OfRequest(message, me))
        {
            yield return $"{message}: {fault}";
        }
    }

    private static IEnumerable<string> OfRequest(PeerMessage request, PeerIdentity me)
    {
        if (!request.Branch.StartsWith("z9hG4bK", StringComparison.Ordinal))
        {
            yield return "branch without the magic cookie (RFC 3261 8.1.1.7)";
        }

        if (request["Max-Forwards"] is null)
        {
            yield return "no Max-Forwards (RFC 3261 8.1.1.6)";
        }

        if (request.CSeqMethod != request.Method)
        {
            yield return "the CSeq method is not the request's (RFC 3261 8.1.1.5)";
        }

        if (request.Method == "INVITE" && request["Contact"] is null)
        {
            yield return "INVITE without Contact (RFC 3261 8.1.1.8)";
        }

        var sentTo = request.RequestUri;
        if (sentTo != me.ContactUri && !sentTo.StartsWith(me.ContactUri + ";", StringComparison.Ordinal))
        {
            yield return $"sent to {sentTo}, which is not this device's Contact {me.ContactUri}";
        }
    }

    private static IEnumerable<string> OfResponse(PeerMessage response, PeerIdentity me)
    {
        if (!(response["Via"] ?? "").Contains(me.Host, StringComparison.Ordinal))
        {
            yield return "the Via is not this device's (RFC 3261 8.1.3.3)";
        }

        if (response.Status > 100 && response.ToTag.Length == 0)
        {
            yield return "To has no tag (RFC 3261 8.2.6.2)";
        }

        if (response.CSeqMethod == "INVITE" && response.Status is >= 200 and < 300 && response["Contact"] is null)
        {
            yield return "2xx to INVITE without Contact (RFC 3261 12.1.1)";
        }
    }
}
