using static Vrs.Grains.Domain.Calls.CallDraft;
using static Vrs.Grains.Domain.Calls.CallEvent;

namespace Vrs.Grains.Domain.Calls;

/// <summary>
/// The steps of a second interpreter: she relieves the first, or supports her. The call keeps its phase; she has a side
/// of the call to herself (<see cref="Leg.Colleague"/>) until she is the one who serves. She is brought in the way a
/// successor is in a recovery; whatever fails on her side touches nobody else.
/// </summary>
internal static partial class CallSteps
{
    private const string ColleagueOver = "The second interpreter is not needed any more.";

    /// <summary>One is sought; or who supports already takes over.</summary>
    public static CallDraft WantColleague(CallState before, ColleagueWanted e)
    {
        var early = e.Purpose is ColleaguePurpose.Relief && IsEarly(before, e.At);
        var wanted = Begin(before, e)
            .Note(facts => early ? facts with { EarlyRequests = facts.EarlyRequests + 1 } : facts)
            .Set(state => state with { ColleagueOutcome = ColleagueOutcome.None });
        return before.Colleague is { } supporter
            ? wanted
                .SetColleague(supporter with { Purpose = e.Purpose, Early = early, Since = e.At })
                .SettleColleague()
            : wanted.Seek(new Colleague(e.Purpose, ColleagueStage.Sought, null, e.At, early));
    }

    /// <summary>Nobody of that pool was free for long: she is sought in the one behind it, by the age of the search.
    /// </summary>
    public static CallDraft SeekColleagueElsewhere(CallState before, Overflowed e) =>
        Begin(before, e).LeaveBehind(e).Seek(before.Colleague! with { Pool = e.To });

    public static CallDraft AskColleague(CallState before, InterpreterReserved e) =>
        Begin(before, e)
            .SetColleague(before.Colleague! with { Stage = ColleagueStage.Asked, Interpreter = e.Reservation })
            .Arm(DeadlineKind.ColleagueOffer)
            .Present(e.Reservation);

    public static CallDraft ConnectColleague(CallState before, OfferAccepted e) =>
        Begin(before, e)
            .SetColleague(before.Colleague! with { Stage = ColleagueStage.Joining })
            .Arm(DeadlineKind.ColleagueSetup)
            .InviteInterpreter(before.Colleague.Interpreter!, offerFrom: 0, colleague: true);

    /// <summary>
    /// Relief moves the caller's device to her; support opens a second picture beside the first, on the device of the
    /// Deaf party: the caller's, or that which answered.
    /// </summary>
    public static CallDraft ShowColleague(CallState before, InterpreterAnswered e)
    {
        var interpreter = before.FindLeg(e.Leg)!;
        var shown = Begin(before, e).Establish(e.Leg, e.Dialog).Arm(DeadlineKind.ColleagueSetup);
        return before.Colleague!.Purpose is ColleaguePurpose.Relief
            ? shown.InviteCaller(interpreter)
            : shown.InviteWith(
                interpreter,
                before.FindLeg(SupportsCallee(before) ? LegRole.Callee : LegRole.Caller)!,
                takesOver: false);
    }

    public static CallDraft JoinColleague(CallState before, CallerAnswered e)
    {
        var colleague = before.Colleague! with { Stage = ColleagueStage.Joined };
        return Begin(before, e)
            .ConnectCaller(e)
            .NoteServed(colleague.Interpreter!)
            .SetColleague(colleague)
            .If(
                colleague.Purpose is ColleaguePurpose.Support,
                draft => draft.Do(new CallEffect.LeaveQueue(Pool: colleague.Pool)))
            .SettleColleague();
    }

    /// <summary>Who relieves takes over the other party, who is in the conversation meanwhile.</summary>
    public static CallDraft TakeOverCallee(CallState before, DialRequested e) =>
        Begin(before, e).OpenDialer(e, colleague: true).TakeOver(before.FindLeg(LegRole.Callee)!);

    /// <summary>She has both parties: from here on she serves.</summary>
    public static CallDraft CompleteRelief(CallState before, CalleeAnswered e) =>
        Begin(before, e).ConnectCallee(e).Relieve();

    public static CallDraft SeekColleagueDeclined(CallState before, OfferDeclined e) =>
        Begin(before, e).SeekColleague(release: null);

    public static CallDraft SeekColleagueMissed(CallState before, ColleagueOfferElapsed e) =>
        Begin(before, e).SeekColleague(ReleaseReason.Missed);

    public static CallDraft DropColleagueRejected(CallState before, InterpreterRejected e) =>
        Begin(before, e).ForgetLeg(e.Leg).DropColleague(ColleagueOutcome.Lost);

