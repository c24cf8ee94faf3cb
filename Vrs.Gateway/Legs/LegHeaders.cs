using System.Globalization;
using Vrs.Gateway.Health;
using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Sip.Parsing;

namespace Vrs.Gateway.Legs;

/// <summary>Header values that legs send.</summary>
internal static class LegHeaders
{
    /// <summary>Our Contact: a name, no address; the device answers on its flow.</summary>
    public static string Contact(string domain) => $"<sip:relay@{domain};transport=ws>";

    /// <summary>Value of a Reason header (RFC 3326).</summary>
    public static string Reason(int status, string detail) =>
        string.Create(CultureInfo.InvariantCulture, $"SIP;cause={status};text={SipText.Quote(Plain(detail))}");

    /// <summary>Adds a Warning (RFC 3261 section 20.43).</summary>
    public static SipResponse Refusing(SipResponse response, string domain, int code, string text)
    {
        var value = string.Create(CultureInfo.InvariantCulture, $"{code} {domain} {SipText.Quote(Plain(text))}");
        response.Headers.Add(HeaderNames.Warning, value);
        return response;
    }

    /// <summary>503 with when to try again, and why, for people and for machines (RFC 3261 section 20.33).</summary>
    public static SipResponse Away(SipRequest request, string domain, Outage outage)
    {
        var response = SipResponse.For(request, SipStatus.ServiceUnavailable);
        response.Headers.Add(HeaderNames.RetryAfter, (int)Math.Ceiling(outage.RetryAfter.TotalSeconds));
        response.Headers.Add(HeaderNames.Reason, Reason(SipStatus.ServiceUnavailable, outage.Detail));
        return Refusing(response, domain, 399, outage.Detail);
    }

    // A sentence from a grain or a peer becomes part of a header: no line breaks, and not without end.
    private static string Plain(string text)
    {
        var line = string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
        return line.Length <= 200 ? line : line[..200];
    }
}
