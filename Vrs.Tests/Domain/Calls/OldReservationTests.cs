using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Domain.Machines;
using Vrs.Grains.Interfaces.Calls;
using static Vrs.Grains.Domain.Calls.CallEvent;

namespace Vrs.Tests.Domain.Calls;

/// <summary>A reservation that was told before comes again, when she it was of may have been let go.</summary>
public sealed class OldReservationTests
{
    [Fact]
    public void An_offer_that_came_to_nothing_does_not_begin_again()
    {
        var old = CallSamples.Reservation("ines", 1);
        var waiting = After(
            CallSamples.Invited(),
            new QueueJoined(),
            new InterpreterReserved(old),
            new OfferDeclined(old.Interpreter, old.Offer));

        var again = CallMachine.Apply(waiting, new InterpreterReserved(old));

        Assert.Equal(RowKind.Refused, again.Kind);
        Assert.Equal(CallPhase.Queued, again.Next.Phase);
        Assert.IsType<CallEffect.ReleaseInterpreter>(Assert.Single(again.Effects));
    }

    [Fact]
    public void Whoever_serves_the_call_does_not_become_her_own_relief()
    {
        var held = CallSamples.Reservation("ines", 1);
        var sought = After(
            CallSamples.Invited(),
            new QueueJoined(),
            new InterpreterReserved(held),
            new OfferAccepted(held.Interpreter, held.Offer),
            new InterpreterAnswered(2, CallSamples.Dialog("answer")),
            new ColleagueWanted(ColleaguePurpose.Relief));

        var again = CallMachine.Apply(sought, new InterpreterReserved(held));

        Assert.Equal(RowKind.Refused, again.Kind);
        Assert.Equal(ColleagueStage.Sought, again.Next.Colleague?.Stage);
        Assert.Empty(again.Effects);
    }

    private static CallState After(params CallEvent[] events) => events.Aggregate(
        new CallState(),
        (state, happening) => CallMachine.Apply(state, happening with { At = CallSamples.Start }).Next);
}
