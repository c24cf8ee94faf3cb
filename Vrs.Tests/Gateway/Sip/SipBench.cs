using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Sip.Transactions;

namespace Vrs.Tests.Gateway.Sip;

/// <summary>A transaction layer with everything around it faked: time, transport and user.</summary>
internal sealed class SipBench : ITransactionTransport, IFlowScheduler, ITransactionUser, ISipIdentifiers
{
    private readonly SortedList<(TimeSpan Due, int Number), Action> _timers = [];
    private TimeSpan _now;
    private int _scheduled;
    private int _identifiers;

    public SipBench(bool reliable = true)
    {
        IsReliable = reliable;
        Layer = new TransactionLayer(this, this, this);
        Layer.Attach(this, request => Check(request));
    }

    public TransactionLayer Layer { get; }

    public bool IsReliable { get; }

    public string ViaTransport => "WSS";

    public string ViaHost => "gateway.invalid";

    /// <summary>False makes every send fail.</summary>
    public bool Works { get; set; } = true;

    public Func<SipRequest, SipResponse?> Check { get; set; } = _ => null;

    public Action<ServerTransaction> Answer { get; set; } = _ => { };

    public List<SipMessage> Sent { get; } = [];

    public List<ServerTransaction> Requests { get; } = [];

    public List<ServerTransaction> Cancelled { get; } = [];

    public List<SipRequest> Acks { get; } = [];

    public List<SipResponse> AnsweredElsewhere { get; } = [];

    public List<TransactionFailure> Failures { get; } = [];

    public int ArmedTimers => _timers.Count;

    /// <summary>What was sent: methods of requests, status lines of responses.</summary>
    public string SentText => string.Join(
        ", ", Sent.Select(message => message is SipRequest request ? request.Method.Name : message.ToString()));

    /// <summary>What was sent since the last time, as start lines.</summary>
    public string TakeSent()
    {
        var lines = SentText;
        Sent.Clear();
        return lines;
    }

    /// <summary>Lets time pass, firing what falls due in order.</summary>
    public void Advance(double seconds)
    {
        var until = _now + TimeSpan.FromSeconds(seconds);
        while (_timers.Count > 0 && _timers.GetKeyAtIndex(0).Due <= until)
        {
            var (key, work) = (_timers.GetKeyAtIndex(0), _timers.GetValueAtIndex(0));
            _timers.RemoveAt(0);
            _now = key.Due;
            work();
        }

        _now = until;
    }

    public IDisposable Schedule(TimeSpan delay, Action work)
    {
        var key = (_now + delay, ++_scheduled);
        _timers.Add(key, work);
        return new Armed(() => _timers.Remove(key));
    }

    public bool Send(SipMessage message)
    {
        if (Works)
        {
            Sent.Add(message);
        }

        return Works;
    }

    public string Next() => $"id{++_identifiers}";

    public void OnRequest(ServerTransaction transaction, SipRequest request)
    {
        Requests.Add(transaction);
        Answer(transaction);
    }

    public void OnCancelled(ServerTransaction inviteTransaction, SipRequest cancel) => Cancelled.Add(inviteTransaction);

    public void OnAck(SipRequest ack) => Acks.Add(ack);

    public void OnAnsweredElsewhere(SipResponse answer) => AnsweredElsewhere.Add(answer);

    public void OnTransactionFailed(ServerTransaction transaction, TransactionFailure failure) => Failures.Add(failure);

    private sealed class Armed(Action cancel) : IDisposable
    {
        public void Dispose() => cancel();
    }
}

/// <summary>Keeps the responses it was given.</summary>
internal sealed class ResponseLog : IResponseHandler
{
    public List<SipResponse> Responses { get; } = [];

    public string Text =>
        string.Join(", ", Responses.Select(response => response + (response.IsLocal ? " (local)" : "")));

    public void OnResponse(ClientTransaction transaction, SipResponse response) => Responses.Add(response);
}
