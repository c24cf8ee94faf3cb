using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Domain.Interpreters;
using Vrs.Grains.Domain.Queues;

namespace Vrs.Grains.Domain.Machines;

/// <summary>
/// Checks of all machines that need no running system; used by tests and by <c>./vrs validate state</c>.
/// </summary>
public static class MachineChecks
{
    /// <summary>The pages that show the machines.</summary>
    public static ImmutableArray<MachinePage> Pages { get; } =
    [
        new("docs/call-machine.md",
        [
            new("call diagram", TableDocument.Diagram(CallMachine.Table)),
            new("call phases", CanonicalStates.Document()),
            new("call table", TableDocument.Rows(CallMachine.Table)),
        ]),
        new("docs/interpreter-machine.md",
        [
            new("interpreter diagram", TableDocument.Diagram(InterpreterMachine.Table)),
            new("interpreter table", TableDocument.Rows(InterpreterMachine.Table)),
        ]),
        new("docs/queue.md",
        [
            new("queue diagram", TableDocument.Diagram(QueueMachine.Table)),
            new("queue table", TableDocument.Rows(QueueMachine.Table)),
            new("candidate diagram", TableDocument.Diagram(CandidateMachine.Table)),
            new("candidate table", TableDocument.Rows(CandidateMachine.Table)),
        ]),
    ];

    /// <summary>Every cell that no row answers; none when all tables are total.</summary>
    public static IReadOnlyList<string> MissingCells() =>
    [
        .. CallMachine.Table.Missing(),
        .. InterpreterMachine.Table.Missing(),
        .. QueueMachine.Table.Missing(),
        .. CandidateMachine.Table.Missing(),
    ];
}
