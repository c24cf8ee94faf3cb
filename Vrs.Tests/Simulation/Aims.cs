using System.Collections.Immutable;
using Vrs.Grains.Domain.Queues;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;
using static Vrs.Grains.Domain.Calls.CallEvent;
using static Vrs.Grains.Interfaces.Calls.CallPhase;
using static Vrs.Grains.Interfaces.Calls.LegRole;
using I = Vrs.Grains.Domain.Interpreters.InterpreterEvent;
using Q = Vrs.Grains.Domain.Queues.QueueEvent;

namespace Vrs.Tests.Simulation;

/// <summary>The cells that seeds are aimed at: those that chance visits in few of a thousand seeds.</summary>
internal static class Aims
{
    public static ImmutableArray<Aim> All { get; } =
        [.. Different().SelectMany(aim => Enumerable.Repeat(aim, aim.Turns))];

    private static IEnumerable<Aim> Different() =>
    [
        .. CopiesOfNews(),
        .. WhileReceived(),
        .. WhileConnecting(),
        .. WhileRecovering(),
        .. WhileConnected(),
        .. WhileDialing(),
        .. WhileRelaying(),
        .. new[] { Received, Offered, Connecting, Connected, Dialing, Relaying, Recovering }.Select(phase =>
            Lost(new Aim(phase, nameof(CallerReturned))).With(phase, Deeds.CallerReturns).Often()),
    ];

    /// <summary>A request whose answer is lost is sent again, and both may come at any time.</summary>
    private static IEnumerable<Aim> CopiesOfNews() =>
    [
        .. new[] { Offered, Connecting, Connected, Dialing, Relaying, Recovering }.Select(phase =>
            Lost(new Aim(phase, nameof(Overflowed)))
                .Copying("ICallGrain.Overflowed")
                .Among(swarm => swarm with { Pools = 2, Hasty = true, Callers = 4, Choosy = 0, Interpreters = 3 })),
        new Aim(Connecting, nameof(PositionChanged)).Copying("ICallGrain.PositionChanged"),
        .. new[] { Connecting, Ended }.Select(phase =>
            new Aim(phase, nameof(OfferDeclined)).Copying("ICallGrain.OfferDeclined")
                .Among(swarm => swarm with { Unwilling = 0.5 })
                .Often()),
        new Aim(Place.Held, nameof(Q.Joined)).Copying("IQueueGrain.Join")
            .Among(swarm => swarm with { Callers = 4, DisconnectEvery = TimeSpan.FromSeconds(4) }),
        .. new[] { Place.None, Place.Waiting, Place.Reserving, Place.Offered }.Select(place =>
            new Aim(place, nameof(Q.CameBack)).Copying("IQueueGrain.Hold")
                .Among(swarm => swarm with { Callers = 4, DisconnectEvery = TimeSpan.FromSeconds(4) })),
        .. new[] { Place.None, Place.Reserving, Place.Held }.Select(place =>
            new Aim(place, nameof(Q.Returned)).Copying("IQueueGrain.Return")
                .Among(swarm => swarm with
                {
                    Callers = 4,
                    Unwilling = 0.5,
                    DisconnectEvery = TimeSpan.FromSeconds(8),
                })
                .Often()),
        new Aim(InterpreterStatus.WrapUp, nameof(I.Reserve)).Copying("IInterpreterGrain.Reserve"),
        new Aim(InterpreterStatus.WrapUp, nameof(I.Present)).Copying("IInterpreterGrain.Present"),
    ];

    /// <summary>The line is slow to answer.</summary>
    private static IEnumerable<Aim> WhileReceived() =>
    [
        Slow(new Aim(Received, nameof(HoldElapsed))).Set("Calls:HoldPlace", "00:00:01")
            .With(Received, Deeds.CallerLosesConnection),
        Slow(new Aim(Received, nameof(ColleagueWanted))).With(Received, Deeds.OperatorAsksForSomebody),
        Slow(new Aim(Received, nameof(ColleagueDismissed))).With(Received, Deeds.OperatorDismisses),
        Slow(new Aim(Received, nameof(CallerHungUp))).With(Received, Deeds.CallerGivesUp),
        Slow(new Aim(Received, nameof(OperatorEnded))).With(Received, Deeds.OperatorEnds),
        new Aim(Received, nameof(OfferDeclined))
            .Slowing("Response IQueueGrain.Join")
            .Slowing("Request ICallGrain.InterpreterReserved")
            .With(Received, Deeds.WhoeverIsHeldRests)
            .Among(swarm => swarm with { Interpreters = 4 }),
    ];

    /// <summary>A caller who is called back lets her devices ring.</summary>
    private static IEnumerable<Aim> WhileConnecting() =>
    [
        CalledBack(new Aim(Connecting, nameof(InterpreterLost))).With(Connecting, Deeds.InterpreterBreaks),
        CalledBack(new Aim(Connecting, nameof(FlowLost))).With(Connecting, Deeds.InterpreterLosesConnection),
        CalledBack(new Aim(Connecting, nameof(FlowBack))).With(Connecting, Deeds.InterpreterLosesConnection).Often(),
        CalledBack(new Aim(Connecting, nameof(ColleagueDismissed))).With(Connecting, Deeds.OperatorDismisses),
    ];

