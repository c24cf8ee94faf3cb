using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Sip.Transactions;

namespace Vrs.Gateway.Sip.Dialogs;

/// <summary>
/// The 2xx to INVITEs that wait for their ACK, sent again until it comes whatever the transport (RFC 3261 section
/// 13.3.1.4). One for each flow, used on its loop.
/// </summary>
public sealed class PendingAnswers(ITransactionTransport transport, IFlowScheduler scheduler, SipTimers timers)
{
    private readonly Dictionary<(DialogId Dialog, uint CSeq), Pending> _pending = [];

    /// <summary>How many wait.</summary>
    public int Count => _pending.Count;

    /// <summary>Sends a 2xx and repeats it until it is acknowledged.</summary>
    /// <param name="transaction">The INVITE.</param>
    /// <param name="answer">The 2xx, with our tag in To.</param>
    /// <param name="done">
    /// Gets the ACK (with the answer when the 2xx carried an offer), or null when none came in time: the dialog is
    /// confirmed but the session should be ended by BYE.
    /// </param>
    /// <returns>False when the INVITE has a final response already, or the flow is gone.</returns>
    public bool Send(ServerTransaction transaction, SipResponse answer, Action<SipRequest?> done)
    {
        if (!transaction.Respond(answer))
        {
            return false;
        }

        var key = (new DialogId(answer.CallId, answer.To.Tag ?? "", answer.From.Tag ?? ""), answer.CSeq.Number);
        var pending = new Pending(answer, done);
        _pending.Add(key, pending);
        pending.Deadline = scheduler.Schedule(timers.Timeout, () => Finish(key, null));
        Repeat(pending);
        return true;
    }

    /// <summary>Takes an ACK; false when no 2xx waits for it (it came before, or belongs to nothing).</summary>
    public bool Acknowledge(SipRequest ack) =>
        DialogId.OfRequest(ack) is { } dialog && Finish((dialog, ack.CSeq.Number), ack);

    /// <summary>Forgets all of them: the flow is gone.</summary>
    public void Clear()
    {
        foreach (var pending in _pending.Values)
        {
            pending.Stop();
        }

        _pending.Clear();
    }

    private bool Finish((DialogId, uint) key, SipRequest? ack)
    {
        if (!_pending.Remove(key, out var pending))
        {
            return false;
        }

        pending.Stop();
        pending.Done(ack);
        return true;
    }

    private void Repeat(Pending pending) =>
        pending.Next = scheduler.Schedule(timers.Doubled(pending.Repeats++), () =>
        {
            transport.Send(pending.Answer);
            Repeat(pending);
        });

    private sealed class Pending(SipResponse answer, Action<SipRequest?> done)
    {
        public SipResponse Answer => answer;

        public Action<SipRequest?> Done => done;

        public int Repeats { get; set; }

        public IDisposable? Next { get; set; }

        public IDisposable? Deadline { get; set; }

        public void Stop()
        {
            Next?.Dispose();
            Deadline?.Dispose();
        }
    }
}
