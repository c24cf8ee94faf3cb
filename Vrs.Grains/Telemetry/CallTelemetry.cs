using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Domain.Machines;
using static Vrs.Grains.Telemetry.GrainInstruments;

namespace Vrs.Grains.Telemetry;

/// <summary>What the transitions of calls and of their places in line say in metrics.</summary>
internal static class CallTelemetry
{
    private static readonly ImmutableArray<CallPhase> Served =
        [CallPhase.Connected, CallPhase.Dialing, CallPhase.Relaying];

    private static readonly TimeSpan Standard = TimeSpan.FromSeconds(120);

    /// <param name="before">The state before.</param>
    /// <param name="event">What happened.</param>
    /// <param name="transition">What it led to.</param>
    /// <param name="now">When.</param>
    /// <param name="target">Within what time the operator wants calls to be answered.</param>
    public static void Record(
        CallState before,
        CallEvent @event,
        Transition<CallState, CallEffect> transition,
        DateTimeOffset now,
        TimeSpan target)
    {
        var next = transition.Next;
        MachineTelemetry.Record("call", before.Phase, @event, transition.Kind);
        if (next.Phase != before.Phase && before.Phase is not CallPhase.New)
        {
            TimeInPhase.Record((now - before.PhaseSince).TotalSeconds, Label("phase", before.Phase));
        }

        if (before.Phase is CallPhase.Connecting && Served.Contains(next.Phase))
        {
            Setup.Record((now - before.PhaseSince).TotalSeconds);
        }

        if (next.Facts.AnsweredAt is { } answered && before.Facts.AnsweredAt is null)
        {
            var wait = answered - next.StartedAt;
            Wait.Record(wait.TotalSeconds, Label("pool", next.Pool), Label("priority", next.Priority));
            RecordAnswer("120s", wait <= Standard ? "in_time" : "late");
            RecordAnswer("target", wait <= target ? "in_time" : "late");
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
        CallsEnded.Add(
            1, Label("reason", ended.EndReason), Label("pool", ended.Pool), Label("priority", ended.Priority));
        if (ended.Facts.AnsweredAt is null)
        {
            RecordAnswer("120s", "never");
            RecordAnswer("target", "never");
            Abandonment.Record((now - ended.StartedAt).TotalSeconds, Label("reason", ended.EndReason));
        }
    }

    private static void RecordAnswer(string standard, string answered) =>
        SpeedOfAnswer.Add(1, Label("standard", standard), Label("answered", answered));

    /// <summary>Lost: she is gone and another is sought. Relieved: another stepped in for her.</summary>
    private static string? CauseOfReassignment(CallState before, CallState next) =>
        next.Phase is CallPhase.Recovering && before.Phase is not CallPhase.Recovering ? "lost"
        : Served.Contains(before.Phase) && Served.Contains(next.Phase)
            && before.Interpreter?.Interpreter != next.Interpreter?.Interpreter ? "relieved"
        : null;
}
