using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Vrs.Gateway.Sip.Messages;

namespace Vrs.Gateway.Sip.Parsing;

/// <summary>The grammar of SIP URIs (RFC 3261 sections 19.1 and 25.1; brackets as RFC 5118 clarifies).</summary>
internal static class UriGrammar
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string Unreserved = Alphanumeric + "-_.!~*'()";

    public static readonly SearchValues<char> HostChars = SearchValues.Create(Alphanumeric + "-.");
    public static readonly SearchValues<char> GenericValueChars = SearchValues.Create(Alphanumeric + "-.!%*_+`'~[]:");

    private static readonly SearchValues<char> SchemeChars = SearchValues.Create(Alphanumeric + "+-.");
    private static readonly SearchValues<char> UserChars = SearchValues.Create(Unreserved + "&=+$,;?/%");
    private static readonly SearchValues<char> PasswordChars = SearchValues.Create(Unreserved + "&=+$,%");
    private static readonly SearchValues<char> ParameterChars = SearchValues.Create(Unreserved + "[]/:&+$%");
    private static readonly SearchValues<char> HeaderChars = SearchValues.Create(Unreserved + "[]/?:+$%=&");
    private static readonly SearchValues<char> OpaqueChars = SearchValues.Create(Unreserved + ";/?:@&=+$,%[]#");

    // Those must agree even when only one URI has them (section 19.1.4).
    private static readonly string[] Strict = ["user", "ttl", "method", "maddr", "transport"];

    public static bool IsScheme(ReadOnlySpan<char> text) =>
        char.IsAsciiLetter(text[0]) && !text.ContainsAnyExcept(SchemeChars);

    public static string Scheme(ReadOnlySpan<char> text)
    {
        if (text.Equals("sip", StringComparison.OrdinalIgnoreCase))
        {
            return "sip";
        }

        return text.Equals("sips", StringComparison.OrdinalIgnoreCase) ? "sips" : text.ToString().ToLowerInvariant();
    }

    public static bool IsOpaque(ReadOnlySpan<char> text) => IsEscaped(text, OpaqueChars);

    public static bool IsHeaders(ReadOnlySpan<char> text) => IsEscaped(text, HeaderChars);

    public static bool TryUserInfo(ReadOnlySpan<char> text, out string? user, out string? password)
    {
        password = null;
        user = null;
        var colon = text.IndexOf(':');
        if (colon >= 0)
        {
            var secret = text[(colon + 1)..];
            if (!secret.IsEmpty && !IsEscaped(secret, PasswordChars))
            {
                return false;
            }

            password = secret.ToString();
            text = text[..colon];
        }

        user = text.ToString();
        return IsEscaped(text, UserChars);
    }

    public static bool TryHostPort(ReadOnlySpan<char> text, out string host, out int? port)
    {
        host = "";
        port = null;
        var end = text.IsEmpty || text[0] != '[' ? text.IndexOf(':') : text.IndexOf(']') + 1;
        var name = end < 0 ? text : text[..end];
        if (!IsHost(name))
        {
            return false;
        }

        host = name.ContainsAnyInRange('A', 'Z') ? name.ToString().ToLowerInvariant() : name.ToString();
        if (name.Length == text.Length)
        {
            return true;
        }

        if (text[name.Length] != ':'
            || !ushort.TryParse(
                text[(name.Length + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        port = number;
        return true;
    }

    /// <summary>A host name, an IPv4 address, or an IPv6 address in brackets.</summary>
    public static bool IsHost(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.Length > 255)
        {
            return false;
        }

        if (text[0] == '[')
        {
            return text.Length > 2
                && text[^1] == ']'
                && !text[1..^1].Contains('%')
                && IPAddress.TryParse(text[1..^1], out var address)
                && address.AddressFamily == AddressFamily.InterNetworkV6;
        }

        return !text.ContainsAnyExcept(HostChars) && text[0] is not ('-' or '.');
    }

    public static bool TryParameters(ReadOnlySpan<char> text, out SipParameters parameters)
    {
        parameters = SipParameters.Empty;
        var items = ImmutableArray.CreateBuilder<SipParameter>(2);
        while (!text.IsEmpty)
        {
            text = text[1..];
            var end = text.IndexOf(';');
            var item = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[end..];
            var equals = item.IndexOf('=');
            var name = equals < 0 ? item : item[..equals];
            var value = equals < 0 ? default : item[(equals + 1)..];
            if (items.Count == SipLimits.MaxParameters
                || name.IsEmpty
                || !IsEscaped(name, ParameterChars)
                || (equals >= 0 && (value.IsEmpty || !IsEscaped(value, ParameterChars))))
            {
                return false;
            }

            items.Add(new SipParameter(name.ToString(), equals < 0 ? null : value.ToString()));
        }

        parameters = new SipParameters(items.DrainToImmutable());
        return true;
    }

    public static bool ParametersAgree(SipParameters left, SipParameters right)
    {
        foreach (var item in left.Items)
        {
            if (right.Has(item.Name))
            {
                if (!string.Equals(item.Value, right[item.Name], StringComparison.OrdinalIgnoreCase))
                {
                    return false;
                }
            }
            else if (Strict.Contains(item.Name, StringComparer.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }

    public static string EscapeUser(string user)
    {
        if (IsEscaped(user, UserChars) && !user.Contains('%'))
        {
            return user;
        }

        var escaped = new StringBuilder(user.Length + 8);
        foreach (var unit in Encoding.UTF8.GetBytes(user))
        {
            if (unit < 0x80 && unit != '%' && UserChars.Contains((char)unit))
            {
                escaped.Append((char)unit);
            }
            else
            {
                escaped.Append(CultureInfo.InvariantCulture, $"%{unit:X2}");
            }
        }

        return escaped.ToString();
    }

    // Not empty, of these characters only, and every percent sign starts an escape.
    private static bool IsEscaped(ReadOnlySpan<char> text, SearchValues<char> allowed)
    {
        if (text.IsEmpty || text.ContainsAnyExcept(allowed))
        {
            return false;
        }

        for (var at = text.IndexOf('%'); at >= 0;)
        {
            if (at + 2 >= text.Length || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2]))
            {
                return false;
            }

            var next = text[(at + 3)..].IndexOf('%');
            at = next < 0 ? -1 : at + 3 + next;
        }

        return true;
    }
}
