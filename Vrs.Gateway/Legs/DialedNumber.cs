using Vrs.Gateway.Sip.Messages;

namespace Vrs.Gateway.Legs;

/// <summary>A telephone number as people dial it.</summary>
public static class DialedNumber
{
    private const string Separators = "-.() ";
    private const int LongestNumber = 15;

    /// <summary>
    /// The number in a Request-URI, in E.164 form with a plus sign (RFC 3966 for <c>tel:</c>); null when it holds none.
    /// A short number stays as it is.
    /// </summary>
    /// <param name="uri">The Request-URI.</param>
    /// <param name="shortNumbers">Numbers of emergency services, and those at which they are tried out.</param>
    public static string? In(SipUri uri, IReadOnlyCollection<string> shortNumbers)
    {
        var text = uri.Scheme == "tel" ? uri.Text["tel:".Length..] : uri.DecodedUser;
        return text is null ? null : Normalize(text.Split(';')[0], shortNumbers);
    }

    /// <summary>Takes out what people put between digits and adds the plus sign.</summary>
    /// <param name="text">As dialed.</param>
    /// <param name="shortNumbers">Numbers that stay as they are.</param>
    public static string? Normalize(string text, IReadOnlyCollection<string> shortNumbers)
    {
        var digits = string.Concat(text.Where(letter => !Separators.Contains(letter, StringComparison.Ordinal)));
        if (shortNumbers.Contains(digits))
        {
            return digits;
        }

        digits = digits.StartsWith('+') ? digits[1..] : digits;
        return digits.Length is > 3 and <= LongestNumber && digits.All(char.IsAsciiDigit) ? "+" + digits : null;
    }
}
