using System.Globalization;

namespace Vrs.Gateway.Sip.Messages;

/// <summary>
/// The To tag of a response that no state stands behind: the same for every retransmission of a request, as RFC 3261
/// section 8.2.7 asks, so it is computed from the request (FNV-1a, 64 bits). It names nothing and protects nothing.
/// </summary>
internal static class StatelessTag
{
    public static string For(string callId, string? fromTag, string? branch)
    {
        var hash = Add(Add(Add(14695981039346656037UL, callId), fromTag), branch);
        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }

    private static ulong Add(ulong hash, string? text)
    {
        foreach (var letter in text ?? "")
        {
            hash = (hash ^ letter) * 1099511628211UL;
        }

        return (hash ^ 0xFFFF) * 1099511628211UL;
    }
}
