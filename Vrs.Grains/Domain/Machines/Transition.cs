namespace Vrs.Grains.Domain.Machines;

/// <summary>What kind of answer a cell of a table is.</summary>
public enum RowKind
{
    /// <summary>The event is a step: state and effects follow from it.</summary>
    Step,

    /// <summary>The event changes nothing, rightly; the row says why.</summary>
    Ignored,

    /// <summary>The event is said no to; the row says why, and effects may hand back what it brought.</summary>
    Refused,
}

/// <summary>What a machine makes of one event.</summary>
/// <typeparam name="TState">The state.</typeparam>
/// <typeparam name="TEffect">The closed hierarchy of effects.</typeparam>
/// <param name="Kind">Step, ignored or refused.</param>
/// <param name="Next">The state after the event.</param>
/// <param name="Effects">What is owed to others, in order.</param>
/// <param name="Cells">The cells that answered, in order: of the event, and of what followed from it.</param>
/// <param name="Because">Why nothing changed; null for a step.</param>
/// <param name="Refusal">The answer to whoever asked; null unless refused.</param>
public sealed record Transition<TState, TEffect>(
    RowKind Kind,
    TState Next,
    ImmutableArray<TEffect> Effects,
    ImmutableArray<Cell> Cells,
    string? Because = null,
    Refusal? Refusal = null)
{
    /// <summary>This, and then another; the answer is that of this one.</summary>
    /// <param name="other">What followed, from <see cref="Next"/>.</param>
    public Transition<TState, TEffect> Then(Transition<TState, TEffect> other) =>
        this with
        {
            Next = other.Next,
            Effects = Effects.AddRange(other.Effects),
            Cells = Cells.AddRange(other.Cells),
        };
}

/// <summary>A cell of a table, and how it answered.</summary>
/// <param name="From">The phase; its type tells the machine.</param>
/// <param name="Event">The name of the event.</param>
/// <param name="Moved">Whether the answer was a step; a step whose check fails does not move.</param>
public sealed record Cell(Enum From, string Event, bool Moved);

/// <summary>A step in the making, and what a step function returns; each machine's draft adds its own verbs.</summary>
/// <typeparam name="TState">The state.</typeparam>
/// <typeparam name="TEffect">The closed hierarchy of effects.</typeparam>
/// <param name="State">The state so far.</param>
/// <param name="At">When the event happened.</param>
/// <param name="Effects">What is owed so far, in order.</param>
public abstract record Draft<TState, TEffect>(TState State, DateTimeOffset At, ImmutableArray<TEffect> Effects);

/// <summary>A condition on a step; when it fails, the event is ignored or refused instead.</summary>
/// <typeparam name="TState">The state.</typeparam>
/// <typeparam name="TEvent">The event.</typeparam>
/// <param name="Holds">The condition.</param>
/// <param name="Because">Why not, when it fails; a sentence without a full stop.</param>
/// <param name="Reason">The reason of the refusal; null to ignore.</param>
public sealed record Check<TState, TEvent>(
    Func<TState, TEvent, bool> Holds,
    string Because,
    RefusalReason? Reason = null);
