namespace Vrs.Grains.Interfaces.Queues;

/// <summary>A call's request to stand in line.</summary>
/// <param name="Call">The call.</param>
/// <param name="Session">Its Session-ID, for logs.</param>
/// <param name="Priority">Its class.</param>
/// <param name="RequiredSkills">
/// What an interpreter must have to serve it (<see cref="Qualification"/>); ordinal order.
/// </param>
/// <param name="Caller">
/// Who waits: she may take her place again when she redials. Null when a call that is under way looks for an
/// interpreter.
/// </param>
/// <param name="Preference">Whom she would like to have, and what she agreed to otherwise; null for anyone.</param>
/// <param name="Since">
/// Since when it waits, if it comes from another pool's line or is asked again: its place is by that age. Null: it
/// waits from now on.
/// </param>
/// <param name="Moved">Whether another pool's line sent it on: it stays in this one.</param>
[GenerateSerializer, Immutable, Alias("vrs.JoinRequest")]
public sealed record JoinRequest(
    [property: Id(0)] CallId Call,
    [property: Id(1)] SessionId Session,
    [property: Id(2)] PriorityClass Priority,
    [property: Id(3)] ImmutableArray<string> RequiredSkills,
    [property: Id(4)] UserId? Caller = null,
    [property: Id(5)] InterpreterPreference? Preference = null,
    [property: Id(6)] DateTimeOffset? Since = null,
    [property: Id(7)] bool Moved = false);

/// <summary>An interpreter held for one call until she accepts, declines or the deadline falls.</summary>
/// <param name="Interpreter">Who.</param>
/// <param name="Offer">The number of the offer; rises within a pool, and every answer carries it.</param>
/// <param name="Pool">The pool that reserved.</param>
/// <param name="DisplayName">The interpreter's display name.</param>
/// <param name="CaId">Her CA number.</param>
/// <param name="Device">The console's SIP device, where her leg is opened.</param>
/// <param name="AsPreferred">Whether she is as the caller wished; null when nothing was wished for.</param>
[GenerateSerializer, Immutable, Alias("vrs.Reservation")]
public sealed record Reservation(
    [property: Id(0)] InterpreterId Interpreter,
    [property: Id(1)] long Offer,
    [property: Id(2)] PoolId Pool,
    [property: Id(3)] string DisplayName,
    [property: Id(4)] string CaId,
    [property: Id(5)] DeviceId Device,
    [property: Id(6)] bool? AsPreferred = null);

/// <summary>A place in line.</summary>
/// <param name="Position">1 is next.</param>
/// <param name="Waiting">How many wait in the pool.</param>
/// <param name="EstimatedWaitSeconds">Estimate in seconds; null when nothing is known yet.</param>
[GenerateSerializer, Immutable, Alias("vrs.QueuePosition")]
public sealed record QueuePosition(
    [property: Id(0)] int Position,
    [property: Id(1)] int Waiting,
    [property: Id(2)] int? EstimatedWaitSeconds);

/// <summary>An interpreter who is free to serve a pool.</summary>
/// <param name="Interpreter">Who.</param>
/// <param name="Stint">
/// Her number for this stretch of being free; rises, and a message with an older number is stale.
/// </param>
/// <param name="Skills">Her qualifications (<see cref="Qualification"/>); ordinal order.</param>
[GenerateSerializer, Immutable, Alias("vrs.FreeInterpreter")]
public sealed record FreeInterpreter(
    [property: Id(0)] InterpreterId Interpreter,
    [property: Id(1)] long Stint,
    [property: Id(2)] ImmutableArray<string> Skills);

/// <summary>What operators see of a queue.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Version">Rises with every change.</param>
/// <param name="Waiting">Calls in line, those away included.</param>
/// <param name="Reserved">Calls whose interpreter is being asked.</param>
/// <param name="FreeInterpreters">Interpreters free now.</param>
/// <param name="OldestSince">When the longest waiting call joined, or null.</param>
[GenerateSerializer, Immutable, Alias("vrs.QueueView")]
public sealed record QueueView(
    [property: Id(0)] PoolId Pool,
    [property: Id(1)] long Version,
    [property: Id(2)] int Waiting,
    [property: Id(3)] int Reserved,
    [property: Id(4)] int FreeInterpreters,
    [property: Id(5)] DateTimeOffset? OldestSince);
