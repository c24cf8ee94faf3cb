using System.Text;

namespace Vrs.Grains.Domain.Calls;

/// <summary>The five states of a relay call that plans and regulators speak of, and our phases in them.</summary>
public static class CanonicalStates
{
    /// <summary>The canonical state of a phase; null before there is a call.</summary>
    /// <param name="phase">The phase.</param>
    public static string? Of(CallPhase phase) => phase switch
    {
        CallPhase.New => null,
        CallPhase.Received or CallPhase.Queued or CallPhase.Offered => "request_received",
        CallPhase.Connecting or CallPhase.Connected => "interpreter_assigned",
        CallPhase.Dialing => "hearing_party_dialing",
        CallPhase.Relaying or CallPhase.Recovering => "relay_active",
        CallPhase.Ended => "call_ended",
        _ => throw new ArgumentOutOfRangeException(nameof(phase)),
    };

    /// <summary>A table of phases: the canonical state, and the deadlines that may fall there.</summary>
    public static string Document()
    {
        var text = new StringBuilder("| phase | canonical state | deadlines, with their defaults |\n");
        text.Append("| --- | --- | --- |\n");
        foreach (var phase in Enum.GetValues<CallPhase>())
        {
            text.Append("| ").Append(phase).Append(" | ").Append(Of(phase) ?? "none").Append(" | ")
                .AppendJoin(", ", DeadlinesOf(phase)).Append(" |\n");
        }

        return text.ToString();
    }

    /// <summary>A deadline may fall in a phase when its event is a step there.</summary>
    private static IEnumerable<string> DeadlinesOf(CallPhase phase) =>
        from kind in Enum.GetValues<DeadlineKind>()
        let elapsed = CallMachine.Table.Events.FirstOrDefault(type => type.Name == $"{kind}Elapsed")
        where elapsed is not null && CallMachine.Table.KindOf(phase, elapsed) is Machines.RowKind.Step
        select $"{kind} {CallDeadlines.Default.For(kind)}";
}
