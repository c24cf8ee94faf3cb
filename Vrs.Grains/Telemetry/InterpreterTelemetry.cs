using Vrs.Grains.Domain.Interpreters;
using Vrs.Grains.Domain.Machines;
using static Vrs.Grains.Domain.Interpreters.InterpreterEvent;
using static Vrs.Grains.Telemetry.GrainInstruments;

namespace Vrs.Grains.Telemetry;

/// <summary>What the transitions of interpreters say in metrics.</summary>
internal static class InterpreterTelemetry
{
    public static void Record(
        InterpreterState before,
        InterpreterEvent @event,
        Transition<InterpreterState, InterpreterEffect> transition,
        DateTimeOffset now)
    {
        MachineTelemetry.Record("interpreter", before.Status, @event, transition.Kind);
        if (transition.Kind is not RowKind.Step)
        {
            return;
        }

        var next = transition.Next;
        foreach (var outcome in OutcomesOf(before, @event, next))
        {
            Offers.Add(1, Label("outcome", outcome));
        }

        if (@event is BreakDue)
        {
            BreaksDue.Add(1);
        }

        if (before.Status == next.Status)
        {
            return;
        }

        if (before.Status is not InterpreterStatus.SignedOut)
        {
            InterpreterTime.Add((now - before.Since).TotalSeconds, Label("status", before.Status));
        }

        // She begins her work on break and comes back to one; neither is a break that begins.
        if (next is { Status: InterpreterStatus.Break, BreakKind: { } kind }
            && before.Status is not InterpreterStatus.Lost)
        {
            Breaks.Add(1, Label("kind", kind));
        }
    }

    /// <summary>An offer is made once and ends once: in an answer of hers, or because the call let her go.</summary>
    private static IEnumerable<string> OutcomesOf(
        InterpreterState before, InterpreterEvent @event, InterpreterState next)
    {
        if (@event is Reserve)
        {
            yield return "made";
        }
        else if (@event is Release { Reason: not ReleaseReason.Served } release)
        {
            yield return release.Reason switch
            {
                ReleaseReason.Missed => "missed",
                ReleaseReason.SetupFailed => "setup_failed",
                _ => "withdrawn",
            };
        }
        else if (before.Status is InterpreterStatus.Reserved && next.Status is not InterpreterStatus.Reserved)
        {
            yield return @event is Accept ? "accepted" : "declined";
        }
    }
}
