using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Domain.Machines;
using Vrs.Grains.Interfaces.Calls;
using static Vrs.Grains.Domain.Calls.CallEvent;

namespace Vrs.Tests.Domain.Calls;

/// <summary>
/// A gateway reports until it is heard, so what a leg said may come again: also when the other party's leg is kept for
/// the next interpreter. The answer of a leg that lives is no answer to a call that nobody makes any more.
/// </summary>
public sealed class RepeatedReportTests
{
    private const int Callee = 4;

    private static readonly CallState Relaying = After(
        new CallState(),
        CallSamples.Invited(),
        new QueueJoined(),
        new InterpreterReserved(CallSamples.Reservation("ines", 1)),
        new OfferAccepted(new("ines"), 1),
        new InterpreterAnswered(2, CallSamples.Dialog("answer")),
        new DialRequested(CallSamples.PartyOf("ines"), "+15550201", CallSamples.Callee, CallSamples.Dialog("dial")),
        new CalleeLocated(3, [new CalleeDevice(new("phone"), "192.0.2.9")]),
        new CalleeAnswered(Callee, CallSamples.Dialog("callee")));

    [Fact]
    public void An_answer_comes_again_while_another_interpreter_is_sought()
    {
        var recovering = After(Relaying, new InterpreterLost(2));
        Assert.Equal(CallPhase.Recovering, recovering.Phase);

        NothingComesOfTheSameAnswer(recovering);
    }

    [Fact]
    public void An_answer_comes_again_before_the_next_interpreter_has_taken_over()
    {
        var connected = After(
            Relaying,
            new InterpreterLost(2),
            new InterpreterReserved(CallSamples.Reservation("ivan", 2)),
            new OfferAccepted(new("ivan"), 2),
            new InterpreterAnswered(5, CallSamples.Dialog("successor")),
            new CallerAnswered(6, CallSamples.Dialog("moved")));
        Assert.Equal(CallPhase.Connected, connected.Phase);

        NothingComesOfTheSameAnswer(connected);
    }

    private static void NothingComesOfTheSameAnswer(CallState state)
    {
        var report = new LegAnswered(Callee, CallSamples.Dialog("callee"), new("v=0"));

        Assert.Null(CallInputs.FromReport(state, report));
        var again = CallMachine.Apply(state, new CalleeAnswered(Callee, report.Dialog));

        Assert.Equal(RowKind.Ignored, again.Kind);
        Assert.Same(state, again.Next);
        Assert.Empty(again.Effects);
        Assert.Equal(LegState.Established, state.FindLeg(Callee)?.State);
        Assert.Contains("answered before", again.Because, StringComparison.Ordinal);
    }

    private static CallState After(CallState from, params CallEvent[] events) => events.Aggregate(
        from,
        (state, happening) => CallMachine.Apply(state, happening with { At = CallSamples.Start }).Next);
}
