using System.Globalization;
using Vrs.Gateway.Sip.Parsing;

namespace Vrs.Gateway.Sip.Messages;

/// <summary>Which reliable provisional response a PRACK acknowledges (RFC 3262 section 7.2).</summary>
/// <param name="RSeq">The number of the response.</param>
/// <param name="CSeq">The CSeq it answered.</param>
public readonly record struct RAck(uint RSeq, CSeq CSeq)
{
    /// <summary>Reads a header value such as <c>776656 1 INVITE</c>; false when null or malformed.</summary>
    public static bool TryParse(string? text, out RAck value)
    {
        value = default;
        var scanner = new ValueScanner(text);
        if (!scanner.TryNumber(uint.MaxValue, out var number)
            || !scanner.SkipRequiredSpace()
            || !CSeq.TryParse(scanner.Rest, out var cseq))
        {
            return false;
        }

        value = new RAck((uint)number, cseq);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{RSeq} {CSeq}");
}
