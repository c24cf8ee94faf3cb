using Vrs.Grains.Domain.Machines;
using static Vrs.Grains.Domain.Calls.CallEvent;
using static Vrs.Grains.Interfaces.Calls.CallPhase;
using Rows = Vrs.Grains.Domain.Machines.TableBuilder<
    Vrs.Grains.Interfaces.Calls.CallPhase,
    Vrs.Grains.Domain.Calls.CallState,
    Vrs.Grains.Domain.Calls.CallEvent,
    Vrs.Grains.Domain.Calls.CallEffect>;
using S = Vrs.Grains.Domain.Calls.CallSteps;

namespace Vrs.Grains.Domain.Calls;

/// <summary>THE table: what every event means in every phase of a call. Rendered as docs/call-machine.md.</summary>
public static partial class CallMachine
{
    private const string NoCall = "there is no such call";
    private const string Over = "the call is over";
    private const string Late = "the phase it belongs to is over";
    private const string NoLeg = "a leg of that role does not exist in this phase";
    private const string NotCalled = "nobody is being called: a party who was kept answered before";
    private const string NoLegConnected = "no leg is connected";
    private const string NotWaiting = "the call does not wait in line";
    private const string CalledAlready = "the other party is being called already";
    private const string ServedByOther = "the call is served by somebody else";
    private const string NotConnected = "dialing starts when caller and interpreter are connected";

    /// <summary>Before anybody is connected to the caller.</summary>
    private static readonly ImmutableArray<CallPhase> Waiting = [Received, Queued, Offered, Connecting];

    /// <summary>Caller and interpreter are (or were) connected.</summary>
    private static readonly ImmutableArray<CallPhase> Served = [Connected, Dialing, Relaying];

    private static readonly ImmutableArray<CallPhase> Live =
        [Received, Queued, Offered, Connecting, Connected, Dialing, Relaying, Recovering];

    /// <summary>The table.</summary>
    public static Table<CallPhase, CallState, CallEvent, CallEffect> Table { get; } =
        Callbacks(Deadlines(Colleagues(Holds(Forks(Legs(Offers(
            Callers(new Rows("Call", (state, _) => state.Phase))))))))).Build();

    /// <summary>The state after the event, and what is owed to others. Pure and total.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="event">What happened.</param>
    public static Transition<CallState, CallEffect> Apply(CallState state, CallEvent @event) =>
        Table.Apply(state, @event);

    private static Rows Callers(Rows rows)
    {
        rows.On<CallerInvited>()
            .Step([New], [Received], S.Admit)
            .Refused([.. Live, Ended], RefusalReason.WrongState, "this call has begun already");
        rows.On<CallerReturned>()
            .Step([Received], [Received], S.TakeBack, [OwnCaller])
            .Step([Queued, Offered, Connecting], [Queued], S.TakeBack, [OwnCaller, NoCallback])
            .Step(Served, [Connecting], S.LetBackIn, [OwnCaller])
            .Step([Recovering], [Queued], S.LetBackInLine, [OwnCaller])
            .Refused([New], RefusalReason.NotFound, NoCall)
            .Refused([Ended], RefusalReason.NotFound, Over);
        rows.On<CallerAway>()
            .Step([Received], [Received], S.HoldPlace, [LegLives<CallerAway>(e => e.Leg)])
            .Step([Queued, Offered, Connecting], [Queued], S.HoldPlace, [LegLives<CallerAway>(e => e.Leg)])
            .Ignored([.. Served, Recovering], "an answered leg is interrupted, not away")
            .Ignored([New, Ended], Over);
        rows.On<CallerAnswered>()
            .Step([Recovering], [Connected], S.JoinSuccessor, [LegInviting<CallerAnswered>(e => e.Leg)])
            .Stay(Served, S.JoinColleague, [LegInviting<CallerAnswered>(e => e.Leg)])
            .Step(
                [Connecting],
                [Connected],
                S.JoinCallback,
                [CalledBack<CallerAnswered>(), LegInviting<CallerAnswered>(e => e.Leg)])
            .Ignored([New, Received, Queued, Offered, Ended], "no caller is being called");
        rows.On<CallerRejected>()
            .Step([Recovering], [Recovering], S.SeekAnotherUnmoved, [LegInviting<CallerRejected>(e => e.Leg)])
            .Stay(Served, S.DropColleagueUnseen, [LegInviting<CallerRejected>(e => e.Leg)])
            .Step(
                [Connecting],
                [Connecting, Ended],
                S.NoteCallbackRefused,
                [CalledBack<CallerRejected>(), LegInviting<CallerRejected>(e => e.Leg)])
            .Ignored([New, Received, Queued, Offered, Ended], "no caller is being called");
        rows.On<CallerHungUp>()
            .Step(Waiting, [Ended], S.Abandon)
            .Step([.. Served, Recovering], [Ended], S.HangUpCaller)
            .Ignored([New, Ended], Over);
        rows.On<CallerLost>()
            .Step([.. Served, Recovering], [Ended], S.LoseCaller)
            .Ignored([New, .. Waiting, Ended], NoLeg);
        rows.On<OperatorEnded>()
            .Step(Live, [Ended], S.EndByOperator)
            .Refused([New], RefusalReason.NotFound, NoCall)
            .Ignored([Ended], Over);
        return rows;
    }

