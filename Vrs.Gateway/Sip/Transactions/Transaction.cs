using Vrs.Gateway.Sip.Messages;

namespace Vrs.Gateway.Sip.Transactions;

/// <summary>One transaction: a state, the table it follows, and its armed timers. Lives on its flow's loop.</summary>
public abstract class Transaction
{
    private readonly TransactionTable _table;
    private readonly List<IDisposable> _armed = [];
    private readonly Dictionary<TransactionAction, int> _firings = [];

    private protected Transaction(
        TransactionLayer layer, TransactionTable table, TransactionKey key, SipRequest request)
    {
        Layer = layer;
        _table = table;
        Key = key;
        Request = request;
        State = table.Initial;
    }

    /// <summary>What it is matched by.</summary>
    public TransactionKey Key { get; }

    /// <summary>The request it is about.</summary>
    public SipRequest Request { get; }

    /// <summary>Where it stands.</summary>
    public TransactionState State { get; private set; }

    /// <summary>Whether the request is an INVITE.</summary>
    public bool IsInvite => Request.Method == SipMethod.Invite;

    private protected TransactionLayer Layer { get; }

    /// <summary>Applies a trigger; false when it was ignored.</summary>
    internal bool Fire(TransactionTrigger trigger)
    {
        var step = _table[State, trigger];
        if (step.IgnoredBecause is not null)
        {
            return false;
        }

        State = step.Next;
        if (State == TransactionState.Terminated)
        {
            End();
        }

        foreach (var action in step.Actions)
        {
            // An action may have led to another step (the send failed, the user gave up): that one decides then.
            if (State != step.Next)
            {
                break;
            }

            Do(action);
        }

        return true;
    }

    internal void Start()
    {
        foreach (var action in _table.Entry)
        {
            if (State != _table.Initial)
            {
                break;
            }

            Do(action);
        }
    }

    /// <summary>Forgets it without a word: its flow is gone.</summary>
    internal void Drop()
    {
        State = TransactionState.Terminated;
        End();
    }

    private protected abstract void Perform(TransactionAction action);

    private protected void Later(TimeSpan delay, Action work) => _armed.Add(Layer.Scheduler.Schedule(delay, work));

    private void Do(TransactionAction action)
    {
        if (action >= TransactionAction.ArmA)
        {
            Arm(action);
        }
        else
        {
            Perform(action);
        }
    }

    private void Arm(TransactionAction timer)
    {
        var firing = _firings.GetValueOrDefault(timer);
        if (Layer.Timers.Delay(timer, firing, State) is { } delay)
        {
            _firings[timer] = firing + 1;
            Later(delay, () => Fire(TriggerOf(timer)));
        }
    }

    private void End()
    {
        foreach (var timer in _armed)
        {
            timer.Dispose();
        }

        _armed.Clear();
        Layer.Remove(this);
    }

    private static TransactionTrigger TriggerOf(TransactionAction arm) =>
        TransactionTrigger.TimerA + (arm - TransactionAction.ArmA);
}
