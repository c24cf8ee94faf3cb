namespace Vrs.Grains.Domain.Machines;

/// <summary>What a log may say of the steps of one machine.</summary>
/// <param name="EntityField">The field that names whose step it is.</param>
/// <param name="Initial">The phase in which everybody begins.</param>
/// <param name="FaultOf">Why a step (phase, event, phase) is none of the table's; null when it is one.</param>
internal sealed record TraceRules(string EntityField, string Initial, Func<string, string, string, string?> FaultOf)
{
    /// <summary>The rules that a table makes.</summary>
    public static TraceRules Of<TPhase, TState, TEvent, TEffect>(
        Table<TPhase, TState, TEvent, TEffect> table, TPhase initial, string entityField)
        where TPhase : struct, Enum
        where TEvent : class
    {
        var phases = Enum.GetValues<TPhase>().ToDictionary(phase => Plain(phase.ToString()));
        var events = table.Events.ToDictionary(type => Plain(type.Name));
        return new TraceRules(entityField, Plain(initial.ToString()), (from, name, to) =>
            !events.TryGetValue(name, out var type) ? $"the table has no event {name}"
            : !phases.TryGetValue(from, out var origin) ? $"the table has no phase {from}"
            : !phases.TryGetValue(to, out var target) ? $"the table has no phase {to}"
            : table.KindOf(origin, type) is not RowKind.Step ? $"{type.Name} is no step in {origin}"
            : !table.Leads(origin, type, target) ? $"{type.Name} in {origin} does not lead to {target}"
            : null);
    }

    /// <summary>A name without what logs make of it: camelCase, snake_case.</summary>
    public static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
