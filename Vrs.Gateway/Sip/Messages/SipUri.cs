using System.Globalization;
using Vrs.Gateway.Sip.Parsing;

namespace Vrs.Gateway.Sip.Messages;

/// <summary>
/// A SIP or SIPS URI taken apart (RFC 3261 section 19.1), or another absolute URI (tel, urn) kept whole.
/// It remembers the text it was read from, so that it is passed on as it came.
/// </summary>
public sealed class SipUri
{
    private SipUri(string text, string scheme)
    {
        Text = text;
        Scheme = scheme;
    }

    /// <summary>The URI as on the wire.</summary>
    public string Text { get; }

    /// <summary>The scheme in lower case: sip, sips, tel, …</summary>
    public string Scheme { get; }

    /// <summary>User part as written (escapes and all), or null.</summary>
    public string? User { get; private init; }

    /// <summary>Password as written, or null. Never used, only carried.</summary>
    public string? Password { get; private init; }

    /// <summary>Host in lower case; IPv6 with its brackets; empty for other schemes.</summary>
    public string Host { get; private init; } = "";

    /// <summary>Port, or null when not given.</summary>
    public int? Port { get; private init; }

    /// <summary>URI parameters.</summary>
    public SipParameters Parameters { get; private init; }

    /// <summary>What follows the question mark, as written; null when there is none.</summary>
    public string? Headers { get; private init; }

    /// <summary>Whether the scheme is sip or sips.</summary>
    public bool IsSip => Scheme is "sip" or "sips";

    /// <summary>The user part with its escapes decoded, or null.</summary>
    public string? DecodedUser => User is null ? null : Uri.UnescapeDataString(User);

    /// <summary>Builds <c>sip:user@host</c>; the user part is escaped as needed.</summary>
    public static SipUri Create(string? user, string host, int? port = null, string scheme = "sip")
    {
        var escaped = user is null ? "" : UriGrammar.EscapeUser(user) + "@";
        var suffix = port is null ? "" : string.Create(CultureInfo.InvariantCulture, $":{port}");
        return Parse($"{scheme}:{escaped}{host}{suffix}");
    }

    /// <summary>Reads a URI our own code wrote.</summary>
    /// <exception cref="FormatException">It is not one: a programmer's mistake.</exception>
    public static SipUri Parse(string text) =>
        TryParse(text, out var uri) ? uri : throw new FormatException($"'{text}' is not a URI.");

    /// <summary>Reads a URI from a peer; false when it breaks the grammar.</summary>
    public static bool TryParse(
        ReadOnlySpan<char> text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SipUri? uri)
    {
        uri = null;
        var colon = text.IndexOf(':');
        if (colon <= 0 || !UriGrammar.IsScheme(text[..colon]))
        {
            return false;
        }

        var scheme = UriGrammar.Scheme(text[..colon]);
        var rest = text[(colon + 1)..];
        if (scheme is not ("sip" or "sips"))
        {
            if (!UriGrammar.IsOpaque(rest))
            {
                return false;
            }

            uri = new SipUri(text.ToString(), scheme);
            return true;
        }

        return TryParseSip(text, scheme, rest, out uri);
    }

    private static bool TryParseSip(ReadOnlySpan<char> text, string scheme, ReadOnlySpan<char> rest, out SipUri? uri)
    {
        uri = null;
        string? user = null;
        string? password = null;
        var at = rest.IndexOf('@');
        if (at >= 0)
        {
            if (!UriGrammar.TryUserInfo(rest[..at], out user, out password))
            {
                return false;
            }

            rest = rest[(at + 1)..];
        }

        string? headers = null;
        var question = rest.IndexOf('?');
        if (question >= 0)
        {
            if (!UriGrammar.IsHeaders(rest[(question + 1)..]))
            {
                return false;
            }

            headers = rest[(question + 1)..].ToString();
            rest = rest[..question];
        }

        var semicolon = rest.IndexOf(';');
        var hostPort = semicolon < 0 ? rest : rest[..semicolon];
        var parameters = SipParameters.Empty;
        if (!UriGrammar.TryHostPort(hostPort, out var host, out var port)
            || (semicolon >= 0 && !UriGrammar.TryParameters(rest[semicolon..], out parameters)))
        {
            return false;
        }

        uri = new SipUri(text.ToString(), scheme)
        {
            User = user,
            Password = password,
            Host = host,
            Port = port,
            Parameters = parameters,
            Headers = headers,
        };
        return true;
    }

    /// <summary>
    /// Whether both name the same resource (RFC 3261 section 19.1.4): user and password by case, the rest without; the
    /// parameters transport, ttl, user, method and maddr must agree, others only where both have them.
    /// </summary>
    public bool IsEquivalentTo(SipUri other)
    {
        if (!IsSip || !other.IsSip)
        {
            return string.Equals(Text, other.Text, StringComparison.Ordinal);
        }

        return Scheme == other.Scheme
            && string.Equals(DecodedUser, other.DecodedUser, StringComparison.Ordinal)
            && string.Equals(Password, other.Password, StringComparison.Ordinal)
            && Host == other.Host
            && Port == other.Port
            && UriGrammar.ParametersAgree(Parameters, other.Parameters)
            && UriGrammar.ParametersAgree(other.Parameters, Parameters)
            && string.Equals(Headers, other.Headers, StringComparison.OrdinalIgnoreCase);
    }

    public override string ToString() => Text;
}
