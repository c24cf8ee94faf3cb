using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Domain.Interpreters;
using Vrs.Grains.Domain.Queues;

namespace Vrs.Grains.Domain.Machines;

/// <summary>
/// Checks of all machines that need no running system; used by tests and by <c>./vrs validate state</c>.
/// </summary>
public static class MachineChecks
{
    /// <summary>Where the rendered tables are kept, from the root of the repository.</summary>
    public const string DocumentPath = "docs/call-machine.md";

    /// <summary>Every cell that no row answers; none when all tables are total.</summary>
    public static IReadOnlyList<string> MissingCells() =>
    [
        .. CallMachine.Table.Missing(),
        .. InterpreterMachine.Table.Missing(),
        .. QueueMachine.Table.Missing(),
        .. CandidateMachine.Table.Missing(),
    ];

    /// <summary>The document of all tables, as it must be in the repository.</summary>
    public static string Document() => string.Join(
        "\n",
        "# The machines",
        "",
        "Rendered from the tables in `Vrs.Grains/Domain`; a test compares this page with them. Every event has exactly",
        "one row for every phase: a step, *ignored* because, or *refused* because.",
        "",
        TableDocument.Render(CallMachine.Table),
        TableDocument.Render(InterpreterMachine.Table),
        TableDocument.Render(QueueMachine.Table),
        TableDocument.Render(CandidateMachine.Table)).TrimEnd() + "\n";
}
