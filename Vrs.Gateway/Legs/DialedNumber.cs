using Vrs.Gateway.Sip.Messages;

namespace Vrs.Gateway.Legs;

/// <summary>A telephone number as people dial it.</summary>
public static class DialedNumber
{
    /// <summary>The emergency number of the North American numbering plan.</summary>
    public const string Emergency = "911";

    private const string Separators = "-.() ";
    private const int LongestNumber = 15;

    /// <summary>
    /// The number in a Request-URI, in E.164 form with a plus sign (RFC 3966 for <c>tel:</c>); null when it holds none.
    /// <c>911</c> stays as it is.
    /// </summary>
    public static string? In(SipUri uri)
    {
        var text = uri.Scheme == "tel" ? uri.Text["tel:".Length..] : uri.DecodedUser;
        return text is null ? null : Normalize(text.Split(';')[0]);
    }

    /// <summary>Takes out what people put between digits and adds the plus sign.</summary>
    public static string? Normalize(string text)
    {
        var digits = string.Concat(text.Where(letter => !Separators.Contains(letter, StringComparison.Ordinal)));
        if (digits == Emergency)
        {
            return digits;
        }

        digits = digits.StartsWith('+') ? digits[1..] : digits;
        return digits.Length is > 3 and <= LongestNumber && digits.All(char.IsAsciiDigit) ? "+" + digits : null;
    }
}
