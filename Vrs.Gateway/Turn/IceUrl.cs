namespace Vrs.Gateway.Turn;

/// <summary>Reads STUN and TURN URLs (RFC 7064, RFC 7065).</summary>
internal static class IceUrl
{
    private static readonly string[] Schemes = ["stun:", "stuns:", "turn:", "turns:"];

    /// <summary>Whether the URL has one of the four schemes and names a host.</summary>
    public static bool IsValid(string url)
    {
        var scheme = Schemes.FirstOrDefault(s => url.StartsWith(s, StringComparison.Ordinal));
        return scheme is not null
            && Uri.TryCreate($"scheme://{url[scheme.Length..]}", UriKind.Absolute, out var parsed)
            && parsed.Host.Length > 0
            && parsed.AbsolutePath is "" or "/";
    }

    /// <summary>Whether the URL names a relay, which needs a credential.</summary>
    public static bool IsRelay(string url) => url.StartsWith("turn", StringComparison.Ordinal);
}
