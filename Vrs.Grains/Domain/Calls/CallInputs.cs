using static Vrs.Grains.Domain.Calls.CallEvent;

namespace Vrs.Grains.Domain.Calls;

/// <summary>
/// Names what happened: a report tells a leg's number, the machine thinks in roles. Pure; everything that is about a
/// leg which is over is null here, and stale to whoever sent it.
/// </summary>
public static class CallInputs
{
    /// <summary>The event that a gateway's report about a leg is, or null when it is stale or no event.</summary>
    /// <param name="state">The call.</param>
    /// <param name="report">The report.</param>
    public static CallEvent? FromReport(CallState state, LegReport report) =>
        state.FindLeg(report.Leg) is not { } leg ? null : (report, leg.Role) switch
        {
            // Told again, or late: the call knows how its INVITE ended. And only a connected leg can hold.
            (LegRinging or LegAnswered or LegRejected, _) when !IsPending(leg) => null,
            (LegHeld, _) when IsPending(leg) => null,
            (LegRinging, _) when leg is { Colleague: true, Opened: true } => new LegAlerting(leg.Number),
            (LegRinging, LegRole.Callee) => new CalleeRinging(leg.Number),
            (LegRinging, _) when leg.Opened => new LegAlerting(leg.Number),
            (LegAnswered answered, LegRole.Caller) when leg.Opened => new CallerAnswered(leg.Number, answered.Dialog),
            (LegAnswered answered, LegRole.InterpreterToCaller) => new InterpreterAnswered(leg.Number, answered.Dialog),
            (LegAnswered answered, LegRole.Callee) => new CalleeAnswered(leg.Number, answered.Dialog),
            (LegRejected rejected, _) when leg.Opened => Rejected(leg, rejected.Status),
            (LegHeld { Held: true }, _) => new HoldBegan(leg.Number),
            (LegHeld, _) => new HoldEnded(leg.Number),
            (LegEnded { Cause: LegEndCause.Broken }, _) => Lost(state, leg),
            (LegEnded, _) => HungUp(state, leg),
            _ => null,
        };

    /// <summary>
    /// The event that a line's answer to a call is that asked for a place, or null for a refusal that nobody waits for
    /// any more: of a search for a second interpreter that is over. A call that was served is never refused itself.
    /// </summary>
    /// <param name="state">The call.</param>
    /// <param name="refusal">Null when it has the place.</param>
    public static CallEvent? FromLine(CallState state, Refusal? refusal) => refusal is null
        ? new QueueJoined()
        : state.Phase is CallPhase.Received || state.Colleague is { Stage: ColleagueStage.Sought }
            ? new QueueRefused(refusal)
            : null;

    /// <summary>
    /// The event that a lost or new connection of a leg's device is, or null when it changes nothing.
    /// </summary>
    /// <param name="state">The call.</param>
    /// <param name="number">The leg.</param>
    /// <param name="up">Whether the connection is up.</param>
    public static CallEvent? FromFlow(CallState state, int number, bool up) => (state.FindLeg(number), up) switch
    {
        ({ State: LegState.Established } leg, false) => new FlowLost(leg.Number),
        ({ State: LegState.Interrupted } leg, true) => new FlowBack(leg.Number),
        ({ State: LegState.Inviting or LegState.Ringing } leg, false) => Lost(state, leg),
        _ => null,
    };

    /// <summary>The event that a request from a page is; null when the user has no part in the call.</summary>
    /// <param name="state">The call.</param>
    /// <param name="request">Who asks to end it.</param>
    public static CallEvent? FromHangUp(CallState state, HangUpRequest request)
    {
        if (request.Role is AccountRole.Operator)
        {
            return new OperatorEnded();
        }

        if (state.Caller?.User == request.User)
        {
            return new CallerHungUp();
        }

        if (state.Accepted && state.Interpreter?.Interpreter.Value == request.User.Value)
        {
            return new InterpreterHungUp();
        }

        if (IsColleague(state, request.User))
        {
            return new ColleagueDismissed(ByHerself: true);
        }

        return state.FindLeg(LegRole.Callee)?.User == request.User ? new CalleeHungUp() : null;
    }

    /// <summary>
    /// The event that a wish for a second interpreter is; null when it is not the user's to have.
    /// </summary>
    /// <param name="state">The call.</param>
    /// <param name="request">Who wants one, and what for.</param>
    public static CallEvent? FromColleagueRequest(CallState state, ColleagueRequest request) =>
        MayDecide(state, request.User, request.Role) ? new ColleagueWanted(request.Purpose) : null;

    /// <summary>The event that the wish to be without her is; null when it is not the user's to have.</summary>
    /// <param name="state">The call.</param>
    /// <param name="request">Who wishes it.</param>
    public static CallEvent? FromColleagueDismissal(CallState state, HangUpRequest request) =>
        MayDecide(state, request.User, request.Role) ? new ColleagueDismissed(ByHerself: false)
        : IsColleague(state, request.User) ? new ColleagueDismissed(ByHerself: true)
        : null;

