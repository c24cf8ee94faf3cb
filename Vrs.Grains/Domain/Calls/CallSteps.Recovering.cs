using static Vrs.Grains.Domain.Calls.CallDraft;
using static Vrs.Grains.Domain.Calls.CallEvent;

namespace Vrs.Grains.Domain.Calls;

/// <summary>
/// The steps of a recovery: the interpreter is lost mid-call, and another takes her place. The new interpreter's device
/// is asked for an offer (INVITE without one); the caller's device gets that offer in a new INVITE that takes over from
/// its old leg; its answer acknowledges the interpreter's leg. The called party is kept and rejoined by the new
/// interpreter.
/// </summary>
internal static partial class CallSteps
{
    public static CallDraft Recover(CallState before, InterpreterLost e) =>
        Begin(before, e)
            .EndInterpreterLegs(480, "The interpreter's connection was lost.")
            .If(before.Phase is CallPhase.Dialing, draft => draft.EndDialed())
            .Release(ReleaseReason.Served)
            .Set(state => state with { FailedSetups = 0 })
            .Succeed();

    public static CallDraft GiveUpRecovering(CallState before, RecoveryElapsed e) =>
        Begin(before, e).Finish(
            EndReason.InterpreterLost, 480, "No other interpreter became free.", ReleaseReason.Withdrawn);

    /// <summary>Nobody of its pool was free for long: the one behind it is asked, by the age of the search.</summary>
    public static CallDraft SeekElsewhere(CallState before, Overflowed e) =>
        Begin(before, e)
            .MoveTo(e.To)
            .LeaveBehind(e)
            .Do(new CallEffect.JoinQueue(before.InLineAs(PriorityClass.Recovering), e.Since, Moved: true));

    public static CallDraft OfferRecovery(CallState before, InterpreterReserved e) =>
        Begin(before, e).Offer(e.Reservation).Arm(DeadlineKind.Offer);

    /// <summary>Her device is asked for an offer; the caller's is invited with it.</summary>
    public static CallDraft ConnectSuccessor(CallState before, OfferAccepted e) =>
        Begin(before, e)
            .Set(state => state with { Accepted = true })
            .Disarm(DeadlineKind.Offer)
            .Arm(DeadlineKind.Setup)
            .InviteInterpreter(before.Interpreter!, offerFrom: 0);

    public static CallDraft SeekAnotherDeclined(CallState before, OfferDeclined e) =>
        Begin(before, e).ReturnPlace().ForgetInterpreter().Disarm(DeadlineKind.Offer);

    public static CallDraft SeekAnotherMissed(CallState before, OfferElapsed e) =>
        Begin(before, e).ReturnPlace().Release(ReleaseReason.Missed).Disarm(DeadlineKind.Offer);

    public static CallDraft SeekAnotherRejected(CallState before, InterpreterRejected e) =>
        Begin(before, e).ForgetLeg(e.Leg).SeekAnother();

    public static CallDraft SeekAnotherHungUp(CallState before, InterpreterHungUp e) =>
        Begin(before, e).ForgetLeg(e.Leg).SeekAnother();

    public static CallDraft SeekAnotherLost(CallState before, InterpreterLost e) => Begin(before, e).SeekAnother();

    public static CallDraft SeekAnotherLate(CallState before, SetupElapsed e) => Begin(before, e).SeekAnother();

    public static CallDraft SeekAnotherUnmoved(CallState before, CallerRejected e) =>
        Begin(before, e).ForgetLeg(e.Leg).SeekAnother();

    public static CallDraft MoveCaller(CallState before, InterpreterAnswered e) =>
        Begin(before, e)
            .Establish(e.Leg, e.Dialog)
            .Arm(DeadlineKind.Setup)
            .InviteCaller(before.FindLeg(e.Leg)!);

    public static CallDraft JoinSuccessor(CallState before, CallerAnswered e) =>
        Begin(before, e)
            .ConnectCaller(e)
            .EndReplaced(leg => leg.Role is LegRole.Caller && leg.Number != e.Leg)
            .BeServed();

    /// <summary>The caller's device is invited with the offer of an interpreter's, in place of its old leg.
    /// </summary>
    private static CallDraft InviteCaller(this CallDraft draft, Leg interpreter) =>
        draft.InviteWith(interpreter, draft.State.FindLeg(LegRole.Caller)!, takesOver: true);

    /// <summary>
    /// A device in the call is invited with the offer of an interpreter's. The leg is a caller's whoever has the
    /// device: it is bridged to the side that an interpreter was invited to.
    /// </summary>
    private static CallDraft InviteWith(this CallDraft draft, Leg interpreter, Leg old, bool takesOver)
    {
        var added = draft.AddLeg(
            LegRole.Caller,
            old.User,
            old.Device,
            old.Name,
            dialog: null,
            opened: true,
            takesOver ? old.Number : 0,
            colleague: interpreter.Colleague);
        return added.Do(new CallEffect.Invite(
            added.State.LastLeg,
            old.User,
            old.Device,
            LegRole.Caller,
            interpreter.Name,
            FromNumber: null,
            OfferFrom: interpreter.Number,
            takesOver ? old.Dialog : null,
            draft.State.Limits.Setup));
    }

    /// <summary>The caller's device took that INVITE: its answer is what the interpreter's device waits for.</summary>
    private static CallDraft ConnectCaller(this CallDraft draft, CallerAnswered e)
    {
        var colleague = draft.State.FindLeg(e.Leg)!.Colleague;
        var interpreter = draft.State.FindLeg(LegRole.InterpreterToCaller, colleague)!;
        return draft
            .Establish(e.Leg, e.Dialog)
            .Do(new CallEffect.Acknowledge(
                interpreter.Number, interpreter.User, interpreter.Device, AnswerFrom: e.Leg));
    }

    /// <summary>This one could not be connected: the next is asked, the other parties are kept.</summary>
    private static CallDraft SeekAnother(this CallDraft draft)
    {
        var moved = draft.State.Legs.LastOrDefault(leg =>
            leg is { Role: LegRole.Caller, State: LegState.Inviting or LegState.Ringing });
        return draft
            .EndInterpreterLegs(480, "The call could not be connected in time.")
            .If(moved is not null, kept => kept.EndLeg(moved!, 487, "The interpreter was lost."))
            .ReturnPlace()
            .Release(ReleaseReason.SetupFailed)
            .Disarm(DeadlineKind.Setup);
    }
}
