using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Vrs.Grains.Audit;
using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Domain.Machines;
using Vrs.Grains.Effects;
using Vrs.Grains.Interfaces.Consoles;
using Vrs.Grains.Interfaces.Operations;
using Vrs.Grains.Interfaces.Telemetry;
using Vrs.Grains.Operations;
using Vrs.Grains.Records;
using Vrs.Grains.Telemetry;

namespace Vrs.Grains.Calls;

/// <summary>One relay call: a thin shell around <see cref="CallMachine"/>. Load, apply, store, perform.</summary>
public sealed partial class CallGrain : OutboxGrain<CallState, CallEffect>, ICallGrain
{
    private readonly CallOptions _options;
    private readonly CallDescriptions _descriptions = new();
    private readonly CallEffectPerformer _performer;
    private readonly CallRelay _relay;
    private readonly LatestWins _view;
    private readonly LiveCount _live = new(GrainInstruments.LiveCalls, "phase");
    private ImmutableArray<UserId> _audience = [];

    /// <summary>Made by the engine.</summary>
    public CallGrain(
        [PersistentState("call")] IPersistentState<Kept<CallState, CallEffect>> store,
        ICallRecords records,
        IOptions<CallOptions> options,
        TimeProvider time,
        IAuditTrail trail,
        ILogger<CallGrain> log)
        : base(store, time, EffectPacing.Default, trail, log)
    {
        _options = options.Value;
        _performer = new CallEffectPerformer(
            GrainFactory, records, _options, time, _descriptions, () => Current, Apply);
        _relay = new CallRelay(GrainFactory, Timer, () => Current, log);
        _view = new LatestWins(Timer, Publish, log);
    }

    protected override string Machine => "call";

    protected override DateTimeOffset? NextDue => CallInputs.NextDue(Current);

