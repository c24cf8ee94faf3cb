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

    [Fact]
    public void Whoever_did_not_come_from_the_other_pool_is_not_taken_to_come_in_the_next_search()
    {
        var held = CallSamples.Reservation("ines", 5);
        var old = CallSamples.Reservation("ivan", 1) with { Pool = CallSamples.OtherPool };
        var moved = new Overflowed(CallSamples.Pool, CallSamples.OtherPool, CallSamples.Start);
        var soughtAgain = After(
            CallSamples.Invited(),
            new QueueJoined(),
            new InterpreterReserved(held),
            new OfferAccepted(held.Interpreter, held.Offer),
            new InterpreterAnswered(2, CallSamples.Dialog("answer")),
            new ColleagueWanted(ColleaguePurpose.Relief),
            moved,
            new InterpreterReserved(old),
            new OfferDeclined(old.Interpreter, old.Offer),
            new ColleagueDismissed(ByHerself: false),
            new ColleagueWanted(ColleaguePurpose.Relief),
            moved);

        var again = CallMachine.Apply(soughtAgain, new InterpreterReserved(old));

        Assert.Equal(RowKind.Refused, again.Kind);
        Assert.Equal(CallSamples.OtherPool, soughtAgain.Line);
        Assert.Equal((CallSamples.Pool, 5), (soughtAgain.Pool, soughtAgain.LastOffer));
        var next = CallMachine.Apply(soughtAgain, new InterpreterReserved(old with { Offer = 2 }));
        Assert.Equal(ColleagueStage.Asked, next.Next.Colleague?.Stage);
    }

    private static CallState After(params CallEvent[] events) => events.Aggregate(
        new CallState(),
        (state, happening) => CallMachine.Apply(state, happening with { At = CallSamples.Start }).Next);
}
