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
            .Enter(CallPhase.Recovering, DeadlineKind.Recovery)
            .Do(new CallEffect.JoinQueue(PriorityClass.Recovering));

    public static CallDraft GiveUpRefused(CallState before, QueueRefused e) =>
        Begin(before, e).Finish(EndReason.InterpreterLost, 480, e.Refusal.Detail, ReleaseReason.Withdrawn);

    public static CallDraft GiveUpRecovering(CallState before, RecoveryElapsed e) =>
        Begin(before, e).Finish(
            EndReason.InterpreterLost, 480, "No other interpreter became free.", ReleaseReason.Withdrawn);

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

    public static CallDraft MoveCaller(CallState before, InterpreterAnswered e)
    {
        var old = before.FindLeg(LegRole.Caller)!;
        var moving = Begin(before, e)
            .Establish(e.Leg, e.Dialog)
            .AddLeg(LegRole.Caller, old.User, old.Device, old.Name, dialog: null, opened: true, takesOver: old.Number)
            .Arm(DeadlineKind.Setup);
        return moving.Do(new CallEffect.Invite(
            moving.State.LastLeg,
            old.User,
            old.Device,
            LegRole.Caller,
            before.Interpreter!.DisplayName,
            FromNumber: null,
            OfferFrom: e.Leg,
            old.Dialog,
            before.Limits.Setup));
    }

    public static CallDraft JoinSuccessor(CallState before, CallerAnswered e)
    {
        var interpreter = before.FindLeg(LegRole.InterpreterToCaller)!;
        return Begin(before, e)
            .Establish(e.Leg, e.Dialog)
            .Do(new CallEffect.Acknowledge(
                interpreter.Number, interpreter.User, interpreter.Device, AnswerFrom: e.Leg))
            .EndReplaced(before.FindLeg(e.Leg)!)
            .BeServed();
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
