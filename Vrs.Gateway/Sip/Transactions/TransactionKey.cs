using Vrs.Gateway.Sip.Messages;

namespace Vrs.Gateway.Sip.Transactions;

/// <summary>What ties messages to a transaction (RFC 3261 sections 17.1.3 and 17.2.3).</summary>
/// <param name="Branch">The branch; for RFC 2543 peers, the headers that stand in for it.</param>
/// <param name="SentBy">Host and port of the topmost Via, in lower case.</param>
/// <param name="Method">The method; INVITE for ACK.</param>
public readonly record struct TransactionKey(string Branch, string SentBy, SipMethod Method)
{
    /// <summary>The key of a request that came in.</summary>
    public static TransactionKey OfRequest(SipRequest request) =>
        OfRequest(request, request.Method == SipMethod.Ack ? SipMethod.Invite : request.Method);

    /// <summary>The key of the INVITE that a CANCEL is about (section 9.2).</summary>
    public static TransactionKey OfCancelled(SipRequest cancel) => OfRequest(cancel, SipMethod.Invite);

    /// <summary>The key of the request that a response answers (section 17.1.3).</summary>
    public static TransactionKey OfResponse(SipResponse response)
    {
        var via = response.Vias[0];
        return new TransactionKey(via.Branch ?? "", LowerSentBy(via), response.CSeq.Method);
    }

    private static TransactionKey OfRequest(SipRequest request, SipMethod method)
    {
        var via = request.Vias[0];
        return via.Branch is { } branch
            && branch.Length > Via.MagicCookie.Length
            && branch.StartsWith(Via.MagicCookie, StringComparison.OrdinalIgnoreCase)
            ? new TransactionKey(branch, LowerSentBy(via), method)
            : new TransactionKey(OldBranch(request, via), LowerSentBy(via), method);
    }

    // The To tag is left out: an ACK carries ours, the INVITE did not.
    private static string OldBranch(SipRequest request, Via via) =>
        string.Join('\n', request.RequestUri.Text, request.From.Tag, request.CallId, request.CSeq.Number, via.Branch);

    private static string LowerSentBy(Via via) =>
        via.SentBy.AsSpan().ContainsAnyInRange('A', 'Z') ? via.SentBy.ToLowerInvariant() : via.SentBy;
}
