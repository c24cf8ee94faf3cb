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
        // Two deadlines fall in one moment, and the first of them moves the call.
        .. Each([Queued, Offered, Connecting, Connected, Dialing, Relaying, Recovering], nameof(AdmissionElapsed)),
        .. Each(
            [Received, Offered, Connecting, Connected, Dialing, Relaying, Recovering],
            nameof(WaitElapsed),
            nameof(CallbackElapsed)),
        .. Each([Received, Offered, Connecting, Connected, Dialing, Relaying, Recovering], nameof(HoldElapsed)),
        .. Each([Received, Queued, Connecting, Connected, Dialing, Relaying, Recovering], nameof(OfferElapsed)),
        .. Each([Received, Queued, Offered, Connected, Dialing, Relaying], nameof(SetupElapsed)),
        .. Each(
            [Received, Queued, Offered, Connecting, Dialing, Relaying, Recovering],
            nameof(IdleElapsed),
            nameof(RedialElapsed)),
        .. Each([Received, Queued, Offered, Connecting, Connected, Relaying, Recovering], nameof(RingElapsed)),
        .. Each([Received, Queued, Offered, Connecting, Connected, Dialing, Relaying], nameof(RecoveryElapsed)),
        .. Each([Received, Queued, Offered, Connected, Dialing, Relaying, Recovering], nameof(CallbackRingElapsed)),
        .. Each(
            [Received, Queued, Offered, Connecting, Recovering],
            nameof(ColleagueElapsed),
            nameof(ColleagueOfferElapsed),
            nameof(ColleagueSetupElapsed)),
        .. Each(
            [Ended],
            nameof(AdmissionElapsed),
            nameof(WaitElapsed),
            nameof(HoldElapsed),
            nameof(OfferElapsed),
            nameof(SetupElapsed),
            nameof(IdleElapsed),
            nameof(RedialElapsed),
            nameof(RingElapsed),
            nameof(RecoveryElapsed),
            nameof(CallbackElapsed),
            nameof(CallbackRingElapsed),
            nameof(ColleagueElapsed),
            nameof(ColleagueOfferElapsed),
            nameof(ColleagueSetupElapsed),
            nameof(CallerLost),
            nameof(InterpreterHungUp),
            nameof(InterpreterLost),
            nameof(ColleagueLost),
            nameof(CalleeHungUp),
            nameof(HoldLasted)),

        // An answer is lost, the question is asked again after five seconds, and then the first answer comes after all.
        .. Each([Queued, Offered, Connecting], nameof(QueueRefused)),
        .. Each([Offered, Connecting, Connected, Dialing, Relaying, Recovering], nameof(Overflowed)),
        .. Each([Received], nameof(OfferAccepted), nameof(OfferDeclined)),
        .. Each([Connecting], nameof(PositionChanged), nameof(OfferDeclined)),
        .. Each([Queued, Offered, Connected, Dialing, Relaying, Recovering, Ended], nameof(CallerLocated)),
        .. Each([Relaying, Recovering], nameof(CalleeLocated)),
        .. Each([Place.Waiting, Place.Held], nameof(Q.Granted)),
        .. Each([Place.None, Place.Waiting, Place.Held, Place.Offered], nameof(Q.Denied)),
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
            nameof(ColleagueDismissed),
            nameof(ColleagueHungUp),
            nameof(ColleagueLost),
            nameof(DialEnded),
            nameof(CalleeRinging),
            nameof(CalleeAnswered),
            nameof(CalleeRejected)),

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
        .. Each([Connected], nameof(CalleeHungUp), nameof(ColleagueHungUp), nameof(ColleagueLost), nameof(DialEnded)),
        .. Each(
            [Relaying],
            nameof(CalleeRinging),
            nameof(CalleeRejected),
            nameof(CallerRejected),
            nameof(ColleagueHungUp),
            nameof(ColleagueLost),
            nameof(ColleagueOfferElapsed)),

        // A caller takes her place again, or somebody decides about her call, in the moment in which it is set up.
        .. Each([Received], nameof(HoldElapsed), nameof(ColleagueWanted), nameof(ColleagueDismissed)),
        .. Each([Offered, Connecting, Connected, Dialing, Relaying], nameof(CallerReturned)),
        .. Each([Connecting], nameof(InterpreterLost), nameof(HoldBegan), nameof(HoldEnded), nameof(HoldLasted)),
    ];

    /// <summary>Whether the cell is one of them.</summary>
    public static bool Holds(Cell cell) => Cells.Contains((cell.From, cell.Event));
}
