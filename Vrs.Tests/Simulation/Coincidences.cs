using Vrs.Grains.Domain.Machines;
using Vrs.Grains.Domain.Queues;
using Vrs.Grains.Interfaces.Interpreters;
using static Vrs.Grains.Domain.Calls.CallEvent;
using static Vrs.Grains.Interfaces.Calls.CallPhase;
using static Vrs.Tests.Simulation.OutOfReach;
using I = Vrs.Grains.Domain.Interpreters.InterpreterEvent;
using Q = Vrs.Grains.Domain.Queues.QueueEvent;

namespace Vrs.Tests.Simulation;

/// <summary>
/// Cells that take so rare a coincidence that some campaigns visit them and others do not, each with its reason: they
/// are counted and named, and fail no campaign. The search of reachable states and the tests of the tables visit them.
/// </summary>
internal static class Coincidences
{
    private static readonly HashSet<(Enum From, string Event)> Cells =
    [
        // An answer is lost, the question is asked again after five seconds, and then the first answer comes after all.
        .. Each([Offered, Connecting], nameof(Overflowed)),
        .. Each([Received], nameof(OfferDeclined)),
        .. Each([Connecting], nameof(PositionChanged), nameof(OfferDeclined)),
        .. Each([Place.Held], nameof(Q.Joined)),
        .. Each([Place.None, Place.Reserving, Place.Offered], nameof(Q.CameBack)),
        .. Each([Place.None, Place.Reserving], nameof(Q.Returned)),
        .. Each([InterpreterStatus.WrapUp], nameof(I.Reserve), nameof(I.Present)),

        // A call recovers for seconds, and whatever else it is must come in them.
        .. Each(
            [Recovering],
            nameof(CallerReturned),
            nameof(InterpreterHungUp),
            nameof(InterpreterLost),
            nameof(HoldBegan),
            nameof(HoldEnded),
            nameof(HoldLasted),
            nameof(CallbackRequested),
            nameof(OperatorEnded),
            nameof(OfferElapsed),
            nameof(ColleagueWanted),
            nameof(ColleagueDismissed)),

        // A second interpreter comes or goes in the seconds in which a number is dialed, or before it is.
        .. Each(
            [Dialing],
            nameof(CallerRejected),
            nameof(CalleeHungUp),
            nameof(InterpreterRejected),
            nameof(OfferDeclined),
            nameof(ColleagueHungUp),
            nameof(ColleagueLost),
            nameof(ColleagueElapsed),
            nameof(ColleagueOfferElapsed),
            nameof(ColleagueSetupElapsed)),
        .. Each([Connected], nameof(CalleeHungUp), nameof(ColleagueHungUp), nameof(ColleagueLost)),
        .. Each(
            [Relaying],
            nameof(CalleeRejected),
            nameof(CallerRejected),
            nameof(ColleagueHungUp),
            nameof(ColleagueLost),
            nameof(ColleagueOfferElapsed)),

        // A caller takes her place again, or somebody decides about her call, in the moment in which it is set up.
        .. Each([Received], nameof(HoldElapsed), nameof(ColleagueWanted), nameof(ColleagueDismissed)),
        .. Each([Offered, Connecting, Connected, Dialing, Relaying], nameof(CallerReturned)),
        .. Each([Connecting], nameof(InterpreterLost)),
    ];

    /// <summary>Whether the cell is one of them.</summary>
    public static bool Holds(Cell cell) => Cells.Contains((cell.From, cell.Event));
}
