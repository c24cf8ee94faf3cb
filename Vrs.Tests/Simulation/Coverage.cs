using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Domain.Interpreters;
using Vrs.Grains.Domain.Machines;

namespace Vrs.Tests.Simulation;

/// <summary>
/// Which steps of the tables a campaign has taken. That each of them can be taken is shown by the search of
/// reachable states: <c>CallReachabilityTests</c> and <c>InterpreterReachabilityTests</c>.
/// </summary>
internal static class Coverage
{
    /// <summary>Every step of the tables of calls and interpreters.</summary>
    public static IReadOnlyCollection<string> Steps { get; } =
        [.. StepsOf(CallMachine.Table), .. StepsOf(InterpreterMachine.Table)];

    /// <summary>Steps that were not taken.</summary>
    /// <param name="visited">The cells that some seed visited.</param>
    public static IReadOnlyList<string> Missed(IEnumerable<Cell> visited) =>
        [.. Steps.Except(Taken(visited)).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Taken(IEnumerable<Cell> visited) =>
        visited.Where(cell => cell.Moved).Select(cell => Name(cell.Machine, cell.Event, cell.From));

    private static IEnumerable<string> StepsOf<TPhase, TState, TEvent, TEffect>(
        Table<TPhase, TState, TEvent, TEffect> table)
        where TPhase : struct, Enum
        where TEvent : class =>
        from phase in Enum.GetValues<TPhase>()
        from type in table.Events
        where table.KindOf(phase, type) is RowKind.Step
        select Name(typeof(TPhase), type.Name, phase.ToString());

    private static string Name(Type machine, string @event, string from) => $"{machine.Name}.{from} {@event}";
}
