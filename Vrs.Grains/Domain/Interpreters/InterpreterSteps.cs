using static Vrs.Grains.Domain.Interpreters.InterpreterEvent;
using static Vrs.Grains.Interfaces.Interpreters.InterpreterStatus;

namespace Vrs.Grains.Domain.Interpreters;

/// <summary>The steps that the rows of <see cref="InterpreterMachine"/> name.</summary>
internal static class InterpreterSteps
{
    public static InterpreterDraft ComeToWork(InterpreterState before, SignIn e) =>
        Begin(before, e)
            .Set(state => state with
            {
                Interpreter = e.Interpreter,
                Profile = e.Profile,
                Limits = e.Limits,
                Seat = e.Console,
                MissedOffers = 0,
            })
            .Enter(Break);

    /// <summary>Her next call comes to the new console; one that she serves goes on where it is.</summary>
    public static InterpreterDraft SitElsewhere(InterpreterState before, SignIn e) => Sit(before, e);

    public static InterpreterDraft MoveFree(InterpreterState before, SignIn e)
    {
        var moved = Sit(before, e);
        return moved.State.IsReady ? moved : moved.NoLongerFree().EnterLost(Available);
    }

    /// <summary>The call was to come to the console she left: it is turned down, and need not wait for her.</summary>
    public static InterpreterDraft MoveAsked(InterpreterState before, SignIn e) =>
        Sit(before, e).TurnDown().FreeOrRest();

    public static InterpreterDraft MoveLost(InterpreterState before, SignIn e) => Sit(before, e).Return();

    public static InterpreterDraft GoHome(InterpreterState before, SignOut e) =>
        Begin(before, e).NoLongerFree().TurnDown().LeaveWork();

    public static InterpreterDraft BecomeFree(InterpreterState before, GoAvailable e) =>
        Begin(before, e).Set(state => state with { MissedOffers = 0 }).BecomeFree();

    public static InterpreterDraft Rest(InterpreterState before, TakeBreak e) =>
        Begin(before, e)
            .NoLongerFree()
            .TurnDown()
            .Enter(Break)
            .Set(state => state with { BreakKind = e.Kind, BreakReason = e.Note.Length > 0 ? e.Note : null });

    /// <summary>A new deadline, later by one extension and never beyond the longest wrap-up.</summary>
    public static InterpreterDraft Extend(InterpreterState before, ExtendWrapUp e)
    {
        var later = before.Deadline + before.Limits.WrapUpExtension;
        return Begin(before, e).Set(state => state with
        {
            Deadline = later < state.LatestWrapUp ? later : state.LatestWrapUp,
            LastDeadline = state.LastDeadline + 1,
        });
    }

    public static InterpreterDraft BeHeld(InterpreterState before, Reserve e) =>
        Begin(before, e)
            .NoLongerFree(except: e.Pool)
            .Enter(Reserved, before.Limits.Hold)
            .Set(state => state with { Held = new HeldOffer(e.Call, e.Offer, e.Pool, state.Console) });

    public static InterpreterDraft SeeOffer(InterpreterState before, Present e) =>
        Begin(before, e).Do(new InterpreterEffect.ShowOffer(e.Offer with { AsOf = before.Version }));

    public static InterpreterDraft TakeCall(InterpreterState before, Accept e) =>
        Begin(before, e)
            .Enter(OnCall)
            .Set(state => state with { MissedOffers = 0 })
            .Do(new InterpreterEffect.TellAccepted(e.Call, e.Offer));

    public static InterpreterDraft SayNo(InterpreterState before, Decline e) =>
        Begin(before, e).TurnDown().Set(state => state with { MissedOffers = 0 }).BecomeFree();

    public static InterpreterDraft LetGo(InterpreterState before, Release e)
    {
        var draft = Dismiss(before, e);
        return e.Reason is ReleaseReason.Served ? draft.WrapUp() : draft.FreeOrRest();
    }

    /// <summary>The call did not wait for her: there is nothing to come back to but her work.</summary>
    public static InterpreterDraft LetGoAway(InterpreterState before, Release e)
    {
        var returnsTo = e.Reason is ReleaseReason.Served ? InterpreterStatus.WrapUp : Available;
        return Dismiss(before, e).Set(state => state with { Held = null, ReturnsTo = returnsTo }).Return();
    }

