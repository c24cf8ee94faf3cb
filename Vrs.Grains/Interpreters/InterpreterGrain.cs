using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Vrs.Grains.Audit;
using Vrs.Grains.Domain.Interpreters;
using Vrs.Grains.Domain.Machines;
using Vrs.Grains.Effects;
using Vrs.Grains.Interfaces.Consoles;
using Vrs.Grains.Interfaces.Operations;
using Vrs.Grains.Operations;
using Vrs.Grains.Telemetry;

namespace Vrs.Grains.Interpreters;

/// <summary>One interpreter: a thin shell around <see cref="InterpreterMachine"/>.</summary>
public sealed partial class InterpreterGrain : OutboxGrain<InterpreterState, InterpreterEffect>, IInterpreterGrain
{
    private readonly InterpreterOptions _options;
    private readonly LatestWins _view;
    private readonly LatestWins _registration;
    private readonly LiveCount _live = new(GrainInstruments.LiveInterpreters, "status");
    private readonly LiveCount _atWork = new(GrainInstruments.InterpretersAtWork, "pool");

    /// <summary>Made by the engine.</summary>
    public InterpreterGrain(
        [PersistentState("interpreter")] IPersistentState<Kept<InterpreterState, InterpreterEffect>> store,
        IOptions<InterpreterOptions> options,
        TimeProvider time,
        IAuditTrail trail,
        ILogger<InterpreterGrain> log)
        : base(store, time, EffectPacing.Default, trail, log)
    {
        _options = options.Value;
        _view = new LatestWins(Timer, Publish, log);
        _registration = new LatestWins(Timer, WakeRegistration, log);
    }

    protected override string Machine => "interpreter";

    protected override DateTimeOffset? NextDue => Current.NextDue;

    /// <summary>An interpreter at work is never forgotten: a queue counts on her.</summary>
    protected override bool MustWakeUp => base.MustWakeUp || Current.Status is not InterpreterStatus.SignedOut;

    /// <summary>Queues and calls know by number what they were told; a page shows the offer that it shows.</summary>
    protected override TimeSpan MarkPause => TimeSpan.FromSeconds(1);

    private InterpreterId Id => new(this.GetPrimaryKeyString());

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        if (Current.Interpreter != Id)
        {
            // Her console may come before she ever signed in: what is stored then must say whose it is.
            Commit(Current with { Interpreter = Id }, []);
        }

