using static Vrs.Grains.Domain.Interpreters.InterpreterEvent;
using static Vrs.Grains.Interfaces.Interpreters.InterpreterStatus;

namespace Vrs.Grains.Domain.Interpreters;

/// <summary>The steps that the rows of <see cref="InterpreterMachine"/> name.</summary>
internal static class InterpreterSteps
{
    internal const string TooManyMissed = "missed offers";

    public static InterpreterDraft ComeToWork(InterpreterState before, SignIn e) =>
        Begin(before, e)
            .Set(state => state with
            {
                Interpreter = e.Interpreter,
                Profile = e.Profile,
                Limits = e.Limits,
                MissedOffers = 0,
                BreakReason = null,
            })
            .Enter(Break);

    public static InterpreterDraft GoHome(InterpreterState before, SignOut e) =>
        Begin(before, e).NoLongerFree().TurnDown().Enter(SignedOut);

    public static InterpreterDraft BecomeFree(InterpreterState before, GoAvailable e) =>
        Begin(before, e).Set(state => state with { MissedOffers = 0 }).BecomeFree();

    public static InterpreterDraft Rest(InterpreterState before, TakeBreak e) =>
        Begin(before, e).NoLongerFree().TurnDown().Enter(Break).Set(state => state with { BreakReason = e.Reason });

    public static InterpreterDraft BeHeld(InterpreterState before, Reserve e) =>
        Begin(before, e)
            .NoLongerFree(except: e.Pool)
            .Enter(Reserved, before.Limits.Hold)
            .Set(state => state with { Held = new HeldOffer(e.Call, e.Offer, e.Pool) });

    public static InterpreterDraft SeeOffer(InterpreterState before, Present e) =>
        Begin(before, e).Do(new InterpreterEffect.ShowOffer(e.Offer));

    public static InterpreterDraft TakeCall(InterpreterState before, Accept e) =>
        Begin(before, e)
            .Enter(OnCall)
            .Set(state => state with { MissedOffers = 0 })
            .Do(new InterpreterEffect.TellAccepted(e.Call, e.Offer));

    public static InterpreterDraft SayNo(InterpreterState before, Decline e) =>
        Begin(before, e).TurnDown().Set(state => state with { MissedOffers = 0 }).BecomeFree();

    /// <summary>
    /// Her offer is gone. One she let pass counts as missed; so does a console that can't be connected.
    /// </summary>
    public static InterpreterDraft LetGo(InterpreterState before, Release e)
    {
        var missed = e.Reason is ReleaseReason.Missed or ReleaseReason.SetupFailed ? before.MissedOffers + 1 : 0;
        var draft = Begin(before, e)
            .Set(state => state with { MissedOffers = missed })
            .Do(new InterpreterEffect.HideOffer(e.Call, e.Offer, e.Reason));
        return e.Reason is ReleaseReason.Served ? draft.WrapUp() : draft.FreeOrRest();
    }

    public static InterpreterDraft ConnectConsole(InterpreterState before, ConsoleUp e) =>
        Begin(before, e).Set(state => state with { Console = e.Device });

    public static InterpreterDraft ComeBack(InterpreterState before, ConsoleUp e)
    {
        var draft = Begin(before, e).Set(state => state with { Console = e.Device });
        return before.ReturnsTo is Available ? draft.BecomeFree() : draft.Enter(Break, keepReason: true);
    }

    public static InterpreterDraft DisconnectConsole(InterpreterState before, ConsoleDown e) =>
        Begin(before, e).Set(state => state with { Console = null });

    /// <summary>An offer she holds is turned down at once: the caller need not wait for her.</summary>
    public static InterpreterDraft BeLost(InterpreterState before, ConsoleDown e) =>
        Begin(before, e)
            .NoLongerFree()
            .TurnDown()
            .Set(state => state with { Console = null })
            .EnterLost(before.Status is Break ? Break : Available);

    public static InterpreterDraft EndWrapUp(InterpreterState before, Elapsed e) => Begin(before, e).FreeOrRest();

    public static InterpreterDraft EndGrace(InterpreterState before, Elapsed e) => Begin(before, e).Enter(SignedOut);

    /// <summary>Nobody let her go in time: the call is told that she does not come, and she is free.</summary>
    public static InterpreterDraft EndHold(InterpreterState before, Elapsed e) =>
        Begin(before, e).TurnDown().FreeOrRest();

    private static InterpreterDraft Begin(InterpreterState before, InterpreterEvent e) =>
        new(before with { Version = before.Version + 1 }, e.At, []);

    private static InterpreterDraft WrapUp(this InterpreterDraft draft) =>
        draft.Enter(InterpreterStatus.WrapUp, draft.State.Limits.WrapUp);

    private static InterpreterDraft FreeOrRest(this InterpreterDraft draft)
    {
        if (draft.State.MissedOffers >= draft.State.Limits.MaxMissedOffers)
        {
            return draft.Enter(Break).Set(state => state with { BreakReason = TooManyMissed });
        }

        return draft.State.IsReady ? draft.BecomeFree() : draft.EnterLost(Available);
    }

    private static InterpreterDraft BecomeFree(this InterpreterDraft draft)
    {
        var free = draft.Enter(Available).Set(state => state with { Stint = state.Stint + 1 });
        var profile = free.State.Profile!;
        return profile.Pools.Aggregate(
            free,
            (d, pool) => d.Do(new InterpreterEffect.TellFree(pool, d.State.Stint, profile.Skills)));
    }

    /// <summary>Tells the pools, if she was free. The pool that reserved her knows.</summary>
    private static InterpreterDraft NoLongerFree(this InterpreterDraft draft, PoolId? except = null) =>
        draft.State.Status is not Available
            ? draft
            : draft.State.Profile!.Pools.Where(pool => pool != except).Aggregate(
                draft,
                (d, pool) => d.Do(new InterpreterEffect.TellGone(pool, d.State.Stint)));

    /// <summary>Declines the offer she holds, if any.</summary>
    private static InterpreterDraft TurnDown(this InterpreterDraft draft) =>
        draft.State is { Status: Reserved, Held: { } held }
            ? draft
                .Do(new InterpreterEffect.TellDeclined(held.Call, held.Offer))
                .Do(new InterpreterEffect.HideOffer(held.Call, held.Offer, ReleaseReason.Withdrawn))
            : draft;

    private static InterpreterDraft EnterLost(this InterpreterDraft draft, InterpreterStatus returnsTo) =>
        draft
            .Enter(Lost, draft.State.Limits.Grace, keepReason: true)
            .Set(state => state with { ReturnsTo = returnsTo });
}
