using System.Collections.Immutable;
using System.Globalization;
using Vrs.Gateway.Sip.Messages;

namespace Vrs.Gateway.Sip.Parsing;

/// <summary>
/// Reads a header value from left to right. Nothing here throws; what can't be read gives an empty span or false.
/// </summary>
internal ref struct ValueScanner
{
    private readonly ReadOnlySpan<char> _text;
    private int _position;

    public ValueScanner(ReadOnlySpan<char> text)
    {
        _text = text;
        _position = 0;
        SkipSpace();
    }

    /// <summary>What is left.</summary>
    public readonly ReadOnlySpan<char> Rest => _text[_position..];

    /// <summary>Whether nothing is left.</summary>
    public readonly bool AtEnd => _position >= _text.Length;

    /// <summary>The next character, or NUL at the end.</summary>
    public readonly char Next => AtEnd ? '\0' : _text[_position];

    public void Advance(int count) => _position = Math.Min(_text.Length, _position + count);

    public void SkipSpace()
    {
        while (_position < _text.Length && _text[_position] is ' ' or '\t')
        {
            _position++;
        }
    }

    /// <summary>Skips white space; false when there was none and more text follows.</summary>
    public bool SkipRequiredSpace()
    {
        var start = _position;
        SkipSpace();
        return _position > start;
    }

    /// <summary>A separator with white space around it (SEMI, COMMA, EQUAL, SLASH, COLON).</summary>
    public bool TrySeparator(char separator)
    {
        var start = _position;
        SkipSpace();
        if (Next != separator || AtEnd)
        {
            _position = start;
            return false;
        }

        _position++;
        SkipSpace();
        return true;
    }

    /// <summary>A token; empty when there is none.</summary>
    public ReadOnlySpan<char> Token()
    {
        var rest = Rest;
        var end = rest.IndexOfAnyExcept(SipText.TokenChars);
        var token = end < 0 ? rest : rest[..end];
        _position += token.Length;
        return token;
    }

    /// <summary>A host name, IPv4 address or bracketed IPv6 address, as far as its characters go.</summary>
    public ReadOnlySpan<char> Host()
    {
        var rest = Rest;
        int end;
        if (Next == '[')
        {
            var close = rest.IndexOf(']');
            end = close < 0 ? 0 : close + 1;
        }
        else
        {
            end = rest.IndexOfAnyExcept(UriGrammar.HostChars);
            end = end < 0 ? rest.Length : end;
        }

        _position += end;
        return rest[..end];
    }

    /// <summary>A decimal number up to a limit.</summary>
    public bool TryNumber(long limit, out long number)
    {
        var rest = Rest;
        var length = 0;
        while (length < rest.Length && char.IsAsciiDigit(rest[length]))
        {
            length++;
        }

        // Leading zeros are legal; nineteen digits are more than any limit needs.
        number = 0;
        if (length is 0 or > 18
            || !long.TryParse(rest[..length], NumberStyles.None, CultureInfo.InvariantCulture, out number))
        {
            return false;
        }

        _position += length;
        return number <= limit;
    }

    /// <summary>A quoted string with its quotes, as written.</summary>
    public bool TryQuoted(out ReadOnlySpan<char> quoted)
    {
        quoted = default;
        var rest = Rest;
        if (rest.IsEmpty || rest[0] != '"')
        {
            return false;
        }

        for (var i = 1; i < rest.Length; i++)
        {
            if (rest[i] == '\\')
            {
                i++;
            }
            else if (rest[i] == '"')
            {
                quoted = rest[..(i + 1)];
                _position += i + 1;
                return true;
            }
        }

        return false;
    }

    /// <summary>One item of a comma-separated list, and the comma behind it.</summary>
    public ReadOnlySpan<char> ListItem()
    {
        var start = _position;
        var depth = 0;
        while (!AtEnd)
        {
            var letter = _text[_position];
            if (letter == '"' && TryQuoted(out _))
            {
                continue;
            }

            if (letter == ',' && depth == 0)
            {
                break;
            }

            depth = letter switch { '<' => 1, '>' => 0, _ => depth };
            _position++;
        }

        var item = _text[start.._position];
        Advance(1);
        return item;
    }

    /// <summary>One <c>name</c> or <c>name=value</c>; the value a token, host or quoted string.</summary>
    public bool TryParameter(out SipParameter parameter)
    {
        parameter = default;
        var name = Token();
        if (name.IsEmpty)
        {
            return false;
        }

        if (!TrySeparator('='))
        {
            parameter = new SipParameter(KnownParameter(name), null);
            return true;
        }

        if (Next == '"')
        {
            if (!TryQuoted(out var quoted))
            {
                return false;
            }

            parameter = new SipParameter(KnownParameter(name), quoted.ToString());
            return true;
        }

        var rest = Rest;
        var end = rest.IndexOfAnyExcept(UriGrammar.GenericValueChars);
        var value = end < 0 ? rest : rest[..end];
        if (value.IsEmpty)
        {
            return false;
        }

        _position += value.Length;
        parameter = new SipParameter(KnownParameter(name), value.ToString());
        return true;
    }

    /// <summary>Any number of <c>;parameter</c>, up to the limit.</summary>
    public bool TryParameters(out SipParameters parameters)
    {
        parameters = SipParameters.Empty;
        if (!TrySeparator(';'))
        {
            SkipSpace();
            return true;
        }

        var items = ImmutableArray.CreateBuilder<SipParameter>(2);
        do
        {
            if (items.Count == SipLimits.MaxParameters || !TryParameter(out var item))
            {
                return false;
            }

            items.Add(item);
        }
        while (TrySeparator(';'));

        SkipSpace();
        parameters = new SipParameters(items.DrainToImmutable());
        return true;
    }

    private static string KnownParameter(ReadOnlySpan<char> name) => name switch
    {
        "tag" => "tag",
        "branch" => "branch",
        "received" => "received",
        "rport" => "rport",
        "expires" => "expires",
        "reg-id" => "reg-id",
        "+sip.instance" => "+sip.instance",
        "+sip.ice" => "+sip.ice",
        _ => name.ToString(),
    };
}
