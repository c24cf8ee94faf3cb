using static Vrs.Grains.Domain.Calls.CallDraft;
using static Vrs.Grains.Domain.Calls.CallEvent;

namespace Vrs.Grains.Domain.Calls;

/// <summary>The steps before anybody is connected; the rows of <see cref="CallMachine"/> name them.</summary>
internal static partial class CallSteps
{
    /// <summary>How many interpreter legs may fail before the call itself is given up.</summary>
    internal const int MaxFailedSetups = 3;

    public static CallDraft Admit(CallState before, CallerInvited e) =>
        Begin(before, e)
            .Set(state => state with
            {
                Call = e.Call,
                Session = e.Session,
                Direction = e.Direction,
                Caller = e.Caller,
                DialedNumber = e.DialedNumber,
                Pool = e.Pool,
                Priority = e.Priority,
                RequiredSkills = e.RequiredSkills,
                Preference = e.Preference,
                Url = e.Url,
                Limits = LimitsFor(e),
                StartedAt = e.At,
            })
            .Enter(CallPhase.Received, DeadlineKind.Admission)
            .OpenCallerLeg(e.Caller, e.Dialog)
            .Do(new CallEffect.JoinQueue(e.Priority));

    public static CallDraft StandInLine(CallState before, QueueJoined e) =>
        Begin(before, e).Enqueue().TellCaller(182, before.Position);

    public static CallDraft TurnAway(CallState before, QueueRefused e) =>
        Begin(before, e).Finish(
            e.Refusal.Reason is RefusalReason.Closed ? EndReason.ServiceClosed : EndReason.NoInterpreter,
            480,
            e.Refusal.Detail,
            ReleaseReason.Withdrawn,
            e.Refusal.RetryAfter);

    /// <summary>Another pool's line is joined with the age the call has; who is away there stays away.</summary>
    public static CallDraft JoinOther(CallState before, Overflowed e) =>
        Begin(before, e)
            .MoveTo(e.To)
            .Set(state => state with { Position = null })
            .LeaveBehind(e)
            .Do(new CallEffect.JoinQueue(ClassOf(before), e.Since, Moved: true))
            .If(before.CallerAway, draft => draft.Do(new CallEffect.HoldPlace(true)));

    /// <summary>
    /// The line that sent the call on has no place for it any more; but what it was asked before it was heard may have
    /// made another, which nobody would ever leave.
    /// </summary>
    private static CallDraft LeaveBehind(this CallDraft draft, Overflowed e) =>
        draft.Do(new CallEffect.LeaveQueue(Pool: e.From));

    public static CallDraft FailAdmission(CallState before, AdmissionElapsed e) =>
        Begin(before, e).Finish(EndReason.SetupFailed, 500, "The queue did not answer.", ReleaseReason.Withdrawn);

    /// <summary>The line's first place came before the news that it took the call: it is told with that.</summary>
    public static CallDraft NotePosition(CallState before, PositionChanged e) =>
        Begin(before, e).Set(state => state with { Position = e.Position });

    public static CallDraft TellPosition(CallState before, PositionChanged e) =>
        Begin(before, e).Set(state => state with { Position = e.Position }).TellCaller(182, e.Position);

    public static CallDraft MakeOffer(CallState before, InterpreterReserved e) =>
        Begin(before, e).Offer(e.Reservation).Enter(CallPhase.Offered, DeadlineKind.Offer);

    /// <summary>A reservation that crossed with the caller's loss of connection is handed back.</summary>
    public static CallDraft HandBackWhileAway(CallState before, InterpreterReserved e) =>
        Begin(before, e)
            .NoteTold(e.Reservation)
            .Do(new CallEffect.ReleaseInterpreter(
                e.Reservation.Interpreter, e.Reservation.Offer, ReleaseReason.Withdrawn))
            .Do(new CallEffect.ReturnPlace(e.Reservation.Interpreter, e.Reservation.Offer))
            .Do(new CallEffect.HoldPlace(true));

    public static CallDraft Reserve(CallState before, InterpreterReserved e) =>
        before.CallerAway ? HandBackWhileAway(before, e) : MakeOffer(before, e);

    public static CallDraft Connect(CallState before, OfferAccepted e)
    {
        // A caller who is called back has no leg yet: the interpreter's device is asked for an offer.
        var offerFrom = before.FindLeg(LegRole.Caller)?.Number ?? 0;
        return Begin(before, e)
            .Enter(CallPhase.Connecting, DeadlineKind.Setup)
            .Set(state => state with { Accepted = true })
            .InviteInterpreter(before.Interpreter!, offerFrom);
    }