    private static Rows Offers(Rows rows)
    {
        rows.On<QueueJoined>()
            .Step([Received], [Queued], S.StandInLine)
            .Ignored([New, Queued, Offered, Connecting, .. Served, Recovering, Ended], "the news is no longer news");
        rows.On<QueueRefused>()
            .Step([Received], [Ended], S.TurnAway)
            .Stay(Served, S.GiveUpColleagueRefused, [ColleagueSought<QueueRefused>()])
            .Ignored([New, Queued, Offered, Connecting, Recovering, Ended], "what was refused is not sought any more");
        rows.On<PositionChanged>()
            .Step([Received], [Received], S.NotePosition)
            .Step([Queued], [Queued], S.TellPosition)
            .Ignored([New, Offered, Connecting, Recovering], NotWaiting)
            .Ignored([.. Served, Ended], "the call is in line by mistake", S.LeaveLine);
        rows.On<Overflowed>()
            .Step([Received], [Received], S.JoinOther, [FromThatLine])
            .Step([Queued], [Queued], S.JoinOther, [FromThatLine])
            .Step([Recovering], [Recovering], S.SeekElsewhere, [FromThatLine, NobodyAskedYet])
            .Stay(Served, S.SeekColleagueElsewhere, [ColleagueSought<Overflowed>(), FromHerLine])
            .Ignored([New, Offered, Connecting, Ended], NotWaiting);
        rows.On<InterpreterReserved>()
            .Step([Received, Queued], [Received, Queued, Offered], S.Reserve, [ThatLine, NotToldYet], S.HandBack)
            .Step([Recovering], [Recovering], S.OfferRecovery, [NobodyAsked, ThatLine, NotToldYet], S.HandBack)
            .Refused([Offered, Connecting], RefusalReason.WrongState, "somebody else is asked already", S.HandBack)
            .Stay(
                Served,
                S.AskColleague,
                [ColleagueSought<InterpreterReserved>(RefusalReason.WrongState), ThatLine, NotToldYet],
                S.HandBackAndLeave)
            .Refused([New], RefusalReason.NotFound, NoCall, S.HandBackAndLeave)
            .Refused([Ended], RefusalReason.NotFound, Over, S.HandBackAndLeave);
        rows.On<OfferAccepted>()
            .Step([Offered], [Connecting], S.Connect, [SameOffer<OfferAccepted>(e => e.Interpreter, e => e.Offer)])
            .Step(
                [Recovering],
                [Recovering],
                S.ConnectSuccessor,
                [SameOffer<OfferAccepted>(e => e.Interpreter, e => e.Offer)])
            .Stay(
                Served,
                S.ConnectColleague,
                [SameColleagueOffer<OfferAccepted>(e => e.Interpreter, e => e.Offer)])
            .Ignored([New, Received, Queued, Connecting, Ended], Late);
        rows.On<OfferDeclined>()
            .Step(
                [Offered],
                [Queued],
                S.RequeueDeclined,
                [SameOffer<OfferDeclined>(e => e.Interpreter, e => e.Offer)])
            .Step(
                [Recovering],
                [Recovering],
                S.SeekAnotherDeclined,
                [SameOffer<OfferDeclined>(e => e.Interpreter, e => e.Offer)])
            .Stay(
                Served,
                S.SeekColleagueDeclined,
                [SameColleagueOffer<OfferDeclined>(e => e.Interpreter, e => e.Offer)])
            .Ignored([New, Received, Queued, Connecting, Ended], Late);
        return rows;
    }

