using static Vrs.Grains.Domain.Calls.CallDraft;
using static Vrs.Grains.Domain.Calls.CallEvent;

namespace Vrs.Grains.Domain.Calls;

/// <summary>
/// The steps of a caller whose device never learned that she was answered: the 2xx was lost with its connection, and it
/// calls again. Without them she would be turned away from her own call, and stand at the end of the line.
/// </summary>
internal static partial class CallSteps
{
    private const string ConnectedAgain = "The caller is being connected again.";

    /// <summary>
    /// Her interpreter's device gets a new INVITE with the new offer. Every other leg ends: her old one belongs to a
    /// dialog that her device does not have, and what was dialed was dialed without her.
    /// </summary>
    public static CallDraft LetBackIn(CallState before, CallerReturned e)
    {
        var draft = Begin(before, e)
            .If(before.Colleague is not null, beside => beside.PartFromColleague(ColleagueOutcome.Dismissed))
            .EndLegs(_ => true, 487, ConnectedAgain)
            .EndConversation()
            .Set(state => state with { CalleeStatus = 0, BestRejection = 0 })
            .OpenCallerLeg(e.Caller, e.Dialog);
        return draft
            .Enter(CallPhase.Connecting, DeadlineKind.Setup)
            .InviteInterpreter(before.Interpreter!, offerFrom: draft.State.LastLeg);
    }

    /// <summary>
    /// The same while another interpreter is being found: her old leg could not be moved to anybody, since her device
    /// does not have its dialog. Her new one waits at the place the call has in line, ahead of all.
    /// </summary>
    public static CallDraft LetBackInLine(CallState before, CallerReturned e) =>
        Begin(before, e)
            .EndLegs(_ => true, 487, ConnectedAgain)
            .EndConversation()
            .StandAgain()
            .Release(ReleaseReason.Withdrawn)
            .Set(state => state with { CalleeStatus = 0, BestRejection = 0 })
            .OpenCallerLeg(e.Caller, e.Dialog)
            .Enqueue()
            .TellCaller(182, before.Position);

    /// <summary>
    /// Back in line: at the old place, which a call that was served once may not have any more. It stands ahead of its
    /// class then, as after a lost interpreter.
    /// </summary>
    private static CallDraft StandAgain(this CallDraft draft) =>
        draft.ReturnPlace().If(
            draft.State.WasServed, served => served.Do(new CallEffect.JoinQueue(ClassOf(draft.State))));

    /// <summary>The class in which a call stands in line that waits for its interpreter.</summary>
    private static PriorityClass ClassOf(CallState call) =>
        call.WasServed ? call.InLineAs(PriorityClass.Recovering) : call.Priority;
}