    /// <summary>She said no by herself, so she needs no release.</summary>
    public static CallDraft RequeueDeclined(CallState before, OfferDeclined e) =>
        Begin(before, e).ReturnPlace().ForgetInterpreter().Enqueue();

    public static CallDraft RequeueMissed(CallState before, OfferElapsed e) =>
        Begin(before, e).ReturnPlace().Release(ReleaseReason.Missed).Enqueue();

    public static CallDraft RequeueRejected(CallState before, InterpreterRejected e) =>
        Begin(before, e).ForgetLeg(e.Leg).RequeueAfterFailure(e.Status);

    public static CallDraft RequeueBroken(CallState before, InterpreterLost e) =>
        Begin(before, e).RequeueAfterFailure(480);

    public static CallDraft RequeueUnwilling(CallState before, InterpreterHungUp e) =>
        Begin(before, e).ForgetLeg(e.Leg).RequeueAfterFailure(480);

    public static CallDraft RequeueLate(CallState before, SetupElapsed e) =>
        Begin(before, e).RequeueAfterFailure(480);

    public static CallDraft Abandon(CallState before, CallerHungUp e) =>
        before.WasServed
            ? HangUpCaller(before, e)
            : Begin(before, e)
                .ForgetLeg(e.Leg)
                .Finish(EndReason.Abandoned, 487, "The caller gave up.", ReleaseReason.Withdrawn);

    public static CallDraft HoldPlace(CallState before, CallerAway e) =>
        Begin(before, e).ForgetLeg(e.Leg).LoseWaitingCaller();

    /// <summary>Her INVITE is gone, so nothing can be connected: whoever was asked or on her way is let go.</summary>
    private static CallDraft LoseWaitingCaller(this CallDraft draft) =>
        draft
            .EndInterpreterLegs(480, "The caller's connection was lost.")
            .StandAgain()
            .Release(ReleaseReason.Withdrawn)
            .Do(new CallEffect.HoldPlace(true))
            .Set(state => state with { CallerAway = true })
            .If(
                draft.State.Phase is not CallPhase.Received,
                waiting => waiting.Enter(CallPhase.Queued, DeadlineKind.Wait))
            .Arm(DeadlineKind.Hold);

    /// <summary>Set-ups that failed while her connection came and went are not held against her.</summary>
    public static CallDraft TakeBack(CallState before, CallerReturned e)
    {
        var draft = Begin(before, e);
        if (before.FindLeg(LegRole.Caller) is { } old)
        {
            // Her page was faster than the news of her lost connection, or she is at another device and her old one
            // waits on.
            draft = draft.EndLeg(old, 487, ConnectedAgain).LoseWaitingCaller();
        }

        return draft
            .OpenCallerLeg(e.Caller, e.Dialog)
            .Set(state => state with { CallerAway = false, FailedSetups = 0 })
            .Do(new CallEffect.HoldPlace(false))
            .Disarm(DeadlineKind.Hold)
            .TellCaller(182, before.Position);
    }

    public static CallDraft GiveUpHolding(CallState before, HoldElapsed e) =>
        before.Callback is not null
            ? TryCallbackAgain(before, e)
            : Begin(before, e).Finish(
                EndReason.CallerLost, 480, "The caller did not come back.", ReleaseReason.Withdrawn);

    /// <summary>An emergency call never gives up: each time the bound falls it takes its place again.</summary>
    public static CallDraft GiveUpWaiting(CallState before, WaitElapsed e) =>
        before.Priority is PriorityClass.Emergency
            ? Begin(before, e).Do(new CallEffect.JoinQueue(before.Priority)).Arm(DeadlineKind.Wait)
            : Begin(before, e).Finish(
                EndReason.NoInterpreter, 480, "No interpreter became free.", ReleaseReason.Withdrawn);

    public static CallDraft EndByOperator(CallState before, OperatorEnded e) =>
        Begin(before, e).Finish(
            EndReason.OperatorEnded,
            480,
            "An operator ended the call.",
            before.Facts.AnsweredAt is null ? ReleaseReason.Withdrawn : ReleaseReason.Served);