    public static CallDraft DropColleagueUnseen(CallState before, CallerRejected e) =>
        Begin(before, e).ForgetLeg(e.Leg).DropColleague(ColleagueOutcome.Lost);

    public static CallDraft DropColleagueUnheard(CallState before, CalleeRejected e) =>
        Begin(before, e).ForgetLeg(e.Leg).DropColleague(ColleagueOutcome.Lost);

    public static CallDraft DropColleagueHungUp(CallState before, ColleagueHungUp e) =>
        Begin(before, e).ForgetLeg(e.Leg).DropColleague(ColleagueOutcome.Left);

    public static CallDraft DropColleagueLost(CallState before, ColleagueLost e) =>
        Begin(before, e).DropColleague(ColleagueOutcome.Lost);

    public static CallDraft DropColleagueLate(CallState before, ColleagueSetupElapsed e) =>
        Begin(before, e).DropColleague(ColleagueOutcome.Lost);

    public static CallDraft DismissColleague(CallState before, ColleagueDismissed e) =>
        e.ByHerself
            ? Begin(before, e).DropColleague(ColleagueOutcome.Left)
            : Begin(before, e).PartFromColleague(ColleagueOutcome.Dismissed);

    public static CallDraft GiveUpColleague(CallState before, ColleagueElapsed e) =>
        Begin(before, e).PartFromColleague(ColleagueOutcome.NobodyCame);

    public static CallDraft GiveUpColleagueRefused(CallState before, QueueRefused e) =>
        Begin(before, e).PartFromColleague(ColleagueOutcome.NobodyCame);

    /// <summary>Whether a place in line is kept for her: until she joined, an offer may come to nothing.</summary>
    internal static bool IsInLine(Colleague? colleague) =>
        colleague is { Stage: not ColleagueStage.Joined } or { Purpose: ColleaguePurpose.Relief };

    /// <summary>Lets a second interpreter go, if there is one; one who joined served and has her wrap-up.</summary>
    internal static CallDraft LetColleagueGo(this CallDraft draft, ReleaseReason unlessJoined)
    {
        var colleague = draft.State.Colleague;
        var reason = colleague is { Stage: ColleagueStage.Joined } ? ReleaseReason.Served : unlessJoined;
        return draft
            .If(colleague?.Interpreter is not null, held => held.Do(new CallEffect.ReleaseInterpreter(
                colleague!.Interpreter!.Interpreter, colleague.Interpreter.Offer, reason)))
            .SetColleague(null);
    }

    /// <summary>Who supports a call that a hearing person made has a side with the called party, not the caller.
    /// </summary>
    private static bool SupportsCallee(CallState state) =>
        state is { Direction: CallDirection.HearingToDeaf, Colleague.Purpose: ColleaguePurpose.Support };

    /// <summary>The called party leaves: nobody is there who could see the one who supports.</summary>
    private static CallDraft EndSupportOfCallee(this CallDraft draft) => draft.If(
        SupportsCallee(draft.State), unseen => unseen.PartFromColleague(ColleagueOutcome.Dismissed));

    /// <summary>
    /// The serving interpreter was lost: a second one takes her place with what she has already; else one is sought.
    /// One whose side is that with the called party has nothing of the caller's, and makes room for the search.
    /// </summary>
    private static CallDraft Succeed(this CallDraft draft)
    {
        if (SupportsCallee(draft.State))
        {
            return draft.EndSupportOfCallee().Succeed();
        }

        var colleague = draft.State.Colleague;
        var succeeded = draft.SetColleague(null).MoveTo(draft.State.Line).Set(state => state with
        {
            Interpreter = colleague?.Interpreter,
            Accepted = colleague is { Stage: >= ColleagueStage.Joining },
        });
        return colleague?.Stage switch
        {
            ColleagueStage.Asked => succeeded.Enter(
                CallPhase.Recovering, DeadlineKind.Recovery, DeadlineKind.Offer),
            ColleagueStage.Joining => succeeded.TakeSide().Enter(
                CallPhase.Recovering, DeadlineKind.Recovery, DeadlineKind.Setup),
            ColleagueStage.Joined => succeeded.EndOldCaller().TakeSide().BeServed().ResumeDialing(),
            _ => succeeded
                .If(colleague is { Purpose: ColleaguePurpose.Support }, led => led.Do(new CallEffect.LeaveQueue()))
                .Enter(CallPhase.Recovering, DeadlineKind.Recovery)
                .Do(new CallEffect.JoinQueue(draft.State.InLineAs(PriorityClass.Recovering))),
        };
    }

    /// <summary>She was taking the other party over when she became the one who serves: she goes on with it.</summary>
    private static CallDraft ResumeDialing(this CallDraft draft) => draft.If(
        draft.State.FindLeg(LegRole.InterpreterToCallee) is not null,
        dialing => dialing.Enter(CallPhase.Dialing, DeadlineKind.Ring));

