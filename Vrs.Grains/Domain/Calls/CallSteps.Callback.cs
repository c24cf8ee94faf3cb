using static Vrs.Grains.Domain.Calls.CallDraft;
using static Vrs.Grains.Domain.Calls.CallEvent;

namespace Vrs.Grains.Domain.Calls;

/// <summary>
/// The steps of a callback: a waiting caller gives up her leg and keeps her place. When an interpreter accepted, her
/// device is asked for an offer, all of the caller's devices ring with it, and the first answer acknowledges the
/// interpreter's leg.
/// </summary>
internal static partial class CallSteps
{
    private const string WillCallBack = "We will call you back: your place in line is kept.";

    public static CallDraft PromiseCallback(CallState before, CallbackRequested e) =>
        Begin(before, e)
            .EndLegs(LegRole.Caller, 480, WillCallBack)
            .Set(state => state with { Callback = new Callback(e.At, e.At + state.Limits.Callback) })
            .Enqueue();

    public static CallDraft GiveUpCallback(CallState before, CallbackElapsed e) =>
        Begin(before, e).Finish(
            EndReason.CallbackExpired, 480, "No interpreter became free.", ReleaseReason.Withdrawn);

    /// <summary>An interpreter is there: now the caller is called.</summary>
    private static CallDraft CallBack(CallState before, InterpreterAnswered e) =>
        Begin(before, e)
            .Establish(e.Leg, e.Dialog)
            .Disarm(DeadlineKind.Setup)
            .Arm(DeadlineKind.CallbackRing)
            .Do(new CallEffect.LocateCaller(e.Leg, before.Caller!.User));

    /// <summary>Her devices ring; without any, her place is held for a while, once.</summary>
    public static CallDraft RingCaller(CallState before, CallerLocated e) =>
        e.Devices.IsEmpty
            ? Begin(before, e).MissCaller()
            : e.Devices.Take(MaxRinging).Aggregate(
                Begin(before, e), (draft, device) => draft.RingCallerDevice(e.For, device));

    /// <summary>She answered: whoever is asked first is connected, as after a recovery.</summary>
    public static CallDraft JoinCallback(CallState before, CallerAnswered e) =>
        Begin(before, e)
            .ConnectCaller(e)
            .EndLegs(IsRingingCaller, AnsweredElsewhere, "The call was answered on another device.")
            .Set(state => state with { Callback = null })
            .BeServed();

    /// <summary>One device less; a 6xx speaks for all of them (RFC 3261 section 21.6).</summary>
    public static CallDraft NoteCallbackRefused(CallState before, CallerRejected e)
    {
        var others = Begin(before, e).ForgetLeg(e.Leg);
        return others.State.FindLeg(LegRole.Caller) is not null && e.Status < 600 ? others : others.EndUnanswered();
    }

    public static CallDraft StopCallingBack(CallState before, CallbackRingElapsed e) =>
        Begin(before, e).EndUnanswered();

    /// <summary>The place was held long enough for a device of hers to come back: her turn again.</summary>
    private static CallDraft TryCallbackAgain(CallState before, HoldElapsed e) =>
        Begin(before, e).Disarm(DeadlineKind.Hold).Do(new CallEffect.HoldPlace(false));

    private static CallDraft MissCaller(this CallDraft draft) =>
        draft.State.Callback!.Missed
            ? draft.EndUnanswered()
            : draft
                .EndInterpreterLegs(480, "The caller is not reachable now.")
                .ReturnPlace()
                .Release(ReleaseReason.Withdrawn)
                .Do(new CallEffect.HoldPlace(true))
                .Set(state => state with { Callback = state.Callback! with { Missed = true } })
                .Enqueue()
                .Arm(DeadlineKind.Hold);

    private static CallDraft EndUnanswered(this CallDraft draft) => draft.Finish(
        EndReason.CallbackUnanswered, 480, "The caller did not answer.", ReleaseReason.Withdrawn);

    private static CallDraft RingCallerDevice(this CallDraft draft, int offerFrom, CalleeDevice device)
    {
        var caller = draft.State.Caller!;
        var added = draft.AddLeg(
            LegRole.Caller, caller.User, device.Device, caller.DisplayName, dialog: null, opened: true);
        return added.Do(new CallEffect.Invite(
            added.State.LastLeg,
            caller.User,
            device.Device,
            LegRole.Caller,
            draft.State.Interpreter!.DisplayName,
            FromNumber: null,
            offerFrom,
            TakesOver: null,
            draft.State.Limits.CallbackRing));
    }

    private static bool IsRingingCaller(Leg leg) =>
        leg is { Role: LegRole.Caller, State: LegState.Inviting or LegState.Ringing };
}
