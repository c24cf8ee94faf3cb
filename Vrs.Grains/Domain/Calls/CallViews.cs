namespace Vrs.Grains.Domain.Calls;

/// <summary>What pages may see of a call, computed from its state.</summary>
public static class CallViews
{
    /// <summary>The view; null before the call began.</summary>
    /// <param name="state">The call.</param>
    public static CallView? Of(CallState state) => state.Caller is not { } caller ? null : new CallView(
        state.Call,
        state.Session,
        state.Version,
        state.Phase,
        state.Direction,
        caller.DisplayName,
        caller.Number,
        state.DialedNumber,
        state.Accepted ? state.Interpreter?.DisplayName : null,
        state.Accepted ? state.Interpreter?.CaId : null,
        state.Pool,
        state.Priority,
        state.Phase is CallPhase.Queued ? state.Position : null,
        state.CallerAway,
        state.CalleeStatus,
        [.. state.Legs.Select(Of)],
        state.StartedAt,
        state.PhaseSince,
        state.Deadlines.Where(armed => !armed.IsColleagues).Select(armed => (DateTimeOffset?)armed.Due).Min(),
        state.EndReason,
        Of(state.Colleague),
        state.ColleagueOutcome,
        state.Accepted && state.Limits.MinimumStay > TimeSpan.Zero ? state.ReachedAt + state.Limits.MinimumStay : null,
        state.Callback?.Until,
        Wishes.Of(state));

    /// <summary>The view as one of its audience may see it: a preference is between the Deaf person and the service.
    /// </summary>
    /// <param name="view">The view.</param>
    /// <param name="state">The call.</param>
    /// <param name="user">Who sees it.</param>
    public static CallView For(CallView view, CallState state, UserId user) =>
        view.Wish is null || user == DeafParty(state) ? view : view with { Wish = null };

    private static UserId? DeafParty(CallState state) =>
        state.Direction is CallDirection.DeafToHearing ? state.Caller?.User : state.Facts.Callee;

    private static ColleagueView? Of(Colleague? colleague)
    {
        var known = colleague is { Stage: >= ColleagueStage.Joining } ? colleague.Interpreter : null;
        return colleague is null ? null : new ColleagueView(
            colleague.Purpose,
            colleague.Stage,
            known?.Interpreter,
            known?.DisplayName,
            known?.CaId,
            colleague.Since,
            colleague.Early);
    }

    /// <summary>Whose pages show it: the caller, the interpreter who serves, the party who is called.</summary>
    /// <param name="state">The call.</param>
    public static ImmutableArray<UserId> AudienceOf(CallState state)
    {
        var users = state.Legs.Select(leg => leg.User);
        if (state.Caller is { } caller)
        {
            users = users.Prepend(caller.User);
        }

        if (state is { Accepted: true, Interpreter: { } interpreter })
        {
            users = users.Append(new UserId(interpreter.Interpreter.Value));
        }

        if (state.Colleague is { Stage: >= ColleagueStage.Joining, Interpreter: { } colleague })
        {
            users = users.Append(new UserId(colleague.Interpreter.Value));
        }

        return [.. users.Distinct()];
    }

    private static LegView Of(Leg leg) => new(
        leg.Number,
        leg.Role,
        leg.State,
        leg.Name,
        leg.Colleague,
        leg.Hold is { } hold ? new HoldView(hold.Since, hold.IsLong) : null);
}
