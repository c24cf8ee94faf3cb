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

/// <summary>The rows of hold. It belongs to a leg, so it changes no phase, and it ends with its leg.</summary>
public static partial class CallMachine
{
    private static Check<CallState, HoldBegan> MayHold => new(
        (state, e) => state.FindLeg(e.Leg) is
        { State: LegState.Established or LegState.Interrupted, Hold: null },
        "the leg is not connected, or holds already");

    private static Check<CallState, HoldEnded> IsHolding => new(
        (state, e) => state.FindLeg(e.Leg) is { Hold: not null }, "the leg does not hold");

    private static Check<CallState, HoldLasted> SameHold => new(
        (state, e) => state.FindLeg(e.Leg)?.Hold is { IsLong: false } hold && hold.Number == e.Number,
        "that hold is over, or was told already");

    private static Rows Holds(Rows rows)
    {
        rows.On<HoldBegan>()
            .Stay([.. Served, Recovering], S.BeginHold, [MayHold])
            .Ignored([New, .. Waiting, Ended], NoLegConnected);
        rows.On<HoldEnded>()
            .Stay([.. Served, Recovering], S.EndHold, [IsHolding])
            .Ignored([New, .. Waiting, Ended], NoLegConnected);
        rows.On<HoldLasted>()
            .Stay([.. Served, Recovering], S.NoteLongHold, [SameHold])
            .Ignored([New, .. Waiting, Ended], NoLegConnected);
        return rows;
    }
}