    /// <summary>
    /// Who relieves and sees the caller takes over at once, unless there is another party to be taken over first; while
    /// one is being called, that is waited for.
    /// </summary>
    private static CallDraft SettleColleague(this CallDraft draft) => draft.State switch
    {
        {
            Colleague: { Purpose: ColleaguePurpose.Relief, Stage: ColleagueStage.Joined },
            Phase: CallPhase.Connected,
        } => draft.Relieve(),
        {
            Colleague: { Purpose: ColleaguePurpose.Relief, Stage: ColleagueStage.Joined },
            Phase: CallPhase.Relaying,
        } => draft.Arm(DeadlineKind.ColleagueSetup),
        _ => draft,
    };

    /// <summary>The second interpreter serves from now on; the first is free of the call.</summary>
    private static CallDraft Relieve(this CallDraft draft)
    {
        var early = IsEarly(draft.State, draft.At);
        var successor = draft.State.Colleague!.Interpreter!;
        return draft
            .EndInterpreterLegs(487, AnotherTookOver)
            .EndOldCaller()
            .Release(ReleaseReason.Served)
            .MoveTo(draft.State.Line)
            .SetColleague(null)
            .TakeSide()
            .Set(state => state with
            {
                Interpreter = successor,
                Accepted = true,
                ReachedAt = state.Phase is CallPhase.Relaying ? draft.At : null,
                ColleagueOutcome = ColleagueOutcome.TookOver,
            })
            .Note(facts => facts with
            {
                Reliefs = facts.Reliefs + 1,
                EarlyReliefs = facts.EarlyReliefs + (early ? 1 : 0),
            })
            .Do(new CallEffect.LeaveQueue());
    }

    private static CallDraft EndOldCaller(this CallDraft draft) =>
        draft.EndReplaced(leg => leg is { Role: LegRole.Caller, Colleague: false });

    /// <summary>Her side of the call is the side of the one who serves.</summary>
    private static CallDraft TakeSide(this CallDraft draft) => draft.Set(state => state with
    {
        Legs = [.. state.Legs.Select(leg => leg with { Colleague = false })],
    });

    private static CallDraft Seek(this CallDraft draft, Colleague sought) =>
        draft
            .SetColleague(sought with { Stage = ColleagueStage.Sought, Interpreter = null })
            .Arm(DeadlineKind.Colleague)
            .Do(new CallEffect.JoinQueue(
                draft.State.InLineAs(
                    sought.Purpose is ColleaguePurpose.Relief ? PriorityClass.Recovering : PriorityClass.Urgent),
                sought.Since,
                sought.Pool,
                Moved: sought.Pool is not null));

    /// <summary>This one does not come: the next is asked. One who declined by herself needs no release.</summary>
    private static CallDraft SeekColleague(this CallDraft draft, ReleaseReason? release)
    {
        var colleague = draft.State.Colleague!;
        return draft
            .EndColleagueLegs()
            .Do(new CallEffect.ReturnPlace(
                colleague.Interpreter!.Interpreter, colleague.Interpreter.Offer, colleague.Pool))
            .If(release is not null, held => held.LetColleagueGo(release!.Value))
            .Seek(colleague);
    }

    /// <summary>One who joined to support is missed by nobody; for any other the next is asked.</summary>
    private static CallDraft DropColleague(this CallDraft draft, ColleagueOutcome outcome) =>
        IsInLine(draft.State.Colleague)
            ? draft.SeekColleague(ReleaseReason.SetupFailed)
            : draft.PartFromColleague(outcome);

    private static CallDraft PartFromColleague(this CallDraft draft, ColleagueOutcome outcome) =>
        draft
            .EndColleagueLegs()
            .LetColleagueGo(ReleaseReason.Withdrawn)
            .Do(new CallEffect.LeaveQueue(Pool: draft.State.Colleague?.Pool))
            .Set(state => state with { ColleagueOutcome = outcome });

    private static CallDraft EndColleagueLegs(this CallDraft draft) =>
        draft.EndLegs(leg => leg.Colleague, 487, ColleagueOver);

    /// <summary>Her deadline goes with her stage; whoever changes it arms the next.</summary>
    private static CallDraft SetColleague(this CallDraft draft, Colleague? colleague) => draft.Set(state => state with
    {
        Colleague = colleague,
        Deadlines = state.Deadlines.RemoveAll(armed => armed.IsColleagues),
    });

    private static bool IsEarly(CallState state, DateTimeOffset at) =>
        state.Limits.MinimumStay > TimeSpan.Zero
        && !(at - state.ReachedAt >= state.Limits.MinimumStay);
}
