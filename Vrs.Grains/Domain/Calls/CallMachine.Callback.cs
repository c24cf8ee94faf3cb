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

/// <summary>The rows of a callback instead of waiting.</summary>
public static partial class CallMachine
{
    private const string Promised = "a callback is promised: cancel it first";

    private static Check<CallState, CallbackRequested> NotPromised => new(
        (state, _) => state.Callback is null, "a callback is promised already", RefusalReason.WrongState);

    private static Check<CallState, CallbackRequested> NoEmergency => new(
        (state, _) => state.Priority is not PriorityClass.Emergency,
        "an emergency call is not put off",
        RefusalReason.WrongState);

    private static Check<CallState, CallbackRequested> CallerThere => new(
        (state, _) => !state.CallerAway, "the caller's connection is lost", RefusalReason.WrongState);

    private static Check<CallState, CallerReturned> NoCallback => new(
        (state, _) => state.Callback is null, Promised, RefusalReason.WrongState);

    private static Check<CallState, TEvent> CalledBack<TEvent>() =>
        new((state, _) => state.Callback is not null, "nobody is called back");

    private static Check<CallState, CallerLocated> NotRinging => new(
        (state, e) => state.Callback is not null
            && state.FindLeg(LegRole.InterpreterToCaller) is
            { State: LegState.Established or LegState.Interrupted } interpreter
            && interpreter.Number == e.For
            && state.FindLeg(LegRole.Caller) is null,
        "the attempt is over, or her devices ring already");

    private static Rows Callbacks(Rows rows)
    {
        rows.On<CallbackRequested>()
            .Stay([Queued], S.PromiseCallback, [NotPromised, NoEmergency, CallerThere])
            .Refused([Received, Offered, Connecting], RefusalReason.WrongState, "an interpreter is being found now")
            .Refused([.. Served, Recovering], RefusalReason.WrongState, "the call waits no longer")
            .Refused([New], RefusalReason.NotFound, NoCall)
            .Refused([Ended], RefusalReason.NotFound, Over);
        rows.On<CallerLocated>()
            .Step([Connecting], [Connecting, Queued, Ended], S.RingCaller, [NotRinging])
            .Ignored([New, Received, Queued, Offered, .. Served, Recovering, Ended], Late);
        rows.On<CallbackElapsed>()
            .Step(
                [Queued],
                [Ended],
                S.GiveUpCallback,
                [Running<CallbackElapsed>(DeadlineKind.Callback, e => e.Number)])
            .Ignored([New, Received, Offered, Connecting, .. Served, Recovering, Ended], Late);
        rows.On<CallbackRingElapsed>()
            .Step(
                [Connecting],
                [Ended],
                S.StopCallingBack,
                [Running<CallbackRingElapsed>(DeadlineKind.CallbackRing, e => e.Number)])
            .Ignored([New, Received, Queued, Offered, .. Served, Recovering, Ended], Late);
        return rows;
    }
}
