using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using Vrs.Silo.Storage;

namespace Vrs.Silo.Embedded.Runtime;

/// <summary>
/// One grain in memory: its object, its lane, and the work that waits for it. Everything here except the methods marked
/// "any thread" runs on the lane, so nothing is locked.
/// </summary>
internal sealed class Activation : IGrainContext, IDisposable
{
    [ThreadStatic]
    private static Activation? _current;

    private readonly Lane _lane;
    private readonly Queue<Work> _waiting = new();
    private readonly List<PersistentState> _states = [];
    private readonly List<GrainTimer> _timers = [];
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource _deactivated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private AsyncServiceScope? _services;
    private Grain? _grain;
    private ActivationPhase _phase = ActivationPhase.New;
    private DeactivationReason? _reason;
    private Work? _blocking;
    private int _running;
    private int _accepted;
    private long _lastUse;
    private DateTimeOffset _keepUntil = DateTimeOffset.MinValue;

    public Activation(EmbeddedSilo silo, GrainTarget target)
    {
        Silo = silo;
        Target = target;
        _lane = new Lane(silo.TurnOrder);
        Touch();
    }

    /// <summary>The activation whose grain object is being made on this thread, or null.</summary>
    public static Activation? Current => _current;

    public EmbeddedSilo Silo { get; }

    public GrainTarget Target { get; }

    public GrainIdentity Identity => Target.Identity;

    public object? GrainInstance => _grain;

    public IServiceProvider ActivationServices =>
        _services?.ServiceProvider ?? throw new InvalidOperationException($"{Identity} is not active.");

    public Task Deactivated => _deactivated.Task;

    /// <summary>Takes a request; any thread.</summary>
    /// <returns>False when too many wait already.</returns>
    public bool TryAccept(Request request)
    {
        if (Interlocked.Increment(ref _accepted) > Silo.Options.MailboxLimit)
        {
            Interlocked.Decrement(ref _accepted);
            return false;
        }

        Post(new RequestWork(this, request));
        return true;
    }

    /// <summary>Work for the lane; any thread.</summary>
    public void Post(Work work) => _lane.Post(static item => item.Activation.Arrive(item), work);