    private static Rows Legs(Rows rows)
    {
        InterpreterLegs(rows);
        CalleeLegs(rows);
        rows.On<LegAlerting>()
            .Step([Connecting], [Connecting], S.NoteAlerting, [LegInviting<LegAlerting>(e => e.Leg)])
            .Step([Recovering], [Recovering], S.NoteAlerting, [LegInviting<LegAlerting>(e => e.Leg)])
            .Stay(Served, S.NoteAlerting, [LegInviting<LegAlerting>(e => e.Leg)])
            .Ignored([New, Received, Queued, Offered, Ended], "no such device is being called");
        rows.On<FlowLost>()
            .Stay([Connecting, .. Served, Recovering], S.Interrupt, [LegEstablished<FlowLost>(e => e.Leg)])
            .Ignored([New, Received, Queued, Offered, Ended], NoLegConnected);
        rows.On<FlowBack>()
            .Stay([Connecting, .. Served, Recovering], S.Restore, [LegInterrupted<FlowBack>(e => e.Leg)])
            .Ignored([New, Received, Queued, Offered, Ended], NoLegConnected);
        return rows;
    }

    private static void InterpreterLegs(Rows rows)
    {
        rows.On<InterpreterAnswered>()
            .Step([Connecting], [Connecting, Connected], S.Join, [LegInviting<InterpreterAnswered>(e => e.Leg)])
            .Step([Recovering], [Recovering], S.MoveCaller, [LegInviting<InterpreterAnswered>(e => e.Leg)])
            .Stay(Served, S.ShowColleague, [LegInviting<InterpreterAnswered>(e => e.Leg)])
            .Ignored([New, Received, Queued, Offered, Ended], NoLeg);
        rows.On<InterpreterRejected>()
            .Step([Connecting], [Queued, Ended], S.RequeueRejected, [LegInviting<InterpreterRejected>(e => e.Leg)])
            .Step([Recovering], [Recovering], S.SeekAnotherRejected, [LegInviting<InterpreterRejected>(e => e.Leg)])
            .Stay(Served, S.DropColleagueRejected, [LegInviting<InterpreterRejected>(e => e.Leg)])
            .Ignored([New, Received, Queued, Offered, Ended], NoLeg);
        rows.On<InterpreterHungUp>()
            .Step([Connecting], [Queued, Ended], S.RequeueUnwilling)
            .Step(Served, [Ended], S.HangUpInterpreter)
            .Step([Recovering], [Recovering], S.SeekAnotherHungUp, [SuccessorComes<InterpreterHungUp>()])
            .Ignored([New, Received, Queued, Offered, Ended], NoLeg);
        rows.On<InterpreterLost>()
            .Step([Connecting], [Queued, Ended], S.RequeueBroken)
            .Step(Served, [Recovering, Connected, Dialing], S.Recover, [LegLives<InterpreterLost>(e => e.Leg)])
            .Step([Recovering], [Recovering], S.SeekAnotherLost, [LegLives<InterpreterLost>(e => e.Leg)])
            .Ignored([New, Received, Queued, Offered, Ended], NoLeg);
    }

