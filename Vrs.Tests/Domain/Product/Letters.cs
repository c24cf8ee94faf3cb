using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Domain.Interpreters;
using Vrs.Grains.Domain.Queues;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Grains.Interfaces.Queues;

namespace Vrs.Tests.Domain.Product;

/// <summary>What one machine says to another: an event for it.</summary>
internal abstract record Letter
{
    private Letter()
    {
    }

    public sealed record ToCall(CallId Call, CallEvent Event) : Letter;

    public sealed record ToInterpreter(InterpreterId Interpreter, InterpreterEvent Event) : Letter;

    public sealed record ToLine(PoolId Pool, QueueEvent Event) : Letter;

    public sealed record OfCandidate(PoolId Pool, CandidateEvent Event) : Letter;
}

/// <summary>
/// What calls, interpreters and queues owe each other, as events of whom it is owed to: what the grains do by calling
/// each other, as a function.
/// </summary>
internal static class Letters
{
    /// <summary>What a call says to others; null when it is about its devices or its record.</summary>
    /// <param name="call">The call when the effect is carried.</param>
    /// <param name="owed">The effect.</param>
    public static Letter? From(CallState call, CallEffect owed) => owed switch
    {
        CallEffect.JoinQueue join => new Letter.ToLine(join.Pool ?? call.Pool, Join(call, join)),
        CallEffect.ReturnPlace back => new Letter.ToLine(
            back.Pool ?? call.Pool, new QueueEvent.Returned(call.Call, back.Offer, back.Interpreter)),
        CallEffect.HoldPlace { Held: true } => new Letter.ToLine(call.Pool, new QueueEvent.WentAway(call.Call)),
        CallEffect.HoldPlace => new Letter.ToLine(call.Pool, new QueueEvent.CameBack(call.Call)),
        CallEffect.LeaveQueue left => new Letter.ToLine(
            left.Pool ?? call.Pool, new QueueEvent.Left(call.Call, left.Served)),
        CallEffect.PresentOffer present => new Letter.ToInterpreter(
            present.Interpreter, new InterpreterEvent.Present(present.Offer)),
        CallEffect.ReleaseInterpreter release => new Letter.ToInterpreter(
            release.Interpreter, new InterpreterEvent.Release(call.Call, release.Offer, release.Reason)),
        _ => null,
    };

    /// <summary>What an interpreter says to others; null when it is about her pages.</summary>
    /// <param name="who">The interpreter.</param>
    /// <param name="owed">The effect.</param>
    public static Letter? From(InterpreterId who, InterpreterEffect owed) => owed switch
    {
        InterpreterEffect.TellFree free => new Letter.OfCandidate(
            free.Pool, new CandidateEvent.BecameFree(who, free.Stint, free.Skills)),
        InterpreterEffect.TellGone gone => new Letter.OfCandidate(
            gone.Pool, new CandidateEvent.WentBusy(who, gone.Stint)),
        InterpreterEffect.TellAccepted told => new Letter.ToCall(
            told.Call, new CallEvent.OfferAccepted(who, told.Offer)),
        InterpreterEffect.TellDeclined told => new Letter.ToCall(
            told.Call, new CallEvent.OfferDeclined(who, told.Offer)),
        _ => null,
    };

    /// <summary>What a queue says to others; null when it only explains itself.</summary>
    /// <param name="pool">The queue's pool.</param>
    /// <param name="owed">The effect.</param>
    public static Letter? From(PoolId pool, QueueEffect owed) => owed switch
    {
        QueueEffect.Reserve reserve => new Letter.ToInterpreter(
            reserve.Interpreter,
            new InterpreterEvent.Reserve(reserve.Call, reserve.Offer, pool, reserve.Stint)),
        QueueEffect.TellReserved told => new Letter.ToCall(
            told.Call, new CallEvent.InterpreterReserved(told.Reservation)),
        QueueEffect.Release release => new Letter.ToInterpreter(
            release.Interpreter,
            new InterpreterEvent.Release(release.Call, release.Offer, ReleaseReason.Withdrawn)),
        QueueEffect.MoveOn moved => new Letter.ToCall(
            moved.Call, new CallEvent.Overflowed(pool, moved.Pool, moved.Since)),
        _ => null,
    };

    /// <summary>Whether the sender waits for an answer.</summary>
    public static bool IsQuestion(Letter letter) =>
        letter is Letter.ToLine { Event: QueueEvent.Joined }
            or Letter.ToInterpreter { Event: InterpreterEvent.Reserve };

    /// <summary>The answer that the sender of a letter takes home; null when it awaits none.</summary>
    /// <param name="letter">What was said.</param>
    /// <param name="refusal">How it was refused, or null.</param>
    /// <param name="asked">The interpreter who was asked, as she is now.</param>
    public static Letter? Answer(Letter letter, Refusal? refusal, Func<InterpreterId, InterpreterState> asked) =>
        letter switch
        {
            Letter.ToLine { Event: QueueEvent.Joined join } => new Letter.ToCall(
                join.Call, refusal is null ? new CallEvent.QueueJoined() : new CallEvent.QueueRefused(refusal)),
            Letter.ToInterpreter { Event: InterpreterEvent.Reserve reserve } to => new Letter.ToLine(
                reserve.Pool,
                asked(to.Interpreter).ReservationFor(reserve.Call, reserve.Offer) is { } reservation
                    ? new QueueEvent.Granted(reserve.Call, reserve.Offer, reservation)
                    : new QueueEvent.Denied(reserve.Call, reserve.Offer, to.Interpreter)),
            _ => null,
        };

    private static QueueEvent.Joined Join(CallState call, CallEffect.JoinQueue join) => new(
        call.Call,
        join.Priority,
        call.RequiredSkills,
        call.Phase is CallPhase.Received or CallPhase.Queued ? call.Caller?.User : null,
        call.Preference,
        join.Since,
        join.Moved);
}
