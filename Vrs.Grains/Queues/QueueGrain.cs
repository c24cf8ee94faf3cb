using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Runtime;
using Vrs.Grains.Audit;
using Vrs.Grains.Domain.Machines;
using Vrs.Grains.Domain.Queues;
using Vrs.Grains.Effects;
using Vrs.Grains.Interfaces.Operations;
using Vrs.Grains.Operations;
using Vrs.Grains.Records;
using Vrs.Grains.Telemetry;

namespace Vrs.Grains.Queues;

/// <summary>
/// The line of one pool: a thin shell around <see cref="QueueMachine"/> and <see cref="AllocationPolicy"/>. Reentrant:
/// all calls of a pool come through here, and whatever happens while one write is under way shares the next.
/// </summary>
[Reentrant]
public sealed partial class QueueGrain : OutboxGrain<QueueState, QueueEffect>, IQueueGrain
{
    private readonly QueueOptions _options;
    private readonly IAllocationDecisions _decisions;
    private readonly LatestWins _view;
    private readonly QueuePositions _positions;
    private IGrainTimer? _tick;

    /// <summary>Made by the engine.</summary>
    public QueueGrain(
        [PersistentState("queue")] IPersistentState<Kept<QueueState, QueueEffect>> store,
        IAllocationDecisions decisions,
        IOptions<QueueOptions> options,
        TimeProvider time,
        IAuditTrail trail,
        ILogger<QueueGrain> log)
        : base(store, time, EffectPacing.Default, trail, log)
    {
        _options = options.Value;
        _decisions = decisions;
        _view = new LatestWins(Timer, Publish, log);
        _positions = new QueuePositions(GrainFactory, log);
    }

    protected override string Machine => "queue";

    protected override DateTimeOffset? NextDue => Current.Index.NextDue;

    /// <summary>Somebody in line must not be forgotten.</summary>
    protected override bool MustWakeUp => base.MustWakeUp || !Current.Tickets.IsEmpty;

    /// <summary>All calls of the pool wait for its writes; and whoever is told something knows it by number.</summary>
    protected override TimeSpan MarkPause => TimeSpan.FromSeconds(1);

    private PoolId Pool => new(this.GetPrimaryKeyString());

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        var (limits, service) = (_options.LimitsOf(Pool), _options.ServiceOf(Pool));
        if (Current.Pool != Pool || Current.Limits != limits || Current.Service != service)
        {
            Commit(Current with { Pool = Pool, Limits = limits, Service = service }, []);
        }

