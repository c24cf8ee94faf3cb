using System.Runtime.CompilerServices;

namespace Vrs.Grains.Domain.Machines;

/// <summary>Collects the rows of a table, event by event, so that it reads from top to bottom.</summary>
/// <typeparam name="TPhase">The phases.</typeparam>
/// <typeparam name="TState">The state.</typeparam>
/// <typeparam name="TEvent">The closed hierarchy of events.</typeparam>
/// <typeparam name="TEffect">The closed hierarchy of effects.</typeparam>
public sealed class TableBuilder<TPhase, TState, TEvent, TEffect>
    where TPhase : struct, Enum
    where TEvent : class
{
    private readonly string _name;
    private readonly Func<TState, TEvent, TPhase> _phaseOf;
    private readonly List<Table<TPhase, TState, TEvent, TEffect>.Row> _rows = [];

    /// <summary>Starts a table.</summary>
    /// <param name="name">The machine's name.</param>
    /// <param name="phaseOf">Which phase the event finds.</param>
    public TableBuilder(string name, Func<TState, TEvent, TPhase> phaseOf) => (_name, _phaseOf) = (name, phaseOf);

    /// <summary>The rows of one event.</summary>
    /// <typeparam name="TOne">The event.</typeparam>
    public EventRows<TOne> On<TOne>()
        where TOne : TEvent => new(this);

    /// <summary>The table.</summary>
    public Table<TPhase, TState, TEvent, TEffect> Build() => new(_name, _phaseOf, _rows);

    /// <summary>The rows of one event.</summary>
    /// <typeparam name="TOne">The event.</typeparam>
    /// <param name="table">The table they belong to.</param>
    public sealed class EventRows<TOne>(TableBuilder<TPhase, TState, TEvent, TEffect> table)
        where TOne : TEvent
    {
        /// <summary>In these phases the event is a step.</summary>
        /// <param name="from">The phases.</param>
        /// <param name="to">The phases it may lead to.</param>
        /// <param name="step">The step.</param>
        /// <param name="checks">Conditions, in order; the first that fails answers instead.</param>
        /// <param name="owes">What is handed back when a check fails.</param>
        /// <param name="label">The step's name in documents; filled in by the compiler.</param>
        public EventRows<TOne> Step(
            ImmutableArray<TPhase> from,
            ImmutableArray<TPhase> to,
            Func<TState, TOne, Draft<TState, TEffect>> step,
            ImmutableArray<Check<TState, TOne>> checks = default,
            Func<TState, TOne, ImmutableArray<TEffect>>? owes = null,
            [CallerArgumentExpression(nameof(step))] string label = "")
        {
            ImmutableArray<Check<TState, TEvent>> widened = checks.IsDefault
                ? []
                : [.. checks.Select(check => new Check<TState, TEvent>(
                    (state, @event) => check.Holds(state, (TOne)@event), check.Because, check.Reason))];
            var name = label[(label.LastIndexOf('.') + 1)..];
            return Add(from, to, name, (state, @event) => step(state, (TOne)@event), widened, null, null, owes);
        }

        /// <summary>In these phases the event is a step that stays in the phase it finds.</summary>
        /// <param name="phases">The phases.</param>
        /// <param name="step">The step.</param>
        /// <param name="checks">Conditions, in order; the first that fails answers instead.</param>
        /// <param name="owes">What is handed back when a check fails.</param>
        /// <param name="label">The step's name in documents; filled in by the compiler.</param>
        public EventRows<TOne> Stay(
            ImmutableArray<TPhase> phases,
            Func<TState, TOne, Draft<TState, TEffect>> step,
            ImmutableArray<Check<TState, TOne>> checks = default,
            Func<TState, TOne, ImmutableArray<TEffect>>? owes = null,
            [CallerArgumentExpression(nameof(step))] string label = "") =>
            Step(phases, [], step, checks, owes, label);

        /// <summary>In these phases the event changes nothing.</summary>
        /// <param name="from">The phases.</param>
        /// <param name="because">Why; a clause without a full stop.</param>
        /// <param name="owes">What is handed back.</param>
        public EventRows<TOne> Ignored(
            ImmutableArray<TPhase> from,
            string because,
            Func<TState, TOne, ImmutableArray<TEffect>>? owes = null) =>
            Add(from, [], "", null, [], because, null, owes);

        /// <summary>In these phases the event is said no to.</summary>
        /// <param name="from">The phases.</param>
        /// <param name="reason">The reason given.</param>
        /// <param name="because">Why; a clause without a full stop.</param>
        /// <param name="owes">What is handed back.</param>
        public EventRows<TOne> Refused(
            ImmutableArray<TPhase> from,
            RefusalReason reason,
            string because,
            Func<TState, TOne, ImmutableArray<TEffect>>? owes = null) =>
            Add(from, [], "", null, [], because, reason, owes);

        /// <summary>The rows of the next event.</summary>
        /// <typeparam name="TNext">The event.</typeparam>
        public EventRows<TNext> On<TNext>()
            where TNext : TEvent => table.On<TNext>();

        /// <summary>The table.</summary>
        public Table<TPhase, TState, TEvent, TEffect> Build() => table.Build();

        private EventRows<TOne> Add(
            ImmutableArray<TPhase> from,
            ImmutableArray<TPhase> to,
            string label,
            Func<TState, TEvent, Draft<TState, TEffect>>? step,
            ImmutableArray<Check<TState, TEvent>> checks,
            string? because,
            RefusalReason? reason,
            Func<TState, TOne, ImmutableArray<TEffect>>? owes)
        {
            table._rows.Add(new Table<TPhase, TState, TEvent, TEffect>.Row(
                typeof(TOne), from, to, label, step, checks, because, reason,
                owes is null ? null : (state, @event) => owes(state, (TOne)@event)));
            return this;
        }
    }
}