        if (Current.Status is not InterpreterStatus.SignedOut || Current.IsReady)
        {
            _registration.Changed(Current.Version);
        }
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _live.Is(null);
        _atWork.IsIn([]);
        return base.OnDeactivateAsync(reason, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Refusal?> SignIn(DeviceId? console)
    {
        // Her account is the only thing read here; account grains never wait for anybody.
        var account = await GrainFactory.GetGrain<IAccountGrain>(Id.Value).Get();
        if (account is not { Role: AccountRole.Interpreter, CaId: { } caId })
        {
            return new Refusal(RefusalReason.Forbidden, "This account is no interpreter.");
        }

        var profile = new InterpreterProfile(account.DisplayName, caId, account.Pools, account.Skills);
        return await Happened(new InterpreterEvent.SignIn(Id, profile, _options.Limits(), console));
    }

    /// <inheritdoc/>
    public Task<Refusal?> SignOut() => Happened(new InterpreterEvent.SignOut());

    /// <inheritdoc/>
    public Task<Refusal?> GoAvailable() => Happened(new InterpreterEvent.GoAvailable());

    /// <inheritdoc/>
    public Task<Refusal?> TakeBreak(BreakKind kind, string note) =>
        Happened(new InterpreterEvent.TakeBreak(kind, note));

    /// <inheritdoc/>
    public Task<Refusal?> ExtendWrapUp(long deadline) => Happened(new InterpreterEvent.ExtendWrapUp(deadline));

    /// <inheritdoc/>
    public Task<Refusal?> Accept(CallId call, long offer) => Happened(new InterpreterEvent.Accept(call, offer));

    /// <inheritdoc/>
    public Task<Refusal?> Decline(CallId call, long offer) => Happened(new InterpreterEvent.Decline(call, offer));

    /// <inheritdoc/>
    public async Task<Reservation?> Reserve(CallId call, long offer, PoolId pool, long stint)
    {
        await Happened(new InterpreterEvent.Reserve(call, offer, pool, stint));
        return Current.ReservationFor(call, offer);
    }

    /// <inheritdoc/>
    public Task Present(OfferView offer) => Happened(new InterpreterEvent.Present(offer));

    /// <inheritdoc/>
    public Task Release(CallId call, long offer, ReleaseReason reason) =>
        Happened(new InterpreterEvent.Release(call, offer, reason));

    /// <inheritdoc/>
    public Task ConsolesChanged(ImmutableArray<DeviceId> live) =>
        Happened(new InterpreterEvent.ConsolesChanged(live));

    /// <inheritdoc/>
    public Task<InterpreterView?> GetView() => Task.FromResult(Current.View());

    protected override string LaneOf(InterpreterEffect effect) => effect.Lane;

    protected override async Task<Outcome> Perform(Owed<InterpreterEffect> owed, CancellationToken cancellationToken)
    {
        await (owed.Effect switch
        {
            InterpreterEffect.TellFree free => Queue(free.Pool).InterpreterFree(
                new FreeInterpreter(Id, free.Stint, free.Skills)),
            InterpreterEffect.TellGone gone => Queue(gone.Pool).InterpreterGone(Id, gone.Stint),
            InterpreterEffect.TellAccepted accepted => Call(accepted.Call).OfferAccepted(Id, accepted.Offer),
            InterpreterEffect.TellDeclined declined => Call(declined.Call).OfferDeclined(Id, declined.Offer),
            InterpreterEffect.ShowOffer show => Console.Publish(new OfferMade(show.Offer)),
            InterpreterEffect.HideOffer hide => Console.Publish(new OfferWithdrawn(hide.Call, hide.Offer, hide.Reason)),
            _ => throw new InvalidOperationException($"Nobody performs {owed.Effect.GetType().Name}."),
        });
        return Outcome.Done;
    }

    protected override void OnDue()
    {
        var now = Time.GetUtcNow();
        if (Current.Deadline <= now)
        {
            Apply(new InterpreterEvent.Elapsed(Current.LastDeadline));
        }

        if (Current.BreakDueAt <= now)
        {
            Apply(new InterpreterEvent.BreakDue(Current.Stretch));
        }
    }

    protected override void OnRestored()
    {
        if (Current.Version > 0)
        {
            LogRestored(Log, Id, Current.Status, Current.Version);
            CountLive();
        }
    }

    protected override void OnStored() => _view.Changed(Current.Version);

    private IConsoleGrain Console => GrainFactory.GetGrain<IConsoleGrain>(Id.Value);

    private IQueueGrain Queue(PoolId pool) => GrainFactory.GetGrain<IQueueGrain>(pool.Value);

    private ICallGrain Call(CallId call) => GrainFactory.GetGrain<ICallGrain>(call.Value);

    private async Task<Refusal?> Happened(InterpreterEvent @event)
    {
        var refusal = Apply(@event).Refusal;
        await Store();
        return refusal;
    }

    private Transition<InterpreterState, InterpreterEffect> Apply(InterpreterEvent @event)
    {
        var before = Current;
        var now = Time.GetUtcNow();
        var transition = InterpreterMachine.Apply(before, @event with { At = now });
        InterpreterTelemetry.Record(before, @event, transition, now);
        if (transition.Kind is not RowKind.Step)
        {
            LogUnmoved(Log, Id, Id, @event.GetType().Name, before.Status, transition.Because!);
            return transition;
        }

        var session = before.Held?.Call ?? transition.Next.Held?.Call;
        LogStep(
            Log,
            Id,
            session,
            @event.GetType().Name,
            before.Status,
            transition.Next.Status,
            transition.Next.Version);
        Commit(transition.Next, transition.Effects);
        CountLive();
        Audit(AuditOf(before, @event, transition.Next, now));
        return transition;
    }

    private void CountLive()
    {
        var isSignedIn = Current.Status is not InterpreterStatus.SignedOut;
        var isAtWork = isSignedIn && Current.Status is not InterpreterStatus.Break;
        _live.Is(isSignedIn ? Current.Status.ToString() : null);
        _atWork.IsIn(isAtWork ? [.. Current.Profile!.Pools.Select(pool => pool.Value)] : []);
    }

    /// <summary>
    /// After a crash nobody may have told that her console is gone. Her registration looks after its gateways once it
    /// is active, and tells.
    /// </summary>
    private async Task WakeRegistration() =>
        await GrainFactory.GetGrain<IRegistrationGrain>(Id.Value).GetDevices();

    private async Task Publish()
    {
        if (Current.View() is not { } view)
        {
            return;
        }

        await GrainFactory.GetGrain<IOperationsGrain>(OperationsGrain.Key).InterpreterChanged(view);
        await Console.Publish(new InterpreterChanged(view));
    }
}