    /// <summary>
    /// The event of the deadline that fell first, or null when none has. Only one: what it does to the call may take
    /// the others away, so the call is to be looked at again after it.
    /// </summary>
    /// <param name="state">The call.</param>
    /// <param name="now">The time.</param>
    public static CallEvent? Fallen(CallState state, DateTimeOffset now) => Waits(state)
        .Where(wait => wait.Due <= now)
        .OrderBy(wait => (wait.Due, wait.Number))
        .Select(wait => wait.Event)
        .FirstOrDefault();

    /// <summary>The events of all deadlines that run, whenever they fall.</summary>
    /// <param name="state">The call.</param>
    public static ImmutableArray<CallEvent> Running(CallState state) => [.. Waits(state).Select(wait => wait.Event)];

    /// <summary>When the next deadline falls, or null.</summary>
    /// <param name="state">The call.</param>
    public static DateTimeOffset? NextDue(CallState state) =>
        Waits(state).Select(wait => (DateTimeOffset?)wait.Due).Min();

    private static IEnumerable<(DateTimeOffset Due, long Number, CallEvent Event)> Waits(CallState state)
    {
        foreach (var armed in state.Deadlines)
        {
            yield return (armed.Due, armed.Number, Elapsed(armed));
        }

        foreach (var leg in state.Legs)
        {
            if (leg.Grace is { } grace)
            {
                yield return (grace.Due, grace.Number, Lost(state, leg));
            }

            if (leg.Hold is { IsLong: false } hold)
            {
                yield return (hold.Due, hold.Number, new HoldLasted(leg.Number, hold.Number));
            }
        }
    }

    private static CallEvent Elapsed(ArmedDeadline armed) => armed.Kind switch
    {
        DeadlineKind.Admission => new AdmissionElapsed(armed.Number),
        DeadlineKind.Wait => new WaitElapsed(armed.Number),
        DeadlineKind.Hold => new HoldElapsed(armed.Number),
        DeadlineKind.Offer => new OfferElapsed(armed.Number),
        DeadlineKind.Setup => new SetupElapsed(armed.Number),
        DeadlineKind.Idle => new IdleElapsed(armed.Number),
        DeadlineKind.Redial => new RedialElapsed(armed.Number),
        DeadlineKind.Ring => new RingElapsed(armed.Number),
        DeadlineKind.Recovery => new RecoveryElapsed(armed.Number),
        DeadlineKind.Callback => new CallbackElapsed(armed.Number),
        DeadlineKind.CallbackRing => new CallbackRingElapsed(armed.Number),
        DeadlineKind.Colleague => new ColleagueElapsed(armed.Number),
        DeadlineKind.ColleagueOffer => new ColleagueOfferElapsed(armed.Number),
        DeadlineKind.ColleagueSetup => new ColleagueSetupElapsed(armed.Number),
        _ => throw new ArgumentOutOfRangeException(nameof(armed)),
    };

    private static CallEvent Rejected(Leg leg, int status) => leg.Role switch
    {
        LegRole.Caller => new CallerRejected(leg.Number, status),
        LegRole.Callee => new CalleeRejected(leg.Number, status),
        _ => new InterpreterRejected(leg.Number, status),
    };

    /// <summary>A leg that is gone without a word. One still pending is as if it had been rejected.</summary>
    private static CallEvent Lost(CallState state, Leg leg) => (leg.Role, IsPending(leg)) switch
    {
        (LegRole.Caller, true) when !leg.Opened => new CallerAway(leg.Number),
        (LegRole.InterpreterToCallee, true) => HungUp(state, leg),
        (_, true) => Rejected(leg, 480),
        _ when leg.Colleague => new ColleagueLost(leg.Number),
        (LegRole.Caller, _) => new CallerLost(),
        (LegRole.Callee, _) => new CalleeHungUp(),
        _ => new InterpreterLost(leg.Number),
    };

    /// <summary>A called party who closes the picture of a second interpreter has hung up on her only.</summary>
    private static CallEvent HungUp(CallState state, Leg leg) => leg.Role switch
    {
        LegRole.Caller when leg.User != state.Caller!.User => new ColleagueHungUp(leg.Number),
        LegRole.InterpreterToCaller or LegRole.InterpreterToCallee when leg.Colleague =>
            new ColleagueHungUp(leg.Number),
        LegRole.Caller => new CallerHungUp(leg.Number),
        LegRole.InterpreterToCaller => new InterpreterHungUp(leg.Number),
        LegRole.InterpreterToCallee => new DialEnded(leg.Number),
        _ when IsPending(leg) => new CalleeRejected(leg.Number, 480),
        _ => new CalleeHungUp(leg.Number),
    };

    private static bool MayDecide(CallState state, UserId user, AccountRole role) =>
        role is AccountRole.Operator || (state.Accepted && state.Interpreter?.Interpreter.Value == user.Value);

    private static bool IsColleague(CallState state, UserId user) =>
        state.Colleague is { Stage: ColleagueStage.Joining or ColleagueStage.Joined, Interpreter: { } held }
        && held.Interpreter.Value == user.Value;

    private static bool IsPending(Leg leg) => leg.State is LegState.Inviting or LegState.Ringing;
}
