using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace Vrs.Gateway.Sip.Parsing;

/// <summary>Small pieces of the grammar that readers and writers share (RFC 3261 section 25.1).</summary>
public static class SipText
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    internal static readonly SearchValues<char> TokenChars = SearchValues.Create(Alphanumeric + "-.!%*_+`'~");
    internal static readonly SearchValues<byte> TokenBytes =
        SearchValues.Create(Encoding.ASCII.GetBytes(Alphanumeric + "-.!%*_+`'~"));

    private static readonly SearchValues<char> Token68Chars = SearchValues.Create(Alphanumeric + "-._~+/");
    private static readonly SearchValues<char> WordChars =
        SearchValues.Create(Alphanumeric + "-.!%*_+`'~()<>:\\\"/[]?{}");
    private static readonly string[] Transports = ["WSS", "WS", "TLS", "TCP", "UDP", "SCTP", "TLS-SCTP"];

    /// <summary>Header and parameter names are compared without case (section 7.3.1).</summary>
    public static bool EqualNames(string left, string right) =>
        ReferenceEquals(left, right) || string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    /// <summary>A token: one or more token characters.</summary>
    public static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(TokenChars);

    /// <summary>A Call-ID: word, or word@word.</summary>
    public static bool IsCallId(ReadOnlySpan<char> text)
    {
        var at = text.IndexOf('@');
        return at < 0 ? IsWord(text) : IsWord(text[..at]) && IsWord(text[(at + 1)..]);
    }

    /// <summary>Puts a text in quotes, escaped. Line breaks, which quoting can't carry, become spaces.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var letter in text)
        {
            if (letter is '\r' or '\n')
            {
                quoted.Append(' ');
                continue;
            }

            if (letter is '"' or '\\' || char.IsControl(letter) && letter < 0x80 && letter != '\t')
            {
                quoted.Append('\\');
            }

            quoted.Append(letter);
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Takes quotes and escapes off; a text without quotes stays as it is.</summary>
    public static string Unquote(string text)
    {
        if (text.Length < 2 || text[0] != '"' || text[^1] != '"')
        {
            return text;
        }

        var inner = text.AsSpan(1, text.Length - 2);
        return inner.Contains('\\') ? Unescape(inner) : inner.ToString();
    }

    /// <summary>The values of a comma-separated list; commas within quotes or angle brackets don't count.</summary>
    public static ImmutableArray<string> SplitList(string text)
    {
        if (!text.Contains(','))
        {
            return text.Length == 0 ? [] : [text];
        }

        var parts = ImmutableArray.CreateBuilder<string>();
        var scanner = new ValueScanner(text);
        while (!scanner.AtEnd)
        {
            var part = scanner.ListItem().Trim(" \t");
            if (!part.IsEmpty)
            {
                parts.Add(part.ToString());
            }
        }

        return parts.ToImmutable();
    }

    /// <summary>Refuses what would break out of its header line.</summary>
    /// <exception cref="ArgumentException">The value holds a control character: a programmer's mistake.</exception>
    internal static void RequirePlain(string? value, string name)
    {
        if (value is not null && value.AsSpan().ContainsAny('\r', '\n', '\0'))
        {
            throw new ArgumentException("A header value holds no line break.", name);
        }
    }

    internal static bool IsToken68(ReadOnlySpan<char> text)
    {
        var body = text.TrimEnd('=');
        return !body.IsEmpty && !body.ContainsAnyExcept(Token68Chars);
    }

    internal static string KnownTransport(ReadOnlySpan<char> token)
    {
        foreach (var known in Transports)
        {
            if (token.SequenceEqual(known))
            {
                return known;
            }
        }

        return token.ToString();
    }

    internal static string Unescape(ReadOnlySpan<char> inner)
    {
        var text = new StringBuilder(inner.Length);
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] == '\\' && i + 1 < inner.Length)
            {
                i++;
            }

            text.Append(inner[i]);
        }

        return text.ToString();
    }

    private static bool IsWord(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(WordChars);
}
