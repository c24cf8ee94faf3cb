using System.Globalization;

namespace Vrs.Grains.Domain.Calls;

/// <summary>What a call says of its Deaf party's preference: on her page, and in the record.</summary>
internal static class Wishes
{
    /// <summary>The preference and what has become of it; null when nothing was wished for.</summary>
    /// <param name="state">The call.</param>
    public static WishView? Of(CallState state) => state.Preference is not { } wish ? null : new WishView(
        wish.Gender,
        wish.Interpreter is null ? null : wish.Name ?? wish.Interpreter.Value.Value,
        wish.Fallback,
        NobodyElseUntil(state, wish),
        state.Accepted ? OutcomeOf(state.Interpreter!.AsPreferred is false) : OutcomeOf(state));

    /// <summary>
    /// What became of it over the whole call: met only when everybody who served was as wished. Whoever was cut off is
    /// served by anyone, and so is an emergency.
    /// </summary>
    /// <param name="state">The call; it has a preference.</param>
    public static WishOutcome OutcomeOf(CallState state) =>
        state.Facts.AnsweredAt is not null ? OutcomeOf(state.Facts.ServedOtherwise)
        : state.IsOver ? WishOutcome.NotMet
        : WishOutcome.Open;

    /// <summary>What was asked for, written as the INVITE's header has it, without what was agreed to.</summary>
    /// <param name="wish">The preference.</param>
    public static string Write(InterpreterPreference wish) => string.Join(';', new[]
    {
        wish.Gender is { } gender ? $"gender={gender}" : null,
        wish.Interpreter is { } named ? $"named={named}" : null,
        wish.WaitFor > TimeSpan.Zero
            ? string.Create(CultureInfo.InvariantCulture, $"wait={(long)wish.WaitFor.TotalSeconds}")
            : null,
    }.OfType<string>());

    private static WishOutcome OutcomeOf(bool otherwise) => otherwise ? WishOutcome.FellBack : WishOutcome.Met;

    private static DateTimeOffset? NobodyElseUntil(CallState state, InterpreterPreference wish) => state switch
    {
        { Priority: PriorityClass.Emergency } => null,
        { Callback.Until: var until } when wish.Fallback is PreferenceFallback.KeepWaiting => until,
        _ when wish.Fallback is PreferenceFallback.KeepWaiting => state.StartedAt + state.Limits.Wait,
        _ => wish.WaitFor > TimeSpan.Zero ? state.StartedAt + wish.WaitFor : null,
    };
}