    public static InterpreterDraft NoteConsoles(InterpreterState before, ConsolesChanged e) => Watch(before, e);

    /// <summary>An offer she holds is turned down at once: the caller need not wait for her.</summary>
    public static InterpreterDraft KeepConsole(InterpreterState before, ConsolesChanged e)
    {
        var draft = Watch(before, e);
        return draft.State.IsReady || !before.IsReady
            ? draft
            : draft.NoLongerFree().TurnDown().EnterLost(before.Status is Break ? Break : Available);
    }

    /// <summary>Her call waits for her to come back, for as long as the call's own grace.</summary>
    public static InterpreterDraft KeepServing(InterpreterState before, ConsolesChanged e)
    {
        var draft = Watch(before, e);
        return draft.State.IsAway ? draft.EnterLost(OnCall) : draft;
    }

    public static InterpreterDraft ComeBack(InterpreterState before, ConsolesChanged e) => Watch(before, e).Return();

    public static InterpreterDraft EndWrapUp(InterpreterState before, Elapsed e) => Begin(before, e).FreeOrRest();

    /// <summary>Whoever serves a call stays until the call lets her go, which it soon does.</summary>
    public static InterpreterDraft EndGrace(InterpreterState before, Elapsed e) =>
        before.Held is null ? Begin(before, e).LeaveWork() : Begin(before, e).EnterLost(OnCall);

    /// <summary>Nobody let her go in time: the call is told that she does not come, and she is free.</summary>
    public static InterpreterDraft EndHold(InterpreterState before, Elapsed e) =>
        Begin(before, e).TurnDown().FreeOrRest();

    public static InterpreterDraft WarnOfBreak(InterpreterState before, BreakDue e) =>
        Begin(before, e).Set(state => state with { BreakIsDue = true });

    private static InterpreterDraft Begin(InterpreterState before, InterpreterEvent e) =>
        new(before with { Version = before.Version + 1 }, e.At, []);

    private static InterpreterDraft Sit(InterpreterState before, SignIn e) =>
        Begin(before, e).Set(state => state with { Seat = e.Console });

    private static InterpreterDraft Watch(InterpreterState before, ConsolesChanged e) =>
        Begin(before, e).Set(state => state with { Live = e.Live });

    /// <summary>
    /// Her offer is gone. One she let pass counts as missed; so does a console that can't be connected.
    /// </summary>
    private static InterpreterDraft Dismiss(InterpreterState before, Release e)
    {
        var missed = e.Reason is ReleaseReason.Missed or ReleaseReason.SetupFailed ? before.MissedOffers + 1 : 0;
        return Begin(before, e)
            .Set(state => state with { MissedOffers = missed })
            .Do(new InterpreterEffect.HideOffer(e.Call, e.Offer, e.Reason));
    }

    private static InterpreterDraft LeaveWork(this InterpreterDraft draft) =>
        draft.Enter(SignedOut).Set(state => state with { Seat = null });

    private static InterpreterDraft WrapUp(this InterpreterDraft draft) =>
        draft.Enter(InterpreterStatus.WrapUp, draft.State.Limits.WrapUp);

    private static InterpreterDraft FreeOrRest(this InterpreterDraft draft)
    {
        if (draft.State.MissedOffers >= draft.State.Limits.MaxMissedOffers)
        {
            return draft.Enter(Break).Set(state => state with { BreakKind = BreakKind.MissedOffers });
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

    private static InterpreterDraft EnterLost(this InterpreterDraft draft, InterpreterStatus returnsTo)
    {
        var held = returnsTo is OnCall ? draft.State.Held : null;
        return draft
            .Enter(Lost, draft.State.Limits.Grace, keepReason: true)
            .Set(state => state with { ReturnsTo = returnsTo, Held = held });
    }

    /// <summary>From being lost to what she did before, if the console it needs is connected.</summary>
    private static InterpreterDraft Return(this InterpreterDraft draft) => draft.State switch
    {
        { Held: not null, IsAway: true } => draft,
        { Held: not null } => draft.Enter(OnCall),
        { IsReady: false } => draft,
        { ReturnsTo: Available } => draft.FreeOrRest(),
        { ReturnsTo: InterpreterStatus.WrapUp } => draft.WrapUp(),
        _ => draft.Enter(Break, keepReason: true),
    };
}
