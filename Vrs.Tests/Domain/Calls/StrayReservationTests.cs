using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Interfaces.Interpreters;

namespace Vrs.Tests.Domain.Calls;

/// <summary>A reservation from a line in which the call does not wait any more.</summary>
public sealed class StrayReservationTests
{
    [Fact]
    public void A_call_that_was_sent_on_leaves_the_line_that_may_have_made_a_place_for_it_meanwhile()
    {
        var queued = CallMachine.Apply(
            CallMachine.Apply(new CallState(), CallSamples.Invited()).Next, new CallEvent.QueueJoined()).Next;

        var moved = CallMachine.Apply(
            queued, new CallEvent.Overflowed(CallSamples.Pool, CallSamples.OtherPool, CallSamples.Start));

        Assert.Equal(
            [new CallEffect.LeaveQueue(Pool: CallSamples.Pool)], moved.Effects.OfType<CallEffect.LeaveQueue>());
        Assert.IsType<CallEffect.JoinQueue>(moved.Effects[^1]);
    }

    [Fact]
    public void She_is_let_go_and_the_place_that_a_late_message_made_is_given_up()
    {
        var queued = CallMachine.Apply(
            CallMachine.Apply(new CallState(), CallSamples.Invited()).Next, new CallEvent.QueueJoined()).Next;
        var moved = CallMachine.Apply(
            queued, new CallEvent.Overflowed(CallSamples.Pool, CallSamples.OtherPool, CallSamples.Start)).Next;
        Assert.Equal(CallSamples.OtherPool, moved.Pool);

        var stray = CallMachine.Apply(moved, new CallEvent.InterpreterReserved(CallSamples.Reservation("ines", 7)));

        Assert.Equal<CallEffect>(
            [
                new CallEffect.ReleaseInterpreter(new InterpreterId("ines"), 7, ReleaseReason.Withdrawn),
                new CallEffect.LeaveQueue(Pool: CallSamples.Pool),
            ],
            stray.Effects);
    }
}
