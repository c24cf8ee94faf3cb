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

/// <summary>The rows of a second interpreter, who is there only while a first one serves.</summary>
public static partial class CallMachine
{
    private const string NoColleague = "no second interpreter is sought or there";

    private static Rows Colleagues(Rows rows)
    {
        rows.On<ColleagueWanted>()
            .Stay(Served, S.WantColleague, [NobodyElseWanted, SomebodyToSee])
            .Refused([New], RefusalReason.NotFound, NoCall)
            .Refused([.. Waiting, Recovering], RefusalReason.WrongState, "no interpreter serves the call now")
            .Refused([Ended], RefusalReason.NotFound, Over);
        rows.On<ColleagueDismissed>()
            .Stay(Served, S.DismissColleague, [ColleagueWantedNow])
            .Refused([New], RefusalReason.NotFound, NoCall)
            .Refused([.. Waiting, Recovering], RefusalReason.WrongState, NoColleague)
            .Refused([Ended], RefusalReason.NotFound, Over);
        rows.On<ColleagueHungUp>()
            .Stay(Served, S.DropColleagueHungUp, [LegLives<ColleagueHungUp>(e => e.Leg)])
            .Ignored([New, .. Waiting, Recovering, Ended], NoLeg);
        rows.On<ColleagueLost>()
            .Stay(Served, S.DropColleagueLost, [LegLives<ColleagueLost>(e => e.Leg)])
            .Ignored([New, .. Waiting, Recovering, Ended], NoLeg);
        rows.On<ColleagueElapsed>()
            .Stay(
                Served,
                S.GiveUpColleague,
                [Running<ColleagueElapsed>(DeadlineKind.Colleague, e => e.Number)])
            .Ignored([New, .. Waiting, Recovering, Ended], Late);
        rows.On<ColleagueOfferElapsed>()
            .Stay(
                Served,
                S.SeekColleagueMissed,
                [Running<ColleagueOfferElapsed>(DeadlineKind.ColleagueOffer, e => e.Number)])
            .Ignored([New, .. Waiting, Recovering, Ended], Late);
        rows.On<ColleagueSetupElapsed>()
            .Stay(
                Served,
                S.DropColleagueLate,
                [Running<ColleagueSetupElapsed>(DeadlineKind.ColleagueSetup, e => e.Number)])
            .Ignored([New, .. Waiting, Recovering, Ended], Late);
        return rows;
    }

    /// <summary>
    /// Who supports may be asked to take over, when she has the caller's side; anything else waits until she is gone.
    /// </summary>
    private static Check<CallState, ColleagueWanted> NobodyElseWanted => new(
        (state, e) => state.Colleague is null
            || (e.Purpose is ColleaguePurpose.Relief
                && state.Direction is CallDirection.DeafToHearing
                && state.Colleague is { Purpose: ColleaguePurpose.Support, Stage: ColleagueStage.Joined }),
        "a second interpreter is sought or there already",
        RefusalReason.WrongState);

    /// <summary>Who supports is a picture for the Deaf party; one who is called sees it from her answer on.</summary>
    private static Check<CallState, ColleagueWanted> SomebodyToSee => new(
        (state, e) => e.Purpose is ColleaguePurpose.Relief
            || state.Direction is CallDirection.DeafToHearing
            || state.Phase is Relaying,
        "the Deaf person has not answered yet, who is to see the support",
        RefusalReason.WrongState);

    private static Check<CallState, ColleagueDismissed> ColleagueWantedNow =>
        new((state, _) => state.Colleague is not null, NoColleague, RefusalReason.WrongState);

    private static Check<CallState, DialRequested> Relieves => new(
        (state, e) => e.Number is null
            && state.Colleague is { Purpose: ColleaguePurpose.Relief, Stage: ColleagueStage.Joined } colleague
            && colleague.Interpreter!.Interpreter.Value == e.Interpreter.User.Value
            && state.FindLeg(LegRole.InterpreterToCallee, colleague: true) is null
            && state.FindLeg(LegRole.Callee) is not null,
        CalledAlready,
        RefusalReason.WrongState);

    private static Check<CallState, TEvent> ColleagueSought<TEvent>(RefusalReason? reason = null) => new(
        (state, _) => state.Colleague is { Stage: ColleagueStage.Sought },
        "no second interpreter is sought",
        reason);

    /// <summary>The search that goes on is this one, and not one that came to its end since.</summary>
    private static Check<CallState, Overflowed> FromHerLine => new(
        (state, e) => state.Line == e.From && state.Colleague!.Since == e.Since,
        "she is not sought in that line any more");

    private static Check<CallState, TEvent> SameColleagueOffer<TEvent>(
        Func<TEvent, InterpreterId> interpreter, Func<TEvent, long> offer) =>
        new(
            (state, e) => state.Colleague is { Stage: ColleagueStage.Asked, Interpreter: { } held }
                && held.Interpreter == interpreter(e)
                && held.Offer == offer(e),
            "the offer of that number is not open");
}
