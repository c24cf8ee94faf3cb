using System.Globalization;
using Vrs.Gateway.Sip.Parsing;

namespace Vrs.Gateway.Sip.Messages;

/// <summary>Orders requests within a dialog and ties a response to its method (RFC 3261 section 20.16).</summary>
/// <param name="Number">Sequence number, below 2^31 (section 8.1.1.5).</param>
/// <param name="Method">The request's method.</param>
public readonly record struct CSeq(uint Number, SipMethod Method)
{
    /// <summary>The first number that is not allowed.</summary>
    public const uint Limit = 1u << 31;

    /// <summary>
    /// Reads a header value such as <c>4711 INVITE</c>; false when it breaks the grammar or the limit.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out CSeq value)
    {
        value = default;
        var scanner = new ValueScanner(text);
        if (!scanner.TryNumber(Limit - 1, out var number) || !scanner.SkipRequiredSpace())
        {
            return false;
        }

        var method = scanner.Token();
        if (method.IsEmpty || !scanner.AtEnd)
        {
            return false;
        }

        value = new CSeq((uint)number, SipMethod.From(method));
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number} {Method.Name}");
}
