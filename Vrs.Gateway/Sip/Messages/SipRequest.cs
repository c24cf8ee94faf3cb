namespace Vrs.Gateway.Sip.Messages;

/// <summary>A request (RFC 3261 section 7.1).</summary>
public sealed class SipRequest : SipMessage
{
    /// <summary>Hops left to a request that does not say (section 8.1.1.6).</summary>
    public const int DefaultMaxForwards = 70;

    /// <summary>What is asked.</summary>
    public required SipMethod Method { get; init; }

    /// <summary>Of whom.</summary>
    public required SipUri RequestUri { get; init; }

    /// <summary>Hops left; null when the sender left the header out.</summary>
    public int? MaxForwards => (int?)Headers.Number(HeaderNames.MaxForwards);

    /// <summary>Whether it belongs to a dialog: To has a tag.</summary>
    public bool IsInDialog => To.Tag is not null;

    /// <summary>A new request with the headers every request has; Via comes when it is sent (section 8.1.1).</summary>
    public static SipRequest Create(
        SipMethod method, SipUri requestUri, NameAddress from, NameAddress to, string callId, uint cseq)
    {
        var request = new SipRequest
        {
            Method = method,
            RequestUri = requestUri,
            From = from,
            To = to,
            CallId = callId,
            CSeq = new CSeq(cseq, method),
        };
        request.Headers.Add(HeaderNames.MaxForwards, DefaultMaxForwards);
        return request;
    }

    public override string ToString() => $"{Method} {RequestUri.Text}";
}
