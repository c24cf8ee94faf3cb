namespace Vrs.Grains.Domain.Machines;

/// <summary>
/// A state machine as data: exactly one row for each (phase, event type). There is no default arm; a missing row is
/// found by <see cref="Missing"/>, a doubled one by the constructor.
/// </summary>
/// <typeparam name="TPhase">The phases.</typeparam>
/// <typeparam name="TState">The state, an immutable record.</typeparam>
/// <typeparam name="TEvent">The closed hierarchy of events: sealed records nested in it.</typeparam>
/// <typeparam name="TEffect">The closed hierarchy of effects.</typeparam>
public sealed class Table<TPhase, TState, TEvent, TEffect>
    where TPhase : struct, Enum
    where TEvent : class
{
    private readonly Func<TState, TEvent, TPhase> _phaseOf;
    private readonly Dictionary<(TPhase Phase, Type Event), Entry> _entries = [];

    internal Table(string name, Func<TState, TEvent, TPhase> phaseOf, IEnumerable<Row> rows)
    {
        Name = name;
        _phaseOf = phaseOf;
        foreach (var row in rows)
        {
            Rows.Add(row);
            foreach (var phase in row.From)
            {
                if (!_entries.TryAdd((phase, row.Event), new Entry(row, phase)))
                {
                    throw new InvalidOperationException($"{name}: two rows for {row.Event.Name} in {phase}.");
                }
            }
        }
    }

    /// <summary>The machine's name in documents and messages.</summary>
    public string Name { get; }

    /// <summary>Every event type there is.</summary>
    public ImmutableArray<Type> Events { get; } =
        [.. typeof(TEvent).GetNestedTypes().Where(type => type.IsSealed && type.IsSubclassOf(typeof(TEvent)))];

    internal List<Row> Rows { get; } = [];

    /// <summary>The cells without a row; a total table has none.</summary>
    public IEnumerable<string> Missing() =>
        from type in Events
        from phase in Enum.GetValues<TPhase>()
        where !_entries.ContainsKey((phase, type))
        select $"{Name}: no row for {type.Name} in {phase}";

    /// <summary>The state after the event, and what is owed to others. Pure.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="event">What happened.</param>
    public Transition<TState, TEffect> Apply(TState state, TEvent @event)
    {
        var phase = _phaseOf(state, @event);
        if (!_entries.TryGetValue((phase, @event.GetType()), out var entry))
        {
            throw new InvalidOperationException($"{Name}: no row for {@event.GetType().Name} in {phase}.");
        }

        foreach (var check in entry.Row.Checks)
        {
            if (!check.Holds(state, @event))
            {
                return Unmoved(state, @event, check.Because, check.Reason, entry);
            }
        }

        return entry.Row.Step is null
            ? Unmoved(state, @event, entry.Row.Because!, entry.Row.Reason, entry)
            : Moved(state, @event, phase, entry);
    }

    /// <summary>The phase that the event finds.</summary>
    /// <param name="state">The state.</param>
    /// <param name="event">The event.</param>
    public TPhase PhaseOf(TState state, TEvent @event) => _phaseOf(state, @event);

    /// <summary>Whether the event is a step in one phase that may lead to the other.</summary>
    /// <param name="from">The phase it finds.</param>
    /// <param name="event">The event type.</param>
    /// <param name="to">The phase after it.</param>
    public bool Leads(TPhase from, Type @event, TPhase to) =>
        _entries[(from, @event)].Row is { Kind: RowKind.Step } row && row.MayReach(from, to);

    /// <summary>The kind of the cell, for coverage reports.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="event">The event type.</param>
    public RowKind KindOf(TPhase phase, Type @event) => _entries[(phase, @event)].Row.Kind;

    private static Transition<TState, TEffect> Unmoved(
        TState state, TEvent @event, string because, RefusalReason? reason, Entry entry) =>
        new(
            reason is null ? RowKind.Ignored : RowKind.Refused,
            state,
            entry.Row.Owes?.Invoke(state, @event) ?? [],
            entry.Unmoved,
            because,
            reason is { } why ? new Refusal(why, Sentence(because)) : null);

    private static string Sentence(string because) => char.ToUpperInvariant(because[0]) + because[1..] + ".";

    private Transition<TState, TEffect> Moved(TState state, TEvent @event, TPhase phase, Entry entry)
    {
        var stepped = entry.Row.Step!(state, @event);
        var reached = _phaseOf(stepped.State, @event);
        if (!entry.Row.MayReach(phase, reached))
        {
            throw new InvalidOperationException(
                $"{Name}: {entry.Row.Event.Name} led to {reached}, which its row does not name.");
        }

        return new Transition<TState, TEffect>(RowKind.Step, stepped.State, stepped.Effects, entry.Moved);
    }

    /// <summary>A row in one phase; what it answers with is made once, so that telling it costs nothing.</summary>
    private sealed class Entry(Row row, TPhase phase)
    {
        public Row Row => row;

        public ImmutableArray<Cell> Moved { get; } = [new Cell(phase, row.Event.Name, Moved: true)];

        public ImmutableArray<Cell> Unmoved { get; } = [new Cell(phase, row.Event.Name, Moved: false)];
    }

    /// <summary>
    /// One row: the same answer in one or more phases. A step that names no target stays in its phase.
    /// </summary>
    internal sealed record Row(
        Type Event,
        ImmutableArray<TPhase> From,
        ImmutableArray<TPhase> To,
        string Label,
        Func<TState, TEvent, Draft<TState, TEffect>>? Step,
        ImmutableArray<Check<TState, TEvent>> Checks,
        string? Because,
        RefusalReason? Reason,
        Func<TState, TEvent, ImmutableArray<TEffect>>? Owes)
    {
        internal RowKind Kind =>
            Step is not null ? RowKind.Step : Reason is null ? RowKind.Ignored : RowKind.Refused;

        internal bool MayReach(TPhase from, TPhase reached) =>
            To.IsEmpty ? reached.Equals(from) : To.Contains(reached);
    }
}
