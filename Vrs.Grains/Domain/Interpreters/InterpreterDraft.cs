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
        CountWork(status).Set(state => state with
        {
            Status = status,
            Since = At,
            Deadline = At + deadline,
            LastDeadline = deadline is null ? state.LastDeadline : state.LastDeadline + 1,
            Held = status is Reserved or OnCall ? state.Held : null,
            BreakKind = keepReason ? state.BreakKind : null,
            BreakReason = keepReason ? state.BreakReason : null,
        });

    /// <summary>A stretch of work begins with the first status that is work; only a rest ends it.</summary>
    private InterpreterDraft CountWork(InterpreterStatus next) => next switch
    {
        SignedOut or Break => Set(state => state with { WorksSince = null, BreakIsDue = false }),
        Lost => this,
        _ when State.WorksSince is null => Set(state => state with { WorksSince = At, Stretch = state.Stretch + 1 }),
        _ => this,
    };
}
