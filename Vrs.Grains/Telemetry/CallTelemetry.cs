using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Domain.Machines;
using static Vrs.Grains.Telemetry.GrainInstruments;

namespace Vrs.Grains.Telemetry;

/// <summary>What the transitions of calls and of their places in line say in metrics.</summary>
internal static class CallTelemetry
{
    private static readonly ImmutableArray<CallPhase> Served =
        [CallPhase.Connected, CallPhase.Dialing, CallPhase.Relaying];

    public static void Record(
        CallState before, CallEvent @event, Transition<CallState, CallEffect> transition, DateTimeOffset now)
    {
        var next = transition.Next;
        MachineTelemetry.Record("call", before.Phase, @event, transition.Kind);
        if (next.Phase != before.Phase && before.Phase is not CallPhase.New)
        {
            TimeInPhase.Record((now - before.PhaseSince).TotalSeconds, Label("phase", before.Phase));
        }

        if (next.Facts.AnsweredAt is { } answered && before.Facts.AnsweredAt is null)
        {
            Wait.Record((answered - next.StartedAt).TotalSeconds, Label("priority", next.Priority));
        }

        if (CauseOfReassignment(before, next) is { } cause)
        {
            CallsReassigned.Add(1, Label("cause", cause));
        }

        if (next.IsOver && !before.IsOver)
        {
            RecordEnd(next, now);
        }
    }

    private static void RecordEnd(CallState ended, DateTimeOffset now)
    {
        CallsEnded.Add(1, Label("reason", ended.EndReason));
        if (ended.Facts.AnsweredAt is null)
        {
            Abandonment.Record((now - ended.StartedAt).TotalSeconds, Label("reason", ended.EndReason));
        }
    }

    /// <summary>Lost: she is gone and another is sought. Relieved: another stepped in for her.</summary>
    private static string? CauseOfReassignment(CallState before, CallState next) =>
        next.Phase is CallPhase.Recovering && before.Phase is not CallPhase.Recovering ? "lost"
        : Served.Contains(before.Phase) && Served.Contains(next.Phase)
            && before.Interpreter?.Interpreter != next.Interpreter?.Interpreter ? "relieved"
        : null;
}