    private static void CalleeLegs(Rows rows)
    {
        rows.On<DialRequested>()
            .Step([Connected], [Dialing], S.Dial, [OwnInterpreter, KnownNumber, SomebodyToRejoin])
            .Refused([New], RefusalReason.NotFound, NoCall)
            .Refused([.. Waiting, Recovering], RefusalReason.WrongState, NotConnected)
            .Step([Relaying], [Relaying], S.TakeOverCallee, [OwnColleague, Relieves])
            .Refused([Dialing], RefusalReason.WrongState, CalledAlready)
            .Refused([Ended], RefusalReason.NotFound, Over);
        rows.On<DialEnded>()
            .Step([Dialing], [Connected], S.StopDialing, [LegLives<DialEnded>(e => e.Leg)])
            .Step([Relaying], [Connected], S.PartFromCallee, [LegLives<DialEnded>(e => e.Leg)])
            .Ignored([New, .. Waiting, Connected, Recovering, Ended], NoLeg);
        rows.On<CalleeRinging>()
            .Step([Dialing], [Dialing], S.Ring, [LegInviting<CalleeRinging>(e => e.Leg)])
            .Ignored([Connected, Relaying, Recovering], NotCalled)
            .Ignored([New, .. Waiting, Ended], NoLeg);
        rows.On<CalleeAnswered>()
            .Step([Dialing], [Relaying], S.Relay, [LegInviting<CalleeAnswered>(e => e.Leg)])
            .Step([Relaying], [Relaying], S.CompleteRelief, [LegInviting<CalleeAnswered>(e => e.Leg)])
            .Ignored([Connected, Recovering], NotCalled)
            .Ignored([New, .. Waiting, Ended], NoLeg);
        rows.On<CalleeHungUp>()
            .Step(Served, [Connected], S.LoseCallee)
            .Step([Recovering], [Recovering], S.LoseCalleeWhileRecovering)
            .Ignored([New, .. Waiting, Ended], NoLeg);
    }

    private static Rows Deadlines(Rows rows)
    {
        rows.On<AdmissionElapsed>()
            .Step(
                [Received],
                [Ended],
                S.FailAdmission,
                [Running<AdmissionElapsed>(DeadlineKind.Admission, e => e.Number)])
            .Ignored([New, Queued, Offered, Connecting, .. Served, Recovering, Ended], Late);
        rows.On<WaitElapsed>()
            .Step([Queued], [Queued, Ended], S.GiveUpWaiting, [Running<WaitElapsed>(DeadlineKind.Wait, e => e.Number)])
            .Ignored([New, Received, Offered, Connecting, .. Served, Recovering, Ended], Late);
        rows.On<HoldElapsed>()
            .Step(
                [Received, Queued],
                [Queued, Ended],
                S.GiveUpHolding,
                [Running<HoldElapsed>(DeadlineKind.Hold, e => e.Number)])
            .Ignored([New, Offered, Connecting, .. Served, Recovering, Ended], Late);
        rows.On<OfferElapsed>()
            .Step([Offered], [Queued], S.RequeueMissed, [Running<OfferElapsed>(DeadlineKind.Offer, e => e.Number)])
            .Step(
                [Recovering],
                [Recovering],
                S.SeekAnotherMissed,
                [Running<OfferElapsed>(DeadlineKind.Offer, e => e.Number)])
            .Ignored([New, Received, Queued, Connecting, .. Served, Ended], Late);
        rows.On<SetupElapsed>()
            .Step(
                [Connecting],
                [Queued, Ended],
                S.RequeueLate,
                [Running<SetupElapsed>(DeadlineKind.Setup, e => e.Number)])
            .Step(
                [Recovering],
                [Recovering],
                S.SeekAnotherLate,
                [Running<SetupElapsed>(DeadlineKind.Setup, e => e.Number)])
            .Ignored([New, Received, Queued, Offered, .. Served, Ended], Late);
        rows.On<IdleElapsed>()
            .Step([Connected], [Ended], S.EndIdle, [Running<IdleElapsed>(DeadlineKind.Idle, e => e.Number)])
            .Ignored([New, .. Waiting, Dialing, Relaying, Recovering, Ended], Late);
        rows.On<RedialElapsed>()
            .Step([Connected], [Ended], S.EndAfterCallee, [Running<RedialElapsed>(DeadlineKind.Redial, e => e.Number)])
            .Ignored([New, .. Waiting, Dialing, Relaying, Recovering, Ended], Late);
        rows.On<RingElapsed>()
            .Step([Dialing], [Connected], S.StopRinging, [Running<RingElapsed>(DeadlineKind.Ring, e => e.Number)])
            .Ignored([New, .. Waiting, Connected, Relaying, Recovering, Ended], Late);
        rows.On<RecoveryElapsed>()
            .Step(
                [Recovering],
                [Ended],
                S.GiveUpRecovering,
                [Running<RecoveryElapsed>(DeadlineKind.Recovery, e => e.Number)])
            .Ignored([New, .. Waiting, .. Served, Ended], Late);
        return rows;
    }

