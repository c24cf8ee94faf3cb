using static Vrs.Grains.Domain.Calls.CallDraft;
using static Vrs.Grains.Domain.Calls.CallEvent;

namespace Vrs.Grains.Domain.Calls;

/// <summary>
/// The steps of calling the other party. Her devices are located first, then all of them ring at once: the first answer
/// wins and the others are cancelled (RFC 3261 section 16.7, as a forking proxy does it).
/// </summary>
internal static partial class CallSteps
{
    /// <summary>How many devices ring at once.</summary>
    internal const int MaxRinging = 10;

    private const int AnsweredElsewhere = 200;

    public static CallDraft Dial(CallState before, DialRequested e)
    {
        var kept = before.FindLeg(LegRole.Callee);
        var callee = e.Callee ?? kept!.User;
        var dialing = Begin(before, e)
            .Enter(CallPhase.Dialing, DeadlineKind.Ring)
            .Set(state => state with
            {
                CalleeStatus = 0,
                BestRejection = 0,
                DialedNumber = e.Number ?? state.DialedNumber,
            })
            .Note(facts => facts with { OutboundNumber = e.Number ?? facts.OutboundNumber, Callee = callee })
            .OpenDialer(e);
        return kept is null
            ? dialing.Do(new CallEffect.Locate(dialing.State.LastLeg, callee))
            : dialing.TakeOver(kept);
    }

    private static CallDraft OpenDialer(this CallDraft draft, DialRequested e, bool colleague = false)
    {
        var opened = draft.AddLeg(
            LegRole.InterpreterToCallee,
            e.Interpreter.User,
            e.Interpreter.Device,
            e.Interpreter.DisplayName,
            e.Dialog,
            opened: false,
            colleague: colleague);
        return opened.Do(new CallEffect.Attach(
            opened.State.LastLeg, e.Interpreter.User, e.Interpreter.Device));
    }

    /// <summary>
    /// Another interpreter's leg, just opened, is to take the other party over. Her page does that by itself; only a
    /// person needs time to answer.
    /// </summary>
    private static CallDraft TakeOver(this CallDraft draft, Leg kept) => draft.RingDevice(
        draft.State.LastLeg, new CalleeDevice(kept.Device, kept.Address), draft.State.Limits.Setup, kept);

    /// <summary>Every device of hers rings; nobody is there when there is none.</summary>
    public static CallDraft RingAll(CallState before, CalleeLocated e)
    {
        var located = Begin(before, e);
        if (e.Devices.IsEmpty)
        {
            return located.BackToConnected(480, DeadlineKind.Idle);
        }

        return e.Devices.Take(MaxRinging).Aggregate(
            // Until one answers, the record names the device that was used last.
            located.Note(facts => facts with { OutboundAddress = e.Devices[0].Address }),
            (draft, device) => draft.RingDevice(e.Dialer, device, before.Limits.Ring));
    }

    public static CallDraft Ring(CallState before, CalleeRinging e)
    {
        var dialer = before.FindLeg(LegRole.InterpreterToCallee)!;
        var isFirst = !before.RingingCallees().Any(leg => leg.State is LegState.Ringing);
        return Begin(before, e)
            .ChangeLeg(e.Leg, leg => leg with { State = LegState.Ringing })
            .If(isFirst, draft => draft.Do(
                new CallEffect.Progress(dialer.Number, dialer.User, dialer.Device, 180, Queue: null)));
    }

    public static CallDraft Relay(CallState before, CalleeAnswered e) =>
        Begin(before, e)
            .ConnectCallee(e)
            .EndRinging(AnsweredElsewhere, "The call was answered on another device.")
            .Note(facts => facts with
            {
                ConversationStart = facts.ConversationStart ?? e.At,
                ConversationEnd = null,
                OutboundAddress = before.FindLeg(e.Leg)!.Address ?? facts.OutboundAddress,
            })
            .Set(state => state with { ReachedAt = state.ReachedAt ?? e.At })
            .Enter(CallPhase.Relaying)
            .SettleColleague();

    /// <summary>The other party's leg and the one that dialed it are up; a leg that was replaced ends.</summary>
    private static CallDraft ConnectCallee(this CallDraft draft, CalleeAnswered e)
    {
        var callee = draft.State.FindLeg(e.Leg)!;
        var dialer = draft.State.FindLeg(LegRole.InterpreterToCallee, callee.Colleague)!;
        return draft
            .Establish(e.Leg, e.Dialog)
            .Establish(dialer.Number)
            .Do(new CallEffect.Answer(dialer.Number, dialer.User, dialer.Device, AnswerFrom: e.Leg))
            .EndReplaced(leg => leg.Number == callee.TakesOver);
    }

    /// <summary>
    /// One device less. A 6xx speaks for all of them (RFC 3261 section 21.6); else the others go on ringing.
    /// </summary>
    public static CallDraft NoteUnreached(CallState before, CalleeRejected e)
    {
        var best = Rejection.Better(before.BestRejection, e.Status);
        var others = Begin(before, e).ForgetLeg(e.Leg).Set(state => state with { BestRejection = best });
        return others.State.RingingCallees().Any() && e.Status < 600
            ? others
            : others.EndDialed().BackToConnected(best, DeadlineKind.Idle);
    }

    public static CallDraft StopRinging(CallState before, RingElapsed e) =>
        Begin(before, e)
            .EndDialed()
            .BackToConnected(Rejection.Better(before.BestRejection, 408), DeadlineKind.Idle);

    /// <summary>The devices that are being called now; not a callee who is kept from before a recovery.</summary>
    internal static IEnumerable<Leg> RingingCallees(this CallState state) => state.Legs.Where(leg =>
        leg is { Role: LegRole.Callee, State: LegState.Inviting or LegState.Ringing });

    private static CallDraft RingDevice(
        this CallDraft draft, int dialer, CalleeDevice device, TimeSpan limit, Leg? takesOver = null)
    {
        var callee = draft.State.Facts.Callee!.Value;
        var added = draft.AddLeg(
            LegRole.Callee,
            callee,
            device.Device,
            draft.State.DialedNumber,
            dialog: null,
            opened: true,
            takesOver?.Number ?? 0,
            device.Address,
            draft.State.FindLeg(dialer)!.Colleague);
        var state = added.State;
        return added.Do(new CallEffect.Invite(
            state.LastLeg,
            callee,
            device.Device,
            LegRole.Callee,
            state.Caller!.DisplayName,
            state.Caller.Number,
            OfferFrom: dialer,
            takesOver?.Dialog,
            limit));
    }

    /// <summary>Ends the attempt, on every device.</summary>
    private static CallDraft EndDialed(this CallDraft draft) => draft.EndRinging(487, "The call was given up.");

    private static CallDraft EndRinging(this CallDraft draft, int status, string detail) =>
        draft.State.RingingCallees().Aggregate(draft, (ending, leg) => ending.EndLeg(leg, status, detail));
}