        _tick = this.RegisterGrainTimer(
            _ => TellPositions(),
            new GrainTimerCreationOptions(_options.PositionInterval, _options.PositionInterval) { Interleave = true });
    }

    /// <summary>What a line measured here is told elsewhere from now on.</summary>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        QueueTelemetry.Record(Pool, new QueueState());
        return base.OnDeactivateAsync(reason, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Refusal?> Join(JoinRequest request)
    {
        var refusal = await Happened(new QueueEvent.Joined(
            request.Call,
            request.Priority,
            request.RequiredSkills,
            request.Caller,
            request.Preference,
            request.Since,
            // A process of the version before this one says it by the age of a caller's call alone.
            request.Moved || request is { Since: not null, Caller: not null }));
        return refusal is { Reason: RefusalReason.Closed } ? Current.Service.Closed(Time.GetUtcNow()) : refusal;
    }

    /// <inheritdoc/>
    public Task Return(CallId call, long offer, InterpreterId interpreter) =>
        Happened(new QueueEvent.Returned(call, offer, interpreter));

    /// <inheritdoc/>
    public Task Hold(CallId call, bool held) =>
        Happened(held ? new QueueEvent.WentAway(call) : new QueueEvent.CameBack(call));

    /// <inheritdoc/>
    public Task Leave(CallId call, bool served) => Happened(new QueueEvent.Left(call, served));

    /// <inheritdoc/>
    public Task InterpreterFree(FreeInterpreter interpreter) => Happened(
        new CandidateEvent.BecameFree(interpreter.Interpreter, interpreter.Stint, interpreter.Skills));

    /// <inheritdoc/>
    public Task InterpreterGone(InterpreterId interpreter, long stint) =>
        Happened(new CandidateEvent.WentBusy(interpreter, stint));

    /// <inheritdoc/>
    public Task<QueueView> GetView() => Task.FromResult(View());

    protected override string LaneOf(QueueEffect effect) => effect.Lane;

    protected override async Task<Outcome> Perform(Owed<QueueEffect> owed, CancellationToken cancellationToken)
    {
        switch (owed.Effect)
        {
            case QueueEffect.Reserve reserve:
                var reservation = await Interpreter(reserve.Interpreter)
                    .Reserve(reserve.Call, reserve.Offer, Pool, reserve.Stint);
                QueueTelemetry.RecordAssignment(Pool, Time.GetUtcNow() - owed.Since);
                return Outcome.Bringing(() => Answered(reserve, reservation));
            case QueueEffect.TellReserved told:
                await GrainFactory.GetGrain<ICallGrain>(told.Call.Value).InterpreterReserved(told.Reservation);
                break;
            case QueueEffect.Release release:
                await Interpreter(release.Interpreter)
                    .Release(release.Call, release.Offer, ReleaseReason.Withdrawn);
                break;
            case QueueEffect.MoveOn moved:
                await GrainFactory.GetGrain<ICallGrain>(moved.Call.Value).Overflowed(Pool, moved.Pool, moved.Since);
                break;
            case QueueEffect.Explain explained:
                await _decisions.Append(explained.Decision, cancellationToken);
                break;
            default:
                throw new InvalidOperationException($"Nobody performs {owed.Effect.GetType().Name}.");
        }

        return Outcome.Done;
    }

    protected override void OnDue()
    {
        var ticked = QueueMachine.Tick(Current, Time.GetUtcNow());
        if (!ReferenceEquals(ticked.Next, Current))
        {
            Take(null, ticked);
        }
    }

    protected override void OnStored() => _view.Changed(Current.Version);

    private IInterpreterGrain Interpreter(InterpreterId interpreter) =>
        GrainFactory.GetGrain<IInterpreterGrain>(interpreter.Value);

    private async Task<Refusal?> Happened(QueueEvent @event)
    {
        var refusal = Apply(@event);
        await Store();
        return refusal;
    }

    private async Task Happened(CandidateEvent @event)
    {
        var transition = CandidateMachine.ApplyAndMatch(Current, @event with { At = Time.GetUtcNow() });
        MachineTelemetry.Record(
            "candidate", CandidateMachine.Table.PhaseOf(Current, @event), @event, transition.Kind);
        Take(null, transition);
        await Store();
    }

    private Refusal? Apply(QueueEvent @event)
    {
        var transition = QueueMachine.ApplyAndMatch(Current, @event with { At = Time.GetUtcNow() });
        MachineTelemetry.Record("queue", QueueMachine.Table.PhaseOf(Current, @event), @event, transition.Kind);
        Take(@event.Call, transition);
        return transition.Refusal;
    }

    /// <summary>An answer that no place awaits any more is not heard: whoever is reserved for it is let go.</summary>
    private void Answered(QueueEffect.Reserve asked, Reservation? reservation)
    {
        if (QueueMachine.Awaits(Current, asked.Call, asked.Offer))
        {
            Apply(reservation is null
                ? new QueueEvent.Denied(asked.Call, asked.Offer, asked.Interpreter)
                : new QueueEvent.Granted(asked.Call, asked.Offer, reservation));
        }
        else if (reservation is not null)
        {
            Commit(Current, [new QueueEffect.Release(asked.Call, asked.Offer, asked.Interpreter)]);
        }
    }

    private void Take(CallId? call, Transition<QueueState, QueueEffect> transition)
    {
        foreach (var cell in transition.Cells)
        {
            Tell(cell, call, transition);
        }

        if (ReferenceEquals(transition.Next, Current) && transition.Effects.IsEmpty)
        {
            return;
        }

        Commit(transition.Next, transition.Effects);
        QueueTelemetry.Record(Pool, Current);
        foreach (var explained in transition.Effects.OfType<QueueEffect.Explain>())
        {
            LogDecision(explained.Decision);
        }
    }

    private void Tell(Cell cell, CallId? call, Transition<QueueState, QueueEffect> transition)
    {
        if (cell.Moved)
        {
            var index = transition.Next.Index;
            LogStep(Log, Pool, cell.Event, cell.From, call, index.WaitingCount, index.IdleCount);
        }
        else
        {
            LogUnmoved(Log, Pool, cell.Event, cell.From, call, transition.Because ?? "something else came first");
        }
    }

    private async Task TellPositions()
    {
        await Store();
        await _positions.Tell(Current, Time.GetUtcNow());
    }

    private QueueView View() => new(
        Pool,
        Current.Version,
        Current.Tickets.Values.Count(ticket => ticket.Place is Place.Waiting or Place.Held),
        Current.Tickets.Values.Count(ticket => ticket.Place is Place.Reserving or Place.Offered),
        Current.Index.IdleCount,
        Current.Tickets.Values.Select(ticket => (DateTimeOffset?)ticket.JoinedAt).Min());

    private Task Publish() => GrainFactory.GetGrain<IOperationsGrain>(OperationsGrain.Key).QueueChanged(View());
}
