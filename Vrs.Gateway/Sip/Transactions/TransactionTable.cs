using System.Collections.Immutable;

namespace Vrs.Gateway.Sip.Transactions;

/// <summary>One cell of a table: where to go and what to do, or why nothing happens.</summary>
/// <param name="Next">The state afterwards.</param>
/// <param name="Actions">What to do, in order.</param>
/// <param name="IgnoredBecause">Why nothing happens; null for a step.</param>
public readonly record struct TransactionStep(
    TransactionState Next, ImmutableArray<TransactionAction> Actions, string? IgnoredBecause);

/// <summary>A transaction machine: every (state, trigger) of it has exactly one cell.</summary>
public sealed class TransactionTable
{
    private readonly Dictionary<(TransactionState, TransactionTrigger), TransactionStep> _cells = [];

    /// <summary>A machine without cells yet.</summary>
    /// <param name="name">Its name in errors and documents.</param>
    /// <param name="states">Its states; the first one is where it starts, Terminated is added.</param>
    /// <param name="triggers">Its triggers.</param>
    /// <param name="entry">What to do at the start.</param>
    public TransactionTable(
        string name,
        ImmutableArray<TransactionState> states,
        ImmutableArray<TransactionTrigger> triggers,
        ImmutableArray<TransactionAction> entry)
    {
        Name = name;
        States = states.Add(TransactionState.Terminated);
        Triggers = triggers;
        Entry = entry;
        foreach (var trigger in triggers)
        {
            Ignore(TransactionState.Terminated, trigger, "the transaction is over");
        }
    }

    public string Name { get; }

    public ImmutableArray<TransactionState> States { get; }

    public ImmutableArray<TransactionTrigger> Triggers { get; }

    /// <summary>What to do when the transaction starts.</summary>
    public ImmutableArray<TransactionAction> Entry { get; }

    /// <summary>Where it starts.</summary>
    public TransactionState Initial => States[0];

    /// <summary>The cell.</summary>
    /// <exception cref="InvalidOperationException">The machine has no such cell: a programmer's mistake.</exception>
    public TransactionStep this[TransactionState state, TransactionTrigger trigger] =>
        _cells.TryGetValue((state, trigger), out var step)
            ? step
            : throw new InvalidOperationException($"{Name} has no cell for {trigger} in {state}.");

    /// <summary>Whether the cell is there; the totality test asks.</summary>
    public bool Has(TransactionState state, TransactionTrigger trigger) => _cells.ContainsKey((state, trigger));

    /// <summary>Adds a step.</summary>
    public TransactionTable On(
        TransactionState state, TransactionTrigger trigger, TransactionState next, params TransactionAction[] actions)
    {
        _cells.Add((state, trigger), new TransactionStep(next, [.. actions], null));
        return this;
    }

    /// <summary>Adds a cell in which nothing happens.</summary>
    public TransactionTable Ignore(TransactionState state, TransactionTrigger trigger, string because)
    {
        _cells.Add((state, trigger), new TransactionStep(state, [], because));
        return this;
    }

    /// <summary>Adds cells in which nothing happens for the same reason.</summary>
    public TransactionTable Ignore(TransactionState state, string because, params TransactionTrigger[] triggers)
    {
        foreach (var trigger in triggers)
        {
            Ignore(state, trigger, because);
        }

        return this;
    }
}
