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

/// <summary>The rows of an attempt that rings several devices.</summary>
public static partial class CallMachine
{
    private static Check<CallState, CalleeLocated> NotLocated => new(
        (state, e) => state.FindLeg(LegRole.InterpreterToCallee)?.Number == e.Dialer
            && !state.RingingCallees().Any(),
        "the attempt is over, or its devices ring already");

    private static Rows Forks(Rows rows)
    {
        rows.On<CalleeLocated>()
            .Step([Dialing], [Dialing, Connected], S.RingAll, [NotLocated])
            .Ignored([New, .. Waiting, Connected, Relaying, Recovering, Ended], NoLeg);
        rows.On<CalleeRejected>()
            .Step([Dialing], [Dialing, Connected], S.NoteUnreached, [LegInviting<CalleeRejected>(e => e.Leg)])
            .Step([Relaying], [Relaying], S.DropColleagueUnheard, [LegInviting<CalleeRejected>(e => e.Leg)])
            .Ignored([Connected, Recovering], NotCalled)
            .Ignored([New, .. Waiting, Ended], NoLeg);
        return rows;
    }
}
