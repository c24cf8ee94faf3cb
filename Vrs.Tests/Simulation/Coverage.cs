using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Domain.Interpreters;
using Vrs.Grains.Domain.Machines;
using Vrs.Grains.Domain.Queues;

namespace Vrs.Tests.Simulation;

/// <summary>
/// The ledger of a campaign: every cell of the tables was visited, or stands in <see cref="OutOfReach"/> with a reason.
/// </summary>
internal static class Coverage
{
    /// <summary>Every cell of the four tables, as it answers when its event comes as it should.</summary>
    public static IReadOnlyList<Cell> Cells { get; } =
    [
        .. CellsOf(CallMachine.Table),
        .. CellsOf(InterpreterMachine.Table),
        .. CellsOf(QueueMachine.Table),
        .. CellsOf(CandidateMachine.Table),
    ];

    /// <summary>Cells that were not visited and should have been.</summary>
    /// <param name="visited">The cells that some seed visited.</param>
    public static IReadOnlyList<string> Missed(IReadOnlyDictionary<Cell, Visits> visited) =>
        [.. Cells.Where(cell => !visited.ContainsKey(cell) && IsDemanded(cell)).Select(Name)];

    /// <summary>How many cells were visited of those that are demanded, and of all others.</summary>
    /// <param name="visited">The cells that some seed visited.</param>
    public static string Summary(IReadOnlyDictionary<Cell, Visits> visited) =>
        $"Cells of the tables: {Share(visited, IsDemanded)} demanded, "
        + $"{Share(visited, OutOfReach.Holds)} out of reach.";

    /// <summary>Cells that were visited, though they are said to be out of reach.</summary>
    /// <param name="visited">The cells that some seed visited.</param>
    public static IReadOnlyList<string> Reached(IReadOnlyDictionary<Cell, Visits> visited) =>
    [
        .. Cells.Where(cell => visited.ContainsKey(cell) && OutOfReach.Holds(cell))
            .Union(visited.Keys.Where(OutOfReach.IsUnawaited))
            .Select(Name),
    ];

    /// <summary>Every cell with the number of seeds that visited it, rarest first.</summary>
    /// <param name="visited">The cells that were visited.</param>
    public static IEnumerable<string> Ledger(IReadOnlyDictionary<Cell, Visits> visited) =>
        from cell in Cells
        let visits = visited.GetValueOrDefault(cell)
        orderby visits.Seeds
        select $"{visits.Seeds,8} {Name(cell)}{(visits.Seeds > 0 ? $", first by seed {visits.First}" : "")}";

    /// <summary>A cell as messages name it.</summary>
    public static string Name(Cell cell) =>
        $"{cell.From.GetType().Name}.{cell.From} {cell.Event}{(cell.Moved ? "" : " (unmoved)")}";

    private static bool IsDemanded(Cell cell) => !OutOfReach.Holds(cell);

    private static string Share(IReadOnlyDictionary<Cell, Visits> visited, Func<Cell, bool> which) =>
        $"{Cells.Count(cell => which(cell) && visited.ContainsKey(cell))} of {Cells.Count(which)}";

    private static IEnumerable<Cell> CellsOf<TPhase, TState, TEvent, TEffect>(
        Table<TPhase, TState, TEvent, TEffect> table)
        where TPhase : struct, Enum
        where TEvent : class =>
        from type in table.Events
        from phase in Enum.GetValues<TPhase>()
        select new Cell(phase, type.Name, table.KindOf(phase, type) is RowKind.Step);
}