    /// <summary>Ends the activation when its running requests are done; any thread.</summary>
    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        if (_lane.IsRunningHere)
        {
            // At once: no request that waits already may start in this activation.
            RequestEnd(deactivationReason);
        }
        else
        {
            _lane.Post(work => work.RequestEnd(deactivationReason), this);
        }
    }

    /// <summary>Ends the activation if nobody used it for the age; any thread.</summary>
    public void CollectIfIdle(TimeSpan age) => _lane.Post(work => work.Collect(age), this);

    /// <summary>A crash: nothing of this activation runs any more, and nobody is told; any thread.</summary>
    public void Abandon()
    {
        _lane.Abandon();
        foreach (var timer in _timers.ToArray())
        {
            timer.Abandon();
        }

        _deactivated.TrySetResult();
    }

    public void Dispose() => _ending.Dispose();

    public void DelayDeactivation(TimeSpan span)
    {
        var now = Silo.Time.GetUtcNow();
        _keepUntil = span == Timeout.InfiniteTimeSpan || span > DateTimeOffset.MaxValue - now
            ? DateTimeOffset.MaxValue
            : now + span;
    }

    public IGrainTimer StartTimer(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        var timer = new GrainTimer(this, callback, options, _ending.Token);
        if (_phase < ActivationPhase.Ending)
        {
            _timers.Add(timer);
            timer.Change(options.DueTime, options.Period);
        }

        return timer;
    }

    public void Forget(GrainTimer timer) => _timers.Remove(timer);

    public PersistentState AddState(PersistentState state)
    {
        _states.Add(state);
        return state;
    }

    /// <summary>Counts as use: the activation is not idle.</summary>
    public void Touch() => _lastUse = Silo.Time.GetTimestamp();

    /// <summary>A request left the mailbox, because it starts or fails.</summary>
    public void Admitted() => Interlocked.Decrement(ref _accepted);

    /// <summary>After an exception escaped a turn: an activation that knows a stale version must not go on.</summary>
    public void AfterFault(Exception fault)
    {
        if (fault is InconsistentStateException)
        {
            RequestEnd(new DeactivationReason(
                DeactivationReasonCode.ApplicationError, fault, "Its state in storage was written by somebody else."));
        }
    }

    private void Arrive(Work work)
    {
        switch (_phase)
        {
            case ActivationPhase.Over:
                work.Reroute();
                break;
            case ActivationPhase.Active when _reason is null && MayStart(work):
                _ = Run(work);
                break;
            case ActivationPhase.New:
                _waiting.Enqueue(work);
                _phase = ActivationPhase.Starting;
                _ = Start();
                break;
            default:
                _waiting.Enqueue(work);
                break;
        }
    }

    // Work that may interleave never keeps other work from starting; of the rest, one runs at a time.
    private bool MayStart(Work work) => Interleaves(work) || _blocking is null;

    private bool Interleaves(Work work) => work.Interleaves || Target.Class.Reentrant;

    private async Task Run(Work work)
    {
        _running++;
        if (!Interleaves(work))
        {
            _blocking = work;
        }

        await work.Run(_grain!);

        _running--;
        if (_blocking == work)
        {
            _blocking = null;
        }

        Proceed();
    }

    private void Proceed()
    {
        if (_reason is not null)
        {
            EndIfQuiet();
            return;
        }

        while (_phase == ActivationPhase.Active && _reason is null
            && _waiting.TryPeek(out var next) && MayStart(next))
        {
            _waiting.Dequeue();
            _ = Run(next);
        }
    }

    private async Task Start()
    {
        try
        {
            _services = Silo.Services.CreateAsyncScope();
            _current = this;
            try
            {
                _grain = Target.Class.Create(this);
            }
            finally
            {
                _current = null;
            }

            foreach (var state in _states)
            {
                await state.ReadStateAsync();
            }

            await _grain.OnActivateAsync(_ending.Token);
            _phase = ActivationPhase.Active;
            Touch();
        }
        catch (Exception fault)
        {
            Silo.Log.ActivationFailed(Identity, fault);
            var text = $"{Identity} could not be activated: {fault.Message}";
            foreach (var work in _waiting)
            {
                work.Fail(fault);
            }

            _waiting.Clear();
            await Finish(new DeactivationReason(DeactivationReasonCode.ActivationFailed, fault, text));
            return;
        }

        Proceed();
    }

    private void RequestEnd(DeactivationReason reason)
    {
        if (_reason is null && _phase != ActivationPhase.Over)
        {
            _reason = reason;
            _ending.Cancel();
            EndIfQuiet();
        }
    }

    private void EndIfQuiet()
    {
        // Before the first request nothing was activated, and there is nothing to deactivate.
        if (_phase == ActivationPhase.New)
        {
            _phase = ActivationPhase.Ending;
            _ = Finish(_reason!.Value);
        }
        else if (_running == 0 && _phase == ActivationPhase.Active)
        {
            _phase = ActivationPhase.Ending;
            _ = End(_reason!.Value);
        }
    }

    private async Task End(DeactivationReason reason)
    {
        StopTimers();
        try
        {
            using var limit = new CancellationTokenSource(Silo.Options.DeactivationTimeout, Silo.Time);
            await _grain!.OnDeactivateAsync(reason, limit.Token)
                .WaitAsync(Silo.Options.DeactivationTimeout, Silo.Time, CancellationToken.None);
        }
        catch (Exception fault)
        {
            Silo.Log.DeactivationFailed(Identity, fault);
        }

        await Finish(reason);
    }

    private async Task Finish(DeactivationReason reason)
    {
        StopTimers();
        // Out of the catalog first: what is rerouted must find a new activation, not this one.
        Silo.Remove(this);
        _phase = ActivationPhase.Over;
        while (_waiting.TryDequeue(out var work))
        {
            work.Reroute();
        }

        _deactivated.TrySetResult();
        Silo.Log.Deactivated(Identity, reason.ReasonCode);
        if (_services is { } services)
        {
            await services.DisposeAsync();
        }

        Dispose();
    }

    private void StopTimers()
    {
        foreach (var timer in _timers.ToArray())
        {
            timer.Dispose();
        }
    }

    private void Collect(TimeSpan age)
    {
        var idle = _phase == ActivationPhase.Active && _running == 0 && _waiting.Count == 0
            && Silo.Time.GetElapsedTime(_lastUse) >= age
            && _keepUntil <= Silo.Time.GetUtcNow();
        if (idle)
        {
            RequestEnd(new DeactivationReason(DeactivationReasonCode.ActivationIdle, $"Nobody called it for {age}."));
        }
    }
}

/// <summary>The life of an activation.</summary>
internal enum ActivationPhase
{
    New,
    Starting,
    Active,
    Ending,
    Over,
}
