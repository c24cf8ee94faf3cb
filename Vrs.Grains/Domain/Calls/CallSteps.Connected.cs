using static Vrs.Grains.Domain.Calls.CallDraft;
using static Vrs.Grains.Domain.Calls.CallEvent;

namespace Vrs.Grains.Domain.Calls;

/// <summary>The steps once caller and interpreter are connected.</summary>
internal static partial class CallSteps
{
    private const string CallOver = "The call is over.";
    internal const string AnotherTookOver = "Another interpreter took over.";

    public static CallDraft Join(CallState before, InterpreterAnswered e)
    {
        if (before.Callback is not null)
        {
            return CallBack(before, e);
        }

        var caller = before.FindLeg(LegRole.Caller)!;
        return Begin(before, e)
            .Establish(e.Leg, e.Dialog)
            .Establish(caller.Number)
            .Do(new CallEffect.Answer(caller.Number, caller.User, caller.Device, AnswerFrom: e.Leg))
            .BeServed();
    }

    public static CallDraft StopDialing(CallState before, DialEnded e) =>
        Begin(before, e)
            .ForgetLeg(e.Leg)
            .EndDialed()
            .BackToConnected(0, DeadlineKind.Idle);

    /// <summary>The interpreter hung up on the other party only: the caller may dial somebody else.</summary>
    public static CallDraft PartFromCallee(CallState before, DialEnded e) =>
        Begin(before, e)
            .ForgetLeg(e.Leg)
            .EndLegs(LegRole.Callee, 487, CallOver)
            .EndSupportOfCallee()
            .EndConversation()
            .BackToConnected(0, DeadlineKind.Idle);

    public static CallDraft LoseCallee(CallState before, CalleeHungUp e) =>
        Begin(before, e)
            .ForgetLeg(e.Leg)
            .EndLegs(LegRole.Callee, 487, CallOver)
            .EndSupportOfCallee()
            .EndConversation()
            .BackToConnected(0, DeadlineKind.Redial);

    /// <summary>The called party leaves while another interpreter is sought; the search goes on.</summary>
    public static CallDraft LoseCalleeWhileRecovering(CallState before, CalleeHungUp e) =>
        Begin(before, e).ForgetLeg(e.Leg).EndLegs(LegRole.Callee, 487, CallOver).EndConversation();

    public static CallDraft HangUpCaller(CallState before, CallerHungUp e) =>
        Begin(before, e).ForgetLeg(e.Leg).Finish(EndReason.CallerHungUp, 487, CallOver, ReleaseReason.Served);

    public static CallDraft LoseCaller(CallState before, CallerLost e) =>
        Begin(before, e).Finish(EndReason.CallerLost, 480, CallOver, ReleaseReason.Served);

    public static CallDraft HangUpInterpreter(CallState before, InterpreterHungUp e) =>
        Begin(before, e)
            .ForgetLeg(e.Leg)
            .Finish(EndReason.InterpreterHungUp, 480, CallOver, ReleaseReason.Served);

    public static CallDraft EndIdle(CallState before, IdleElapsed e) =>
        Begin(before, e).Finish(EndReason.Idle, 480, "Nothing was dialed.", ReleaseReason.Served);

    public static CallDraft EndAfterCallee(CallState before, RedialElapsed e) =>
        Begin(before, e).Finish(EndReason.CalleeHungUp, 480, CallOver, ReleaseReason.Served);

    public static CallDraft Interrupt(CallState before, FlowLost e)
    {
        var number = before.LastDeadline + 1;
        return Begin(before, e)
            .Set(state => state with { LastDeadline = number })
            .ChangeLeg(e.Leg, leg => leg with
            {
                State = LegState.Interrupted,
                Grace = new LegGrace(number, e.At + before.Limits.Grace),
            });
    }

    public static CallDraft Restore(CallState before, FlowBack e) =>
        Begin(before, e).ChangeLeg(e.Leg, leg => leg with { State = LegState.Established, Grace = null });

    private static CallDraft BeServed(this CallDraft draft) =>
        draft
            .Do(new CallEffect.LeaveQueue(Served: true))
            .NoteServed(draft.State.Interpreter!)
            .Set(state => state with { Position = null, FailedSetups = 0 })
            .Enter(CallPhase.Connected, DeadlineKind.Idle);

    private static CallDraft NoteServed(this CallDraft draft, Reservation by) => draft.Note(facts => facts with
    {
        AnsweredAt = facts.AnsweredAt ?? draft.At,
        CaIds = facts.CaIds.Contains(by.CaId) ? facts.CaIds : facts.CaIds.Add(by.CaId),
        ServedOtherwise = facts.ServedOtherwise || by.AsPreferred is false,
    });

    private static CallDraft BackToConnected(this CallDraft draft, int calleeStatus, DeadlineKind deadline) =>
        draft
            .EndLegs(
                LegRole.InterpreterToCallee,
                calleeStatus == 0 ? 480 : calleeStatus,
                "The other party is not there.")
            .Set(state => state with { CalleeStatus = calleeStatus })
            .Enter(CallPhase.Connected, deadline)
            .SettleColleague();
}