    /// <summary>A live call is never forgotten, not even one without a deadline.</summary>
    protected override bool MustWakeUp => base.MustWakeUp || Current is { Phase: not CallPhase.New, IsOver: false };

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _live.Is(null);
        return base.OnDeactivateAsync(reason, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<LegAdmission> Start(StartCall request)
    {
        var call = new CallId(this.GetPrimaryKeyString());
        return await Admit(request.Dialog, request.Offer, () => new CallEvent.CallerInvited(
            call,
            request.Session,
            request.Direction,
            request.Caller,
            request.DialedNumber,
            request.Pool,
            request.Priority,
            request.RequiredSkills,
            request.Url,
            request.Dialog,
            _options.Deadlines(),
            request.Preference));
    }

    /// <inheritdoc/>
    public Task<LegAdmission> Resume(ResumeCall request) =>
        Admit(request.Dialog, request.Offer, () => new CallEvent.CallerReturned(request.Caller, request.Dialog));

    /// <inheritdoc/>
    public Task<LegAdmission> Dial(DialCallee request) =>
        Admit(request.Dialog, request.Offer, () => new CallEvent.DialRequested(
            request.Interpreter, request.Number, request.Callee, request.Dialog));

    /// <inheritdoc/>
    public async Task<Refusal?> Report(LegReport report)
    {
        if (Current.FindLeg(report.Leg) is not { } leg)
        {
            return new Refusal(RefusalReason.Stale, "The leg is over.");
        }

        switch (report)
        {
            case LegRequest request:
                _relay.Pass(leg, request);
                return null;
            case LegResponse response:
                _relay.Return(response);
                return null;
            case LegOffer offer:
                _descriptions.Keep(leg.Number, offer.Offer);
                Hurry();
                return null;
            case LegAnswered answered:
                _descriptions.Keep(leg.Number, answered.Description);
                Hurry();
                break;
        }

        return await Happened(CallInputs.FromReport(Current, report));
    }

    /// <inheritdoc/>
    public Task FlowChanged(int leg, bool up)
    {
        if (up)
        {
            Hurry();
        }

        return Happened(CallInputs.FromFlow(Current, leg, up));
    }

    /// <inheritdoc/>
    public Task<FoundLeg?> FindLeg(UserId user, string callIdHeader, string localTag, string remoteTag)
    {
        var found = Current.Legs.FirstOrDefault(leg => leg.User == user
            && leg.Dialog is { } dialog
            && dialog.CallIdHeader == callIdHeader
            && dialog.LocalTag == localTag
            && dialog.RemoteTag == remoteTag);
        return Task.FromResult(
            found is null ? null : new FoundLeg(found.Number, found.Role, Current.Session, found.Dialog!));
    }

    /// <inheritdoc/>
    public Task Overflowed(PoolId from, PoolId to, DateTimeOffset since) =>
        Happened(new CallEvent.Overflowed(from, to, since));

    /// <inheritdoc/>
    public Task InterpreterReserved(Reservation reservation) =>
        Happened(new CallEvent.InterpreterReserved(reservation));

    /// <inheritdoc/>
    public Task PositionChanged(QueuePosition position) => Happened(new CallEvent.PositionChanged(position));

    /// <inheritdoc/>
    public Task OfferAccepted(InterpreterId interpreter, long offer) =>
        Happened(new CallEvent.OfferAccepted(interpreter, offer));

    /// <inheritdoc/>
    public Task OfferDeclined(InterpreterId interpreter, long offer) =>
        Happened(new CallEvent.OfferDeclined(interpreter, offer));

    /// <inheritdoc/>
    public Task<Refusal?> RequestCallback(UserId caller) =>
        Current.Caller?.User == caller
            ? Happened(new CallEvent.CallbackRequested())
            : Task.FromResult<Refusal?>(new Refusal(RefusalReason.Forbidden, "You have no part in this call."));

    /// <inheritdoc/>
    public Task<Refusal?> HangUp(HangUpRequest request) => Asked(CallInputs.FromHangUp(Current, request));

    /// <inheritdoc/>
    public Task<Refusal?> AskForColleague(ColleagueRequest request) =>
        Asked(CallInputs.FromColleagueRequest(Current, request));

    /// <inheritdoc/>
    public Task<Refusal?> DismissColleague(HangUpRequest request) =>
        Asked(CallInputs.FromColleagueDismissal(Current, request));

    /// <inheritdoc/>
    public Task<CallView?> GetView() => Task.FromResult(CallViews.Of(Current));

    protected override string LaneOf(CallEffect effect) => effect.Lane;

    protected override async Task<Outcome> Perform(Owed<CallEffect> owed, CancellationToken cancellationToken)
    {
        using var span = Span("effect", owed.Effect);
        return await _performer.Perform(owed, cancellationToken);
    }

    protected override void OnDue()
    {
        while (CallInputs.Fallen(Current, Time.GetUtcNow()) is { } fallen && Apply(fallen).Kind is RowKind.Step)
        {
        }
    }

    protected override void OnRestored()
    {
        if (Current.Version > 0)
        {
            LogRestored(Log, Current.Session, Current.Call, Current.Phase, Current.Version);
            CountLive();
        }
    }

    protected override void OnStored() => _view.Changed(Current.Version);

    private void CountLive() => _live.Is(
        Current.Phase is CallPhase.New or CallPhase.Ended ? null : Current.Phase.ToString());

    private Activity? Span(string part, object what) =>
        CallTrace.Start($"{part} {what.GetType().Name}", Current.Session, Current.Call);

    /// <summary>
    /// An INVITE becomes a leg. The same INVITE again (its first answer was lost on the way) gets the same answer: it
    /// is known by its dialog.
    /// </summary>
    private async Task<LegAdmission> Admit(DialogState dialog, SdpText offer, Func<CallEvent> invite)
    {
        if (LegOf(dialog) is null && Apply(invite()).Refusal is { } refusal)
        {
            await Store();
            return new LegAdmission(0, Current.Session, refusal);
        }

        using var span = CallTrace.Start("call Admitted", Current.Session, Current.Call);
        await Store();
        if (LegOf(dialog) is not { } leg)
        {
            return new LegAdmission(0, Current.Session, new Refusal(RefusalReason.Stale, "The leg is over."));
        }

        _descriptions.Keep(leg.Number, offer);
        Hurry();
        return new LegAdmission(leg.Number, Current.Session, null);
    }

    private Leg? LegOf(DialogState dialog) => Current.Legs.FirstOrDefault(leg => leg.Dialog is { } own
        && own.CallIdHeader == dialog.CallIdHeader
        && own.LocalTag == dialog.LocalTag
        && own.RemoteTag == dialog.RemoteTag);

    /// <summary>What somebody asked for; null is what is not hers to have.</summary>
    private Task<Refusal?> Asked(CallEvent? wish) => wish is not null
        ? Happened(wish)
        : Task.FromResult<Refusal?>(new Refusal(RefusalReason.Forbidden, "You have no part in this call."));

    /// <summary>Applies and stores an event; null is one that changes nothing.</summary>
    private async Task<Refusal?> Happened(CallEvent? @event)
    {
        using var span = @event is null ? null : Span("call", @event);
        var refusal = @event is null ? null : Apply(@event).Refusal;
        await Store();
        return refusal;
    }

    private Transition<CallState, CallEffect> Apply(CallEvent @event)
    {
        var before = Current;
        var now = Time.GetUtcNow();
        var transition = CallMachine.Apply(before, @event with { At = now });
        LogEvent(before, @event, transition);
        CallTelemetry.Record(before, @event, transition, now, _options.AnswerTarget);
        if (transition.Kind is not RowKind.Step && transition.Effects.IsEmpty)
        {
            return transition;
        }

        Commit(transition.Next, transition.Effects);
        CountLive();
        _descriptions.KeepOnly(transition.Next.Legs);
        LogEarly(before, transition.Next);
        if (AuditOf(before, @event, transition, now) is { } entry)
        {
            Audit(entry);
        }

        return transition;
    }

    /// <summary>Everybody who sees the call, or saw it before this change, is shown how it stands.</summary>
    private async Task Publish()
    {
        if (CallViews.Of(Current) is not { } view)
        {
            return;
        }

        var audience = CallViews.AudienceOf(Current);
        // Whoever left is of the audience until she was told.
        _audience = [.. _audience.Union(audience)];
        await GrainFactory.GetGrain<IOperationsGrain>(OperationsGrain.Key).CallChanged(view);
        await Task.WhenAll(_audience.Select(user => GrainFactory.GetGrain<IConsoleGrain>(user.Value)
            .Publish(new CallChanged(CallViews.For(view, Current, user)))));
        _audience = audience;
    }
}
