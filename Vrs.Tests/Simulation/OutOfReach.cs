using Vrs.Grains.Domain.Machines;
using Vrs.Grains.Domain.Queues;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;
using static Vrs.Grains.Domain.Calls.CallEvent;
using static Vrs.Grains.Interfaces.Calls.CallPhase;
using I = Vrs.Grains.Domain.Interpreters.InterpreterEvent;
using Q = Vrs.Grains.Domain.Queues.QueueEvent;

namespace Vrs.Tests.Simulation;

/// <summary>
/// Cells that no run visits, each with its reason: the tables answer more than their shells ever ask, so that no shell
/// has to be trusted. A campaign that visits one of them fails, for then the reason is wrong.
/// </summary>
internal static class OutOfReach
{
    private static readonly CallPhase[] Unasked = [New, Received, Queued, Offered];
    private static readonly CallPhase[] Unserved = [.. Unasked, Connecting];
    private static readonly CallPhase[] Served = [Connected, Dialing, Relaying];

    private static readonly HashSet<(Enum From, string Event)> Cells =
    [
        // The gateway makes the id of a call, so no other INVITE begins a call that has begun.
        .. Each([Received, Queued, Offered, Connecting, .. Served, Recovering, Ended], nameof(CallerInvited)),

        // Nobody is told of a call before it has begun and that is stored.
        .. Each(
            [New],
            nameof(QueueJoined),
            nameof(QueueRefused),
            nameof(PositionChanged),
            nameof(Overflowed),
            nameof(InterpreterReserved),
            nameof(OfferAccepted),
            nameof(OfferDeclined),
            nameof(CalleeLocated),
            nameof(CallerLocated)),

        // Devices are located for a leg of an interpreter's, and an answer that finds it over is dropped.
        .. Each([Received, Queued, Offered, .. Served, Recovering, Ended], nameof(CallerLocated)),
        .. Each(
            [Received, Queued, Offered, Connecting, Connected, Relaying, Recovering, Ended], nameof(CalleeLocated)),

        // A refusal is heard by whoever waits for it: a call that has just begun, or seeks a second interpreter.
        .. Each([Queued, Offered, Connecting, Recovering, Ended], nameof(QueueRefused)),

        // An offer is on a console only when its call has put it there, and a call does not become new again.
        .. Each([Received], nameof(OfferAccepted)),

        // The grain turns away who has no part in the call; in a call that has not begun nobody has.
        .. Each([New], nameof(CallbackRequested), nameof(CallerHungUp)),

        // The grain passes on what happens to a leg that lives, and none of that kind lives in these phases.
        .. Each([New, .. Served, Recovering], nameof(CallerAway)),
        .. Each(Unasked, nameof(CallerAnswered), nameof(CallerRejected)),
        .. Each(Unserved, nameof(CallerLost)),
        .. Each(
            Unasked,
            nameof(InterpreterAnswered),
            nameof(InterpreterRejected),
            nameof(InterpreterHungUp),
            nameof(InterpreterLost),
            nameof(LegAlerting),
            nameof(FlowLost),
            nameof(FlowBack),
            nameof(HoldBegan),
            nameof(HoldEnded)),
        // An interpreter's device that waits for the answer to its offer has nothing to hold.
        .. Each([Connecting], nameof(HoldBegan), nameof(HoldEnded)),
        .. Each(
            Unserved,
            nameof(DialEnded),
            nameof(CalleeRinging),
            nameof(CalleeAnswered),
            nameof(CalleeRejected),
            nameof(CalleeHungUp),
            nameof(ColleagueHungUp),
            nameof(ColleagueLost)),
        .. Each([Connected], nameof(DialEnded), nameof(CalleeRinging), nameof(CalleeAnswered), nameof(CalleeRejected)),
        .. Each([Relaying], nameof(CalleeRinging)),
        .. Each(
            [Recovering],
            nameof(DialEnded),
            nameof(CalleeRinging),
            nameof(CalleeAnswered),
            nameof(CalleeRejected),
            nameof(ColleagueHungUp),
            nameof(ColleagueLost)),
        .. Each(
            [Ended],
            nameof(CallerAway),
            nameof(CallerAnswered),
            nameof(CallerRejected),
            nameof(InterpreterAnswered),
            nameof(InterpreterRejected),
            nameof(LegAlerting),
            nameof(FlowLost),
            nameof(FlowBack),
            nameof(HoldBegan),
            nameof(HoldEnded),
            nameof(DialEnded),
            nameof(CalleeRinging),
            nameof(CalleeAnswered),
            nameof(CalleeRejected),
            nameof(CalleeHungUp),
            nameof(CallerLost),
            nameof(InterpreterHungUp),
            nameof(InterpreterLost),
            nameof(ColleagueHungUp),
            nameof(ColleagueLost)),

        // An interpreter's deadlines run only where they mean something, and only what runs elapses.
        .. Each(
            [
                InterpreterStatus.SignedOut,
                InterpreterStatus.Available,
                InterpreterStatus.OnCall,
                InterpreterStatus.Break,
            ],
            nameof(I.Elapsed)),
        .. Each([InterpreterStatus.SignedOut, InterpreterStatus.Break], nameof(I.BreakDue)),

        // Time is told only to a ticket that waits for it, and only a call that waits is matched.
        .. Each([Place.None, Place.Waiting, Place.Reserving, Place.Offered], nameof(Q.HoldElapsed)),
        .. Each(
            [Place.None, Place.Held, Place.Reserving, Place.Offered],
            nameof(Q.PauseElapsed),
            nameof(Q.PreferenceElapsed),
            nameof(Q.OverflowElapsed),
            nameof(Q.Matched)),

        // An answer about an interpreter is heard only in the place that asked for her, as long as it waits for it.
        .. Each([Place.None, Place.Waiting, Place.Held, Place.Offered], nameof(Q.Granted), nameof(Q.Denied)),

        // An interpreter tells a queue that she is free before she tells that she is not, each in its turn.
        .. Each([Availability.Free], nameof(CandidateEvent.BecameFree)),
        .. Each([Availability.Unknown], nameof(CandidateEvent.WentBusy)),
    ];

    /// <summary>Whether no run visits the cell.</summary>
    public static bool Holds(Cell cell) => Cells.Contains((cell.From, cell.Event)) || IsUnawaited(cell);

    /// <summary>
    /// A deadline of a call that changes nothing: one is delivered only while it runs, and runs only where it is a
    /// step.
    /// </summary>
    public static bool IsUnawaited(Cell cell) =>
        cell is { From: CallPhase, Moved: false }
        && (cell.Event.EndsWith("Elapsed", StringComparison.Ordinal) || cell.Event == nameof(HoldLasted));

    /// <summary>Every one of these events in every one of these phases.</summary>
    public static IEnumerable<(Enum From, string Event)> Each<TPhase>(TPhase[] phases, params string[] events)
        where TPhase : struct, Enum =>
        from phase in phases
        from @event in events
        select ((Enum)phase, @event);
}
