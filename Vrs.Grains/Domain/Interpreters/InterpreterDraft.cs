using Vrs.Grains.Domain.Machines;
using static Vrs.Grains.Interfaces.Interpreters.InterpreterStatus;

namespace Vrs.Grains.Domain.Interpreters;

/// <summary>A step in the making: a state and what is owed so far.</summary>
/// <param name="State">The state so far.</param>
/// <param name="At">When the event happened.</param>
/// <param name="Effects">What is owed so far, in order.</param>
internal sealed record InterpreterDraft(
    InterpreterState State, DateTimeOffset At, ImmutableArray<InterpreterEffect> Effects)
    : Draft<InterpreterState, InterpreterEffect>(State, At, Effects)
{
    public InterpreterDraft Do(InterpreterEffect effect) => this with { Effects = Effects.Add(effect) };

    public InterpreterDraft Set(Func<InterpreterState, InterpreterState> change) => this with { State = change(State) };

    /// <summary>Enters a status; only a status that serves an offer keeps it.</summary>
    public InterpreterDraft Enter(InterpreterStatus status, TimeSpan? deadline = null, bool keepReason = false) =>
        Set(state => state with
        {
            Status = status,
            Since = At,
            Deadline = At + deadline,
            LastDeadline = deadline is null ? state.LastDeadline : state.LastDeadline + 1,
            Held = status is Reserved or OnCall ? state.Held : null,
            BreakReason = keepReason ? state.BreakReason : null,
        });
}