    private static IEnumerable<Aim> WhileRecovering() =>
    [
        Recover(nameof(InterpreterHungUp)).Habit(Decision.LeaveLegUnanswered, Caller, 1)
            .With(Recovering, Deeds.InterpreterHangsUp),
        Recover(nameof(InterpreterLost)).Habit(Decision.LeaveLegUnanswered, Caller, 1)
            .With(Recovering, Deeds.InterpreterBreaks)
            .Often(),
        Recover(nameof(HoldBegan)).With(Recovering, Deeds.PartiesHold),
        Recover(nameof(HoldEnded)).With(Recovering, Deeds.PartiesHold),
        Recover(nameof(HoldLasted)).With(Relaying, Deeds.PartiesHold).With(Recovering, Deeds.PartiesHold)
            .Set("Calls:LongHold", "00:00:10")
            .Habit(Decision.RefuseOffer, InterpreterToCaller, 1)
            .Often(),
        Recover(nameof(CallbackRequested)).With(Recovering, Deeds.CallerAsksForCallback),
        Recover(nameof(OperatorEnded)).With(Recovering, Deeds.OperatorEnds),
        Recover(nameof(OfferElapsed)).Habit(Decision.RefuseOffer, InterpreterToCaller, 1),
        Recover(nameof(OfferDeclined)).Habit(Decision.RefuseOffer, InterpreterToCaller, 1),
        Recover(nameof(RecoveryElapsed)).Habit(Decision.RefuseOffer, InterpreterToCaller, 1)
            .Set("Calls:RecoveryTimeout", "00:00:20"),
        Recover(nameof(ColleagueWanted)).With(Recovering, Deeds.OperatorAsksForSomebody),
        Recover(nameof(ColleagueDismissed)).With(Recovering, Deeds.OperatorDismisses),
    ];

    private static IEnumerable<Aim> WhileConnected() =>
    [
        Lost(new Aim(Connected, nameof(CalleeHungUp))).With(Connected, Deeds.CalleeHangsUp),
        .. Beside(Connected).Select(aim => aim.Habit(Decision.Dawdle, InterpreterToCaller, 1)),
    ];

    /// <summary>Nobody answers, so that it takes its time.</summary>
    private static IEnumerable<Aim> WhileDialing() =>
        from aim in OfDialing()
        select aim.Habit(Decision.LeaveLegUnanswered, Callee, 1).Habit(Decision.RefuseLeg, Callee, 0);

    private static IEnumerable<Aim> OfDialing() =>
    [
        Helped(new Aim(Dialing, nameof(CalleeHungUp))).With(Dialing, Deeds.CalleeAsksToEnd),
        new Aim(Dialing, nameof(HoldLasted)).Among(Many).With(Dialing, Deeds.PartiesHold)
            .Set("Calls:LongHold", "00:00:05"),
        .. Beside(Dialing),
        Helped(new Aim(Dialing, nameof(CallerRejected))).Habit(Decision.RefuseLeg, Caller, 1),
        Helped(new Aim(Dialing, nameof(InterpreterRejected))).Habit(Decision.RefuseLeg, InterpreterToCaller, 1),
        Helped(new Aim(Dialing, nameof(OfferDeclined))).Habit(Decision.RefuseOffer, InterpreterToCaller, 1),
        Helped(new Aim(Dialing, nameof(ColleagueElapsed))).Habit(Decision.RefuseOffer, InterpreterToCaller, 1)
            .Set("Calls:ColleagueTimeout", "00:00:08"),
        Helped(new Aim(Dialing, nameof(ColleagueSetupElapsed)))
            .Habit(Decision.LeaveLegUnanswered, InterpreterToCaller, 1)
            .Set("Calls:SetupTimeout", "00:00:04"),
    ];

    private static IEnumerable<Aim> WhileRelaying() =>
    [
        .. Beside(Relaying),
        new Aim(Relaying, nameof(CalleeRejected)).With(Relaying, Deeds.OperatorAsksForRelief)
            .Among(Many).Habit(Decision.RefuseLeg, Callee, 1),
        Helped(new Aim(Relaying, nameof(CallerRejected))).Habit(Decision.RefuseLeg, Caller, 1),
        Helped(new Aim(Relaying, nameof(InterpreterRejected))).Habit(Decision.RefuseLeg, InterpreterToCaller, 1),
    ];

    /// <summary>What befalls a second interpreter wherever the call stands.</summary>
    private static IEnumerable<Aim> Beside(CallPhase phase) =>
    [
        Helped(new Aim(phase, nameof(ColleagueHungUp))).With(phase, Deeds.ColleagueHangsUp),
        Helped(new Aim(phase, nameof(ColleagueLost))).With(phase, Deeds.ColleagueBreaks).Often(),
        Helped(new Aim(phase, nameof(ColleagueOfferElapsed))).Habit(Decision.RefuseOffer, InterpreterToCaller, 1)
            .Set("Calls:OfferTimeout", "00:00:04"),
    ];

    private static Aim Recover(string happening) => Lost(new Aim(Recovering, happening));

    /// <summary>Calls lose their interpreters, if the phase comes after that.</summary>
    private static Aim Lost(Aim aim) => aim.In is Connected or Recovering
        ? aim.Among(Many).With(Relaying, Deeds.LoseInterpreter)
        : aim.Among(swarm => swarm with { Devices = 2 });

    /// <summary>A second interpreter is asked for in that phase.</summary>
    private static Aim Helped(Aim aim) =>
        aim.Among(Many).With((CallPhase)aim.In, Deeds.OperatorAsksForSomebody);

    private static Aim Slow(Aim aim) => aim.Slowing("Request IQueueGrain.Join");

    private static Aim CalledBack(Aim aim) => aim.Habit(Decision.LeaveLegUnanswered, Caller, 1)
        .Among(swarm => swarm with { Callers = 4, Interpreters = 1, Callbacks = 1, Devices = 2 });

    private static Swarm Many(Swarm swarm) =>
        swarm with { Interpreters = 4, Callers = 2, Phones = 2, Hasty = false, Unwilling = 0.1, Unreachable = 0.1 };
}
