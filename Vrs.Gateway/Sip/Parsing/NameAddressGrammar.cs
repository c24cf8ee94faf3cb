using System.Diagnostics.CodeAnalysis;
using Vrs.Gateway.Sip.Messages;

namespace Vrs.Gateway.Sip.Parsing;

/// <summary>name-addr and addr-spec with header parameters (RFC 3261 sections 20.10, 25.1).</summary>
internal static class NameAddressGrammar
{
    /// <summary>Reads one address and leaves the scanner behind it.</summary>
    public static bool TryRead(ref ValueScanner scanner, [NotNullWhen(true)] out NameAddress? value)
    {
        value = null;
        if (!TryDisplayName(ref scanner, out var display, out var bracketed)
            || !TryUri(ref scanner, bracketed, out var uri)
            || !scanner.TryParameters(out var parameters))
        {
            return false;
        }

        value = new NameAddress(display, uri, parameters);
        return true;
    }

    private static bool TryDisplayName(ref ValueScanner scanner, out string? display, out bool bracketed)
    {
        display = null;
        bracketed = true;
        if (scanner.Next == '"')
        {
            if (!scanner.TryQuoted(out var quoted))
            {
                return false;
            }

            var inner = quoted[1..^1];
            display = inner.Contains('\\') ? SipText.Unescape(inner) : inner.ToString();
            scanner.SkipSpace();
            return scanner.Next == '<';
        }

        var open = scanner.Rest.IndexOf('<');
        if (open < 0)
        {
            bracketed = false;
            return true;
        }

        var name = scanner.Rest[..open].TrimEnd(" \t");
        if (!IsUnquotedName(name))
        {
            // A '<' further on belongs to something else: this is an addr-spec, or wrong.
            bracketed = false;
            return true;
        }

        display = name.IsEmpty ? null : name.ToString();
        scanner.Advance(open);
        return true;
    }

    // Unquoted names are tokens and spaces; other scripts are let through, as peers send them.
    private static bool IsUnquotedName(ReadOnlySpan<char> name)
    {
        foreach (var letter in name)
        {
            if (letter is not (' ' or '\t') && letter < 0x80 && !SipText.TokenChars.Contains(letter))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryUri(ref ValueScanner scanner, bool bracketed, [NotNullWhen(true)] out SipUri? uri)
    {
        uri = null;
        var rest = scanner.Rest;
        if (bracketed)
        {
            var close = rest.IndexOf('>');
            if (close < 0 || !SipUri.TryParse(rest[1..close], out uri))
            {
                return false;
            }

            scanner.Advance(close + 1);
            return true;
        }

        // Without brackets a comma, question mark or semicolon is never part of the URI (section 20.10).
        var end = rest.IndexOfAny(";?, \t");
        var text = end < 0 ? rest : rest[..end];
        if ((end >= 0 && rest[end] == '?') || !SipUri.TryParse(text, out uri))
        {
            return false;
        }

        scanner.Advance(text.Length);
        return true;
    }
}