    private static Check<CallState, CallerReturned> OwnCaller => new(
        (state, e) => e.Caller.User == state.Caller!.User,
        "the call belongs to somebody else",
        RefusalReason.Forbidden);

    private static Check<CallState, DialRequested> OwnInterpreter => new(
        (state, e) => e.Interpreter.User.Value == state.Interpreter!.Interpreter.Value,
        ServedByOther,
        RefusalReason.Forbidden);

    private static Check<CallState, DialRequested> OwnColleague => new(
        (state, e) => e.Interpreter.User.Value == state.Interpreter!.Interpreter.Value
            || e.Interpreter.User.Value == state.Colleague?.Interpreter?.Interpreter.Value,
        ServedByOther,
        RefusalReason.Forbidden);

    private static Check<CallState, DialRequested> KnownNumber => new(
        (_, e) => e.Number is null || e.Callee is not null,
        "the number is assigned to nobody",
        RefusalReason.UnknownNumber);

    private static Check<CallState, DialRequested> SomebodyToRejoin => new(
        (state, e) => e.Number is not null || state.FindLeg(LegRole.Callee) is not null,
        "the other party is not there any more",
        RefusalReason.NotFound);

    private static Check<CallState, Overflowed> FromThatLine => new(
        (state, e) => state.Pool == e.From,
        "it does not wait in that line any more");

    private static Check<CallState, Overflowed> NobodyAskedYet =>
        new((state, _) => state.Interpreter is null, "somebody is asked already");

    private static Check<CallState, InterpreterReserved> ThatLine => new(
        (state, e) => state.Line == e.Reservation.Pool,
        "the call does not wait in that line any more",
        RefusalReason.Stale);

    private static Check<CallState, InterpreterReserved> NotToldYet => new(
        (state, e) => state.LastOfferOf(e.Reservation.Pool) < e.Reservation.Offer,
        "that reservation was told before",
        RefusalReason.Stale);

    private static Check<CallState, InterpreterReserved> NobodyAsked => new(
        (state, _) => state.Interpreter is null,
        "somebody else is asked already",
        RefusalReason.WrongState);

    private static Check<CallState, TEvent> SameOffer<TEvent>(
        Func<TEvent, InterpreterId> interpreter, Func<TEvent, long> offer) =>
        new(
            (state, e) => !state.Accepted
                && state.Interpreter is { } held
                && held.Interpreter == interpreter(e)
                && held.Offer == offer(e),
            "the offer of that number is not open");

    private static Check<CallState, TEvent> SuccessorComes<TEvent>() =>
        new((state, _) => state.FindLeg(LegRole.InterpreterToCaller) is not null, NoLeg);

    private static Check<CallState, TEvent> LegLives<TEvent>(Func<TEvent, int> leg) =>
        new((state, e) => state.FindLeg(leg(e)) is not null, "the leg is over");

    private static Check<CallState, TEvent> LegInviting<TEvent>(Func<TEvent, int> leg) =>
        new(
            (state, e) => state.FindLeg(leg(e)) is { State: LegState.Inviting or LegState.Ringing },
            "the leg is over or answered");

    private static Check<CallState, TEvent> LegEstablished<TEvent>(Func<TEvent, int> leg) =>
        new((state, e) => state.FindLeg(leg(e)) is { State: LegState.Established }, "the leg is not connected");

    private static Check<CallState, TEvent> LegInterrupted<TEvent>(Func<TEvent, int> leg) =>
        new((state, e) => state.FindLeg(leg(e)) is { State: LegState.Interrupted }, "the leg is not interrupted");

    private static Check<CallState, TEvent> Running<TEvent>(DeadlineKind kind, Func<TEvent, long> number) =>
        new((state, e) => state.FindDeadline(kind)?.Number == number(e), "that deadline does not run any more");
}