    public static CallDraft NoteAlerting(CallState before, LegAlerting e) =>
        Begin(before, e).ChangeLeg(e.Leg, leg => leg with { State = LegState.Ringing });

    /// <summary>
    /// Hands back a reservation that is of no use: another number than the one held is harmless to release. One from
    /// another line shows that a late message made a place there, which is given up.
    /// </summary>
    public static ImmutableArray<CallEffect> HandBack(CallState state, InterpreterReserved e) =>
        IsOffer(state.Interpreter, e.Reservation) || IsOffer(state.Colleague?.Interpreter, e.Reservation)
            ? []
            :
            [
                new CallEffect.ReleaseInterpreter(
                    e.Reservation.Interpreter, e.Reservation.Offer, ReleaseReason.Withdrawn),
                .. e.Reservation.Pool == state.Line
                    ? ImmutableArray<CallEffect>.Empty
                    : [new CallEffect.LeaveQueue(Pool: e.Reservation.Pool)],
            ];

    /// <summary>The same from a call that is not in line (any more): it has to leave the line too.</summary>
    public static ImmutableArray<CallEffect> HandBackAndLeave(CallState state, InterpreterReserved e) =>
        HandBack(state, e) is { IsEmpty: false } owed ? [.. owed, .. LeaveLine(state)] : [];

    /// <summary>A place that a late message made, after the call had left the line.</summary>
    public static ImmutableArray<CallEffect> LeaveLine(CallState state, PositionChanged e) => LeaveLine(state);

    private static ImmutableArray<CallEffect> LeaveLine(CallState state) =>
        IsInLine(state.Colleague) ? [] : [new CallEffect.LeaveQueue(Pool: state.Colleague?.Pool)];

    private static bool IsOffer(Reservation? held, Reservation other) =>
        held?.Offer == other.Offer && held.Pool == other.Pool;

    /// <summary>A caller who wants nobody but the one she prefers says for how long.</summary>
    private static CallDeadlines LimitsFor(CallerInvited e) =>
        e.Preference is { Fallback: PreferenceFallback.KeepWaiting } wish
            && wish.WaitFor > TimeSpan.Zero
            && wish.WaitFor < e.Limits.Wait
                ? e.Limits with { Wait = wish.WaitFor }
                : e.Limits;

    private static CallDraft OpenCallerLeg(this CallDraft draft, Party caller, DialogState dialog)
    {
        var opened = draft
            .Set(state => state with { Caller = caller })
            .AddLeg(LegRole.Caller, caller.User, caller.Device, caller.DisplayName, dialog, opened: false);
        return opened.Do(new CallEffect.Attach(opened.State.LastLeg, caller.User, caller.Device));
    }

    private static CallDraft InviteInterpreter(
        this CallDraft draft, Reservation held, int offerFrom, bool colleague = false)
    {
        var user = new UserId(held.Interpreter.Value);
        var added = draft.AddLeg(
            LegRole.InterpreterToCaller,
            user,
            held.Device,
            held.DisplayName,
            dialog: null,
            opened: true,
            colleague: colleague);
        var state = added.State;
        return added.Do(new CallEffect.Invite(
            state.LastLeg,
            user,
            held.Device,
            LegRole.InterpreterToCaller,
            state.Caller!.DisplayName,
            state.Caller.Number,
            offerFrom,
            TakesOver: null,
            state.Limits.Setup));
    }

    private static CallDraft Enqueue(this CallDraft draft)
    {
        var wait = draft.State.Callback is null ? DeadlineKind.Wait : DeadlineKind.Callback;
        var queued = draft.Enter(CallPhase.Queued, wait);
        return draft.State.CallerAway ? queued.Arm(DeadlineKind.Hold) : queued;
    }

    private static CallDraft RequeueAfterFailure(this CallDraft draft, int status)
    {
        var failures = draft.State.FailedSetups + 1;
        var counted = draft.Set(state => state with { FailedSetups = failures });
        return failures >= MaxFailedSetups
            ? counted.Finish(
                EndReason.SetupFailed, status, "The call could not be connected.", ReleaseReason.SetupFailed)
            : counted
                .EndInterpreterLegs(480, "The call could not be connected in time.")
                .If(draft.State.Callback is not null, back => back.EndLegs(LegRole.Caller, 487, "Nobody is there yet."))
                .StandAgain()
                .Release(ReleaseReason.SetupFailed)
                .Enqueue();
    }
}
