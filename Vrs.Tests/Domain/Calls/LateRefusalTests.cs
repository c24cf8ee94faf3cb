using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Calls;

namespace Vrs.Tests.Domain.Calls;

/// <summary>A line says no, and by then the call seeks something else, or nothing.</summary>
public sealed class LateRefusalTests
{
    private static readonly Refusal Full = new(RefusalReason.Overloaded, "Too many calls are waiting.");

    [Fact]
    public void The_refusal_of_a_second_interpreter_does_not_end_a_call_that_lost_its_first_meanwhile()
    {
        var asked = CallReachabilityTests.Reached.First(state =>
            state is { Phase: CallPhase.Relaying, Colleague.Stage: ColleagueStage.Sought });
        var interpreter = asked.FindLeg(LegRole.InterpreterToCaller)!.Number;

        var recovering = CallMachine.Apply(asked, new CallEvent.InterpreterLost(interpreter)).Next;

        Assert.Equal(CallPhase.Recovering, recovering.Phase);
        Assert.Null(CallInputs.FromLine(recovering, Full));
        Assert.Equal(recovering, CallMachine.Apply(recovering, new CallEvent.QueueRefused(Full)).Next);
    }

    [Fact]
    public void Whoever_waits_for_the_answer_hears_it()
    {
        var received = CallMachine.Apply(new CallState(), CallSamples.Invited()).Next;

        Assert.IsType<CallEvent.QueueRefused>(CallInputs.FromLine(received, Full));
        Assert.IsType<CallEvent.QueueJoined>(CallInputs.FromLine(received, null));
    }
}
