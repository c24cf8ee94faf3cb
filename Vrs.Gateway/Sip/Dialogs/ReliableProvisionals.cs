using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Sip.Transactions;

namespace Vrs.Gateway.Sip.Dialogs;

/// <summary>
/// Provisional responses that are sent until a PRACK comes (100rel, RFC 3262 section 3). One for each flow, used on its
/// loop.
/// </summary>
public sealed class ReliableProvisionals(ITransactionTransport transport, IFlowScheduler scheduler, SipTimers timers)
{
    /// <summary>The option tag.</summary>
    public const string OptionTag = "100rel";

    private readonly Dictionary<(string CallId, string LocalTag, RAck RAck), Pending> _pending = [];
    private uint _lastRSeq;

    /// <summary>How many wait.</summary>
    public int Count => _pending.Count;

    /// <summary>Whether the caller lets us send them.</summary>
    public static bool IsAllowed(SipRequest invite) =>
        invite.Headers.HasToken(HeaderNames.Supported, OptionTag) || IsDemanded(invite);

    /// <summary>Whether the caller insists on them.</summary>
    public static bool IsDemanded(SipRequest invite) => invite.Headers.HasToken(HeaderNames.Require, OptionTag);

    /// <summary>Sends a 101 to 199 and repeats it until its PRACK.</summary>
    /// <param name="transaction">The INVITE.</param>
    /// <param name="response">The response, with our tag in To; gets Require and RSeq.</param>
    /// <param name="done">Gets the PRACK, or null when none came in time: reject the INVITE with 5xx.</param>
    /// <returns>False when the INVITE has a final response already, or the flow is gone.</returns>
    public bool Send(ServerTransaction transaction, SipResponse response, Action<SipRequest?> done)
    {
        var number = ++_lastRSeq;
        response.Headers.Add(HeaderNames.Require, OptionTag);
        response.Headers.Add(HeaderNames.RSeq, number);
        if (!transaction.Respond(response))
        {
            return false;
        }

        var key = (response.CallId, response.To.Tag ?? "", new RAck(number, response.CSeq));
        var pending = new Pending(transaction, response, done);
        _pending.Add(key, pending);
        pending.Deadline = scheduler.Schedule(timers.Timeout, () => Finish(key, null));
        Repeat(key, pending);
        return true;
    }

    /// <summary>
    /// Takes a PRACK that passed the checks. True when a response waited for it: answer 200. False: answer 481.
    /// </summary>
    public bool Acknowledge(SipRequest prack) =>
        RAck.TryParse(prack.Headers[HeaderNames.RAck], out var rack)
        && Finish((prack.CallId, prack.To.Tag ?? "", rack), prack);

    /// <summary>Forgets all of them: the flow is gone.</summary>
    public void Clear()
    {
        foreach (var pending in _pending.Values)
        {
            pending.Stop();
        }

        _pending.Clear();
    }

    private bool Finish((string, string, RAck) key, SipRequest? prack)
    {
        if (!_pending.Remove(key, out var pending))
        {
            return false;
        }

        pending.Stop();
        pending.Done(prack);
        return true;
    }

    private void Repeat((string, string, RAck) key, Pending pending) =>
        pending.Next = scheduler.Schedule(timers.T1 * (1 << pending.Repeats++), () =>
        {
            // Section 3: no more of them once the final response is out.
            if (pending.Transaction.IsAnswered)
            {
                _pending.Remove(key);
                pending.Stop();
                return;
            }

            transport.Send(pending.Response);
            Repeat(key, pending);
        });

    private sealed class Pending(ServerTransaction transaction, SipResponse response, Action<SipRequest?> done)
    {
        public ServerTransaction Transaction => transaction;

        public SipResponse Response => response;

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
