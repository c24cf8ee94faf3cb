using System.Text;

namespace Vrs.Grains.Domain.Machines;

/// <summary>Renders a table as Markdown, with a Mermaid diagram of its steps.</summary>
public static class TableDocument
{
    /// <summary>The table itself: one line for each row.</summary>
    /// <typeparam name="TPhase">The phases.</typeparam>
    /// <typeparam name="TState">The state.</typeparam>
    /// <typeparam name="TEvent">The events.</typeparam>
    /// <typeparam name="TEffect">The effects.</typeparam>
    /// <param name="table">The table.</param>
    public static string Rows<TPhase, TState, TEvent, TEffect>(Table<TPhase, TState, TEvent, TEffect> table)
        where TPhase : struct, Enum
        where TEvent : class
    {
        var text = new StringBuilder("| event | phases | answer |\n| --- | --- | --- |\n");
        foreach (var row in table.Rows)
        {
            text.Append("| ").Append(row.Event.Name)
                .Append(" | ").AppendJoin(", ", row.From)
                .Append(" | ").Append(Answer(row))
                .Append(" |\n");
        }

        return text.ToString();
    }

    /// <summary>A state diagram of the steps that lead to another phase.</summary>
    /// <typeparam name="TPhase">The phases.</typeparam>
    /// <typeparam name="TState">The state.</typeparam>
    /// <typeparam name="TEvent">The events.</typeparam>
    /// <typeparam name="TEffect">The effects.</typeparam>
    /// <param name="table">The table.</param>
    public static string Diagram<TPhase, TState, TEvent, TEffect>(Table<TPhase, TState, TEvent, TEffect> table)
        where TPhase : struct, Enum
        where TEvent : class
    {
        var arrows =
            from row in table.Rows
            from origin in row.From
            from target in row.To
            where !origin.Equals(target)
            group row.Event.Name by (origin, target) into arrow
            select (arrow.Key.origin, arrow.Key.target, Events: arrow.Distinct());
        var text = new StringBuilder("```mermaid\nstateDiagram-v2\n");
        foreach (var (origin, target, events) in arrows)
        {
            text.Append("    ").Append(origin).Append(" --> ").Append(target)
                .Append(" : ").AppendJoin(", ", events).Append('\n');
        }

        return text.Append("```\n").ToString();
    }

    private static string Answer<TPhase, TState, TEvent, TEffect>(Table<TPhase, TState, TEvent, TEffect>.Row row)
        where TPhase : struct, Enum
        where TEvent : class
    {
        var owes = row.Owes is null ? "" : "; hands back what it brought";
        if (row.Step is null)
        {
            return row.Reason is { } reason
                ? $"refused ({reason}): {row.Because}{owes}"
                : $"ignored: {row.Because}{owes}";
        }

        var checks = row.Checks.Select(check =>
            check.Reason is { } why ? $"; refused ({why}) when {check.Because}" : $"; ignored when {check.Because}");
        var to = row.To.IsEmpty ? "the same phase" : string.Join(" or ", row.To);
        return $"**{row.Label}** -> {to}{string.Concat(checks)}{owes}";
    }
}
