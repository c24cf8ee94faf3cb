using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Domain.Machines;
using Vrs.Grains.Domain.Records;
using Vrs.Grains.Effects;
using Vrs.Grains.Interfaces.Telemetry;
using Vrs.Grains.Records;

namespace Vrs.Grains.Calls;

/// <summary>
/// Performs what a call owes, one method per effect. All of them may be repeated: receivers know them by number. What
/// an attempt brings back is an event of the call, stored together with the mark that the effect is done.
/// </summary>
internal sealed class CallEffectPerformer(
    IGrainFactory grains,
    ICallRecords records,
    CallOptions options,
    TimeProvider time,
    CallDescriptions descriptions,
    Func<CallState> state,
    Func<CallEvent, Transition<CallState, CallEffect>> apply)
{
    /// <summary>
    /// How long a device that lost its connection is waited for, to be told that its leg is over: as long as a session
    /// that nobody refreshes lasts. Later its device has found out by itself (RFC 4028 section 10).
    /// </summary>
    private static readonly TimeSpan EndPatience = TimeSpan.FromMinutes(3);

    /// <summary>While nothing performed effects nobody could be told: that time does not count.</summary>
    private readonly DateTimeOffset _began = time.GetUtcNow();

    public Task<Outcome> Perform(Owed<CallEffect> owed, CancellationToken cancellationToken) => owed.Effect switch
    {
        CallEffect.JoinQueue join => Join(join),
        CallEffect.ReturnPlace back =>
            Done(Line(back.Pool).Return(Call, back.Offer, back.Interpreter)),
        CallEffect.HoldPlace hold => Done(Line().Hold(Call, hold.Held)),
        CallEffect.LeaveQueue leave => Done(Line(leave.Pool).Leave(Call, leave.Served)),
        CallEffect.PresentOffer present => Done(Interpreter(present.Interpreter).Present(present.Offer)),
        CallEffect.ReleaseInterpreter release =>
            Done(Interpreter(release.Interpreter).Release(Call, release.Offer, release.Reason)),
        CallEffect.Attach attach => Attach(attach),
        CallEffect.Detach detach => Done(Registration(detach).DetachLeg(Leg(detach))),
        CallEffect.Progress progress => Progress(owed.Sequence, progress),
        CallEffect.Locate locate => Locate(locate),
        CallEffect.LocateCaller locate => Locate(locate),
        CallEffect.Invite invite => Invite(owed.Sequence, invite),
        CallEffect.Answer answer => Answer(owed, answer),
        CallEffect.Acknowledge acknowledge => Acknowledge(owed, acknowledge),
        CallEffect.End end => End(owed, end),
        CallEffect.WriteRecord => Record(cancellationToken),
        _ => throw new InvalidOperationException($"Nobody performs {owed.Effect.GetType().Name}."),
    };

    private CallId Call => state().Call;

    /// <summary>The line of a pool; the call's own when none is named.</summary>
    private IQueueGrain Line(PoolId? pool = null) => grains.GetGrain<IQueueGrain>((pool ?? state().Pool).Value);

    private static async Task<Outcome> Done(Task task)
    {
        await task;
        return Outcome.Done;
    }

    /// <summary>Its record is the last that is told of a call, and so is the root of its trace.</summary>
    private async Task<Outcome> Record(CancellationToken cancellationToken)
    {
        var record = CallRecord.Of(state(), options.HandlingLocation);
        await records.Append(record, cancellationToken);
        CallTrace.Ended(
            record.Session, record.Call, record.ArrivedAt, record.EndedAt, record.EndReason.ToString());
        return Outcome.Done;
    }

    private async Task<Outcome> Join(CallEffect.JoinQueue join)
    {
        var call = state();
        var refusal = await Line(join.Pool).Join(new JoinRequest(
            call.Call,
            call.Session,
            join.Priority,
            call.RequiredSkills,
            call.Phase is CallPhase.Received or CallPhase.Queued ? call.Caller?.User : null,
            call.Preference,
            join.Since,
            join.Moved));
        return Hearing(() => CallInputs.FromLine(state(), refusal));
    }

    private async Task<Outcome> Attach(CallEffect.Attach attach)
    {
        if (attach.Device is { } device && IsLive(attach))
        {
            await Registration(attach).AttachLeg(Leg(attach), device);
        }

        return Outcome.Done;
    }

    private async Task<Outcome> Progress(long sequence, CallEffect.Progress progress)
    {
        // Whoever can't be told now is told with the next progress, or with the final answer.
        if (IsLive(progress))
        {
            var refusal = await Deliver(progress, new SendProgress(
                Leg(progress), sequence, state().Session, progress.Status, progress.Queue));
            if (refusal is { Reason: RefusalReason.Stale })
            {
                // The gateway refused this INVITE when our answer to it was lost: nobody waits any more.
                return Broken(progress.Leg);
            }
        }

        return Outcome.Done;
    }

    private async Task<Outcome> Invite(long sequence, CallEffect.Invite invite)
    {
        // A leg that rings or is answered was invited: only the news of it was lost. Another INVITE, on another
        // connection maybe, would be another dialog of which nobody knows.
        if (state().FindLeg(invite.Leg) is not { State: LegState.Inviting })
        {
            return Outcome.Done;
        }

        var offer = descriptions.Find(invite.OfferFrom);
        if (offer is null && invite.OfferFrom != 0)
        {
            return await Ask(sequence, invite.OfferFrom);
        }

        var refusal = await Deliver(invite, new InviteLeg(
            Leg(invite),
            sequence,
            state().Session,
            invite.Role,
            invite.FromName,
            invite.FromNumber,
            offer,
            invite.TakesOver,
            invite.RingFor));
        return refusal is null ? Outcome.Done : Reporting(new LegRejected(invite.Leg, 480, refusal.Detail));
    }

    private async Task<Outcome> Locate(CallEffect.Locate locate)
    {
        var devices = await LiveDevices(locate.User);
        return AskedFor(locate.Dialer, new CallEvent.CalleeLocated(locate.Dialer, devices));
    }

    private async Task<Outcome> Locate(CallEffect.LocateCaller locate)
    {
        var devices = await LiveDevices(locate.User);
        return AskedFor(locate.For, new CallEvent.CallerLocated(locate.For, devices));
    }

    /// <summary>An answer about a leg that is over by now is of no use, as every report about one.</summary>
    private Outcome AskedFor(int leg, CallEvent located) =>
        Hearing(() => state().FindLeg(leg) is null ? null : located);

    private async Task<ImmutableArray<CalleeDevice>> LiveDevices(UserId user)
    {
        var bindings = await grains.GetGrain<IRegistrationGrain>(user.Value).GetDevices();
        return
        [
            .. from binding in bindings
               where binding.Live
               select new CalleeDevice(binding.Device, binding.Address),
        ];
    }

    private Task<Outcome> Answer(Owed<CallEffect> owed, CallEffect.Answer answer) =>
        descriptions.Find(answer.AnswerFrom) is { } description
            ? Settle(owed, answer, new AnswerLeg(Leg(answer), owed.Sequence, state().Session, description))
            : AskAgain(owed, answer, answer.AnswerFrom);

    private Task<Outcome> Acknowledge(Owed<CallEffect> owed, CallEffect.Acknowledge acknowledge) =>
        descriptions.Find(acknowledge.AnswerFrom) is { } description
            ? Settle(
                owed, acknowledge, new AcknowledgeLeg(Leg(acknowledge), owed.Sequence, state().Session, description))
            : AskAgain(owed, acknowledge, acknowledge.AnswerFrom);

    /// <summary>A leg without connection has its grace.</summary>
    private async Task<Outcome> Settle(Owed<CallEffect> owed, CallEffect.LegEffect effect, LegCommand command)
    {
        if (!IsLive(effect))
        {
            return Outcome.Done;
        }

        return await Deliver(effect, command) switch
        {
            null => Outcome.Done,
            { Reason: RefusalReason.Unreachable } => Outcome.Later,
            { Reason: RefusalReason.Stale } => await AskWhetherAnswered(owed, effect),
            _ => Broken(effect.Leg),
        };
    }

    /// <summary>
    /// A crash took the description from memory. The gateway of the device that gave it has it as long as the dialog
    /// is there, and tells it again.
    /// </summary>
    private async Task<Outcome> AskAgain(Owed<CallEffect> owed, CallEffect.LegEffect effect, int source) =>
        IsLive(effect) && state().FindLeg(source) is { } leg && await Redescribe(owed.Sequence, leg) is null
            ? Outcome.Later
            : await AskWhetherAnswered(owed, effect);

    private Task<Refusal?> Redescribe(long sequence, Leg leg) =>
        grains.GetGrain<IRegistrationGrain>(leg.User.Value).Deliver(
            leg.Device, new ReportDescription(new LegRef(Call, leg.Number), sequence, state().Session));

    /// <summary>
    /// A crash took the description or the INVITE from memory, and nobody here knows whether the device had its answer
    /// before. An interpreter's device that was called says its 200 again. One that called says nothing, so it is asked
    /// for a sign of life in its dialog: if it knows none, its gateway breaks the leg. A caller who calls again is let
    /// back in, so hers is asked only when she had the time to.
    /// </summary>
    private async Task<Outcome> AskWhetherAnswered(Owed<CallEffect> owed, CallEffect.LegEffect effect)
    {
        if (state().FindLeg(effect.Leg) is not { Opened: false, Dialog: { } dialog } leg)
        {
            return Outcome.Done;
        }

        if (leg.Role is LegRole.Caller && time.GetUtcNow() - owed.Since < state().Limits.Grace)
        {
            return Outcome.Later;
        }

        var refusal = await Deliver(effect, new ForwardRequest(
            Leg(effect), Sequence: 0, state().Session, RequestLeg: 0, Number: 0, "UPDATE", Body: null, dialog));
        return refusal switch
        {
            null => Outcome.Done,
            { Reason: RefusalReason.Unreachable } => Outcome.Later,
            _ => Broken(effect.Leg),
        };
    }

    /// <summary>
    /// An offer that a crash took from memory: that of an INVITE which still waits can be told again; of any other leg
    /// it can't, and that leg is broken.
    /// </summary>
    private async Task<Outcome> Ask(long sequence, int source)
    {
        if (state().FindLeg(source) is not { } leg)
        {
            return Outcome.Done;
        }

        if (leg.Opened || leg.State is not (LegState.Inviting or LegState.Ringing))
        {
            return Broken(source);
        }

        await Redescribe(sequence, leg);
        return Outcome.Later;
    }

    private async Task<Outcome> End(Owed<CallEffect> owed, CallEffect.End end)
    {
        var refusal = await Deliver(end, new EndLeg(
            Leg(end),
            owed.Sequence,
            state().Session,
            end.Status,
            end.Detail,
            end.Dialog,
            end.RetryAfter,
            end.Superseded));
        var since = owed.Since > _began ? owed.Since : _began;
        return refusal is { Reason: RefusalReason.Unreachable } && time.GetUtcNow() - since < EndPatience
            ? Outcome.Later
            : Outcome.Done;
    }

    private Outcome Broken(int leg) => Reporting(new LegEnded(leg, LegEndCause.Broken));

    /// <summary>Done, and the call hears of a leg what its gateway would have told.</summary>
    private Outcome Reporting(LegReport report) => Hearing(() => CallInputs.FromReport(state(), report));

    /// <summary>Done, and this is what it means to the call as it stands when the answer is heard.</summary>
    private Outcome Hearing(Func<CallEvent?> answer) => Outcome.Bringing(() =>
    {
        if (answer() is { } happened)
        {
            apply(happened);
        }
    });

    private bool IsLive(CallEffect.LegEffect effect) => state().FindLeg(effect.Leg) is not null;

    private LegRef Leg(CallEffect.LegEffect effect) => new(Call, effect.Leg);

    private Task<Refusal?> Deliver(CallEffect.LegEffect effect, LegCommand command) =>
        Registration(effect).Deliver(effect.Device, command);

    private IRegistrationGrain Registration(CallEffect.LegEffect effect) =>
        grains.GetGrain<IRegistrationGrain>(effect.User.Value);

    private IInterpreterGrain Interpreter(InterpreterId interpreter) =>
        grains.GetGrain<IInterpreterGrain>(interpreter.Value);
}
