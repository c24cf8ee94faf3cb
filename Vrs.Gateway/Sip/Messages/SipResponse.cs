using System.Globalization;

namespace Vrs.Gateway.Sip.Messages;

/// <summary>A response (RFC 3261 section 7.2).</summary>
public sealed class SipResponse : SipMessage
{
    /// <summary>100 to 699.</summary>
    public required int StatusCode { get; init; }

    /// <summary>The phrase for people; may be empty.</summary>
    public required string ReasonPhrase { get; init; }

    /// <summary>
    /// True when no peer sent it: the transaction layer made it for a time-out (408) or a lost transport (503), as
    /// section 8.1.3.1 asks.
    /// </summary>
    public bool IsLocal { get; init; }

    /// <summary>1xx.</summary>
    public bool IsProvisional => StatusCode < 200;

    /// <summary>2xx to 6xx.</summary>
    public bool IsFinal => StatusCode >= 200;

    /// <summary>2xx.</summary>
    public bool IsSuccess => StatusCode is >= 200 and < 300;

    /// <summary>
    /// The response to a request: Via, From, To, Call-ID, CSeq copied, To tagged (RFC 3261 section 8.2.6.2).
    /// </summary>
    /// <param name="request">What it answers.</param>
    /// <param name="status">100 to 699.</param>
    /// <param name="localTag">Our tag; ignored when the request's To has one or the status is 100; null gives a
    /// stateless one.</param>
    /// <param name="reason">Reason phrase; the standard one when null.</param>
    public static SipResponse For(SipRequest request, int status, string? localTag = null, string? reason = null)
    {
        var tagged = status == SipStatus.Trying || request.To.Tag is not null
            ? request.To
            : request.To.WithTag(
                localTag ?? StatelessTag.For(request.CallId, request.From.Tag, request.TopVia?.Branch));
        var response = new SipResponse
        {
            StatusCode = status,
            ReasonPhrase = reason ?? SipStatus.Phrase(status),
            Vias = request.Vias,
            From = request.From,
            To = tagged,
            CallId = request.CallId,
            CSeq = request.CSeq,
        };
        if (request.Headers["Timestamp"] is { } timestamp && status == SipStatus.Trying)
        {
            response.Headers.Add("Timestamp", timestamp);
        }

        return response;
    }

    /// <summary>A response nobody sent, for a request that got none.</summary>
    internal static SipResponse Local(SipRequest request, int status, string reason) => new()
    {
        StatusCode = status,
        ReasonPhrase = reason,
        IsLocal = true,
        Vias = request.Vias,
        From = request.From,
        To = request.To,
        CallId = request.CallId,
        CSeq = request.CSeq,
    };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{StatusCode} {ReasonPhrase}");
}
