using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Sip.Transactions;

namespace Vrs.Gateway.Legs;

/// <summary>
/// Provisional responses to a device that requires them reliable (RFC 3262): one at a time, the next after its PRACK. Flows
/// are reliable, so nothing is retransmitted; of several that wait, only the newest is worth sending.
/// </summary>
internal sealed class ReliableProvisionals(
    ServerTransaction invite, IFlowScheduler scheduler, TimeSpan timeout, Action neverAcknowledged) : IDisposable
{
    /// <summary>The option tag.</summary>
    public const string Option = "100rel";

    private SipResponse? _next;
    private IDisposable? _deadline;
    private uint _number;
    private bool _isOpen;

    /// <summary>Sends a provisional response now, or after the PRACK to the one before.</summary>
    public void Send(SipResponse response)
    {
        if (_isOpen)
        {
            _next = response;
            return;
        }

        _isOpen = true;
        response.Headers.Add(HeaderNames.Require, Option);
        response.Headers.Add(HeaderNames.RSeq, ++_number);
        _deadline = scheduler.Schedule(timeout, neverAcknowledged);
        invite.Respond(response);
    }

    /// <summary>Takes a PRACK; false when it acknowledges nothing that is open.</summary>
    public bool Acknowledge(SipRequest prack)
    {
        var words = prack.Headers[HeaderNames.RAck]?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (!_isOpen || words is not [var number, var cseq, "INVITE"]
            || number != $"{_number}" || cseq != $"{invite.Request.CSeq.Number}")
        {
            return false;
        }

        _isOpen = false;
        _deadline?.Dispose();
        if (_next is { } next)
        {
            _next = null;
            Send(next);
        }

        return true;
    }

    public void Dispose() => _deadline?.Dispose();
}
