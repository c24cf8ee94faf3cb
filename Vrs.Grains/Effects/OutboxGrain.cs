using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Vrs.Grains.Audit;
using Vrs.Grains.Interfaces.Audit;
using Vrs.Grains.Telemetry;

namespace Vrs.Grains.Effects;

/// <summary>
/// A grain whose handlers only change its state: state and effects are stored together, and the effects are performed
/// afterwards, each at least once. Handlers never wait for other grains, so no two grains can wait for each other; and
/// a crash at any moment is a replay.
/// </summary>
/// <remarks>
/// Everything here runs as turns of the grain, some of them interleaved. State is only ever changed between two awaits,
/// by
/// <see cref="Commit"/>. Effects of one lane are performed in order, one at a time; lanes do not wait for each other.
/// </remarks>
/// <typeparam name="TState">The state of the machine.</typeparam>
/// <typeparam name="TEffect">The closed hierarchy of effects.</typeparam>
public abstract partial class OutboxGrain<TState, TEffect> : Grain, IRemindable
    where TState : class, new()
    where TEffect : class
{
    private const string WakeUp = "wake-up";

    /// <summary>The engine's least period; a grain with something to wait for is never forgotten for longer.</summary>
    private static readonly TimeSpan WakeUpPeriod = TimeSpan.FromMinutes(1);

    private readonly IPersistentState<Kept<TState, TEffect>> _store;
    private readonly Dictionary<string, EffectLane> _lanes = new(StringComparer.Ordinal);
    private readonly EffectPacing _pacing;
    private IGrainTimer? _deadline;
    private IGrainTimer? _marking;
    private Task? _write;
    private long _changes;
    private long _changesTaken;
    private long _changesStored;
    private bool _broken;
    private bool _maySleep;
    private bool _hasMarks;
    private long _storedUpTo;
    private bool? _wakesUp;
    private long _backlog;

    /// <summary>Made by the engine.</summary>
    /// <param name="store">State and outbox.</param>
    /// <param name="time">The only clock.</param>
    /// <param name="pacing">Time limits and pauses of attempts.</param>
    /// <param name="trail">Where audit events go.</param>
    /// <param name="log">Told of attempts that failed.</param>
    protected OutboxGrain(
        IPersistentState<Kept<TState, TEffect>> store,
        TimeProvider time,
        EffectPacing pacing,
        IAuditTrail trail,
        ILogger log)
    {
        _store = store;
        _trail = trail;
        _pacing = pacing;
        Time = time;
        Log = log;
    }

    /// <summary>
    /// The state, stored or about to be. It is the very one that a write takes, with the effects that belong to it: an
    /// engine may begin a write some turns after it was asked to, and what it finds then must be of one piece.
    /// </summary>
    protected TState Current => _store.State.State;

    /// <summary>The only clock.</summary>
    protected TimeProvider Time { get; }

    /// <summary>Whether something changed that no write has taken yet.</summary>
    private bool IsDirty => _changes > _changesTaken;

    /// <summary>The machine's name in logs and metrics.</summary>
    protected abstract string Machine { get; }

    /// <summary>The grain's log.</summary>
    protected ILogger Log { get; }

    /// <summary>Effects of one lane are performed in order.</summary>
    protected abstract string LaneOf(TEffect effect);

    /// <summary>Performs one effect. An exception counts as <see cref="Outcome.Later"/>.</summary>
    /// <param name="owed">What is owed, with its number.</param>
    /// <param name="cancellationToken">Cancelled when the attempt's time is over.</param>
    protected abstract Task<Outcome> Perform(Owed<TEffect> owed, CancellationToken cancellationToken);

    /// <summary>When the next deadline falls; null when nothing is waited for.</summary>
    protected virtual DateTimeOffset? NextDue => null;

    /// <summary>Whether the grain must be woken after a crash.</summary>
    protected virtual bool MustWakeUp =>
        NextDue is not null || !_store.State.Outbox.IsEmpty || !_store.State.Audits.IsEmpty;

    /// <summary>
    /// How long it may go unstored that the last effect is done, when there is no change to store it with. Zero where
    /// an effect that is performed once more after a crash costs more than a write.
    /// </summary>
    protected virtual TimeSpan MarkPause => TimeSpan.Zero;

    /// <summary>Deadlines have fallen; apply them by <see cref="Commit"/>.</summary>
    protected virtual void OnDue()
    {
    }

    /// <summary>The state was loaded: say where it goes on, for whoever follows the log.</summary>
    protected virtual void OnRestored()
    {
    }

    /// <summary>The state as stored has changed (or was loaded): tell pages. Best effort; must not throw.</summary>
    protected virtual void OnStored()
    {
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _storedUpTo = _store.State.LastSequence;
        foreach (var owed in _store.State.Outbox)
        {
            Lane(owed).Add(owed);
        }

        CountBacklog(_store.State.Outbox.Count);
        OnRestored();
        _deadline = Timer(_ => FallDue());
        Rearm();
        await base.OnActivateAsync(cancellationToken);
        StartLanes();
        StartAudit(_store.State.Audits);
        OnStored();
    }

    /// <summary>What is owed is counted where it is performed: the next activation counts it again.</summary>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        CountBacklog(-_backlog);
        return base.OnDeactivateAsync(reason, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        // Being activated was the point: timers and lanes run again.
        Rearm();
        StartLanes();
        StartAudit(_storedAudits);
        if (!MustWakeUp)
        {
            // Only a minute without work lets it sleep: whoever works again and again would be set and removed as
            // often. Writes come one after the other, and this is one.
            _maySleep = true;
            _changes++;
            await Store();
        }
    }

    /// <summary>
    /// Changes the state and owes effects, in memory. Nothing is performed and nobody should be answered before
    /// <see cref="Store"/> has completed.
    /// </summary>
    /// <param name="next">The next state.</param>
    /// <param name="effects">What is owed.</param>
    protected void Commit(TState next, ImmutableArray<TEffect> effects)
    {
        RequireWhole();
        var kept = _store.State;
        kept.State = next;
        foreach (var effect in effects)
        {
            var owed = new Owed<TEffect>(++kept.LastSequence, effect, Time.GetUtcNow());
            kept.Outbox = kept.Outbox.Add(owed);
            Lane(owed).Add(owed);
        }

        CountBacklog(effects.Length);
        _changes++;
    }

    /// <summary>
    /// Stores what was committed so far; completes when that is stored, whatever was committed since. Turns that commit
    /// while a write is under way share the next one. When a write fails the activation is given up, so that the truth
    /// is read from the store again.
    /// </summary>
    protected async Task Store()
    {
        var mine = _changes;
        while (_changesStored < mine)
        {
            if (_write is { } running)
            {
                await running;
                continue;
            }

            RequireWhole();
            _write = Write();
            try
            {
                await _write;
            }
            finally
            {
                _write = null;
            }
        }
    }

    /// <summary>
    /// Performs what waits in a lane without waiting for its pause to end (something it needs has come).
    /// </summary>
    protected void Hurry()
    {
        foreach (var lane in _lanes.Values)
        {
            lane.Hurry();
        }
    }

    /// <summary>Starts a timer whose ticks may interleave with requests.</summary>
    /// <param name="tick">What to do.</param>
    protected IGrainTimer Timer(Func<CancellationToken, Task> tick) => this.RegisterGrainTimer(
        tick,
        new GrainTimerCreationOptions(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan)
        {
            Interleave = true,
            KeepAlive = true,
        });

    private void RequireWhole()
    {
        if (_broken)
        {
            throw new InvalidOperationException("A write failed; this activation knows no more what is stored.");
        }
    }

    private async Task Write()
    {
        long stored;
        long taken;
        ImmutableList<AuditEvent> audits;
        try
        {
            if (MustWakeUp)
            {
                // Before the write: a crash between the two must not leave a record that nobody ever wakes.
                await WakeUpFromNowOn();
            }

            _hasMarks = false;
            taken = _changesTaken = _changes;
            stored = _store.State.LastSequence;
            audits = _store.State.Audits;
            await _store.WriteStateAsync();
        }
        catch (Exception exception)
        {
            _broken = true;
            OutboxLog.GivenUp(Log, exception, Machine, this.GetPrimaryKeyString());
            DeactivateOnIdle();
            throw;
        }

        _changesStored = taken;
        _storedUpTo = stored;
        Rearm();
        StartLanes();
        StartAudit(audits);
        OnStored();
        if (_maySleep && !MustWakeUp)
        {
            await SleepFromNowOn();
        }

        _maySleep = false;
    }

    private async Task WakeUpFromNowOn()
    {
        if (_wakesUp is not true)
        {
            await this.RegisterOrUpdateReminder(WakeUp, WakeUpPeriod, WakeUpPeriod);
            _wakesUp = true;
        }
    }

    private async Task SleepFromNowOn()
    {
        if (_wakesUp is false)
        {
            return;
        }

        try
        {
            _wakesUp = false;
            if (await this.GetReminder(WakeUp) is { } reminder)
            {
                await this.UnregisterReminder(reminder);
            }
        }
        catch (Exception exception)
        {
            // The state is stored, and being woken in vain does no harm: the next tick tries again.
            _wakesUp = null;
            OutboxLog.WakeUpKept(Log, exception);
        }
    }

    private void Rearm()
    {
        if (NextDue is { } due)
        {
            var wait = due - Time.GetUtcNow();
            _deadline?.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
        else
        {
            _deadline?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task FallDue()
    {
        OnDue();
        await Store();
        Rearm();
    }

    private EffectLane Lane(Owed<TEffect> owed)
    {
        var name = LaneOf(owed.Effect);
        if (!_lanes.TryGetValue(name, out var lane))
        {
            lane = new EffectLane(this, name);
            _lanes.Add(name, lane);
        }

        return lane;
    }

    private void StartLanes()
    {
        foreach (var lane in _lanes.Values)
        {
            lane.Start();
        }
    }

    private void CountBacklog(long change)
    {
        _backlog += change;
        if (change != 0)
        {
            GrainInstruments.Backlog.Add(change, GrainInstruments.Label("machine", Machine));
        }
    }

    private void Forget(EffectLane lane) => _lanes.Remove(lane.Name);

    private async Task Done(Owed<TEffect> owed, Outcome outcome)
    {
        if (_broken)
        {
            // The next activation performs it again.
            return;
        }

        outcome.Brought?.Invoke();
        _store.State.Outbox = _store.State.Outbox.Remove(owed);
        CountBacklog(-1);
        GrainInstruments.EffectDelay.Record(
            (Time.GetUtcNow() - owed.Since).TotalSeconds, GrainInstruments.Label("machine", Machine));
        _hasMarks = true;
        // What an attempt brought back is stored at once; a mark alone waits for the next write or the last effect.
        if (_store.State.Outbox.IsEmpty && !IsDirty && MarkPause > TimeSpan.Zero)
        {
            _marking ??= Timer(_ => StoreMarks());
            _marking.Change(MarkPause, Timeout.InfiniteTimeSpan);
        }
        else if (IsDirty || _store.State.Outbox.IsEmpty)
        {
            _changes++;
            await Store();
        }
    }

    private async Task StoreMarks()
    {
        if (_hasMarks && !_broken)
        {
            _changes++;
            await Store();
        }
    }
}
