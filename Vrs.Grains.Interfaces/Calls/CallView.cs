namespace Vrs.Grains.Interfaces.Calls;

/// <summary>What a page may see of a call. Higher <see cref="Version"/> is newer; pages drop what is older.</summary>
/// <param name="Call">The call.</param>
/// <param name="Session">Its Session-ID, for support.</param>
/// <param name="Version">Rises with every change.</param>
/// <param name="Phase">Where it stands.</param>
/// <param name="Direction">Who called whom.</param>
/// <param name="CallerName">The caller's display name.</param>
/// <param name="CallerNumber">The caller's number, or null.</param>
/// <param name="DialedNumber">The number last dialed.</param>
/// <param name="InterpreterName">The interpreter's display name, or null before one accepted.</param>
/// <param name="CaId">The interpreter's CA number, or null.</param>
/// <param name="Pool">The pool it waits in.</param>
/// <param name="Priority">Its class.</param>
/// <param name="Queue">Place in line; null when not waiting.</param>
/// <param name="CallerAway">The caller's connection was lost while waiting; the place is kept.</param>
/// <param name="CalleeStatus">The SIP status that ended the last attempt to reach the callee (486 busy, 408 no
/// answer, 603 declined), or 0.</param>
/// <param name="Legs">The legs, in order of number.</param>
/// <param name="StartedAt">When the caller's INVITE came in.</param>
/// <param name="PhaseSince">When the phase was entered.</param>
/// <param name="Deadline">When the phase's deadline falls, or null.</param>
/// <param name="EndReason">Why it ended, or None.</param>
/// <param name="Colleague">The second interpreter who is sought or there, or null.</param>
/// <param name="ColleagueOutcome">What became of the last one.</param>
/// <param name="MinimumStayEnds">
/// Until when the interpreter's minimum stay lasts (47 CFR 64.604(a)(1)(v)); null before she reached the other party.
/// </param>
/// <param name="CallbackUntil">The caller is called back, if an interpreter is free before then; else null.</param>
/// <param name="Wish">Whom the Deaf person would like to have. Told to her and to operators only; else null.</param>
[GenerateSerializer, Immutable, Alias("vrs.CallView")]
public sealed record CallView(
    [property: Id(0)] CallId Call,
    [property: Id(1)] SessionId Session,
    [property: Id(2)] long Version,
    [property: Id(3)] CallPhase Phase,
    [property: Id(4)] CallDirection Direction,
    [property: Id(5)] string CallerName,
    [property: Id(6)] string? CallerNumber,
    [property: Id(7)] string DialedNumber,
    [property: Id(8)] string? InterpreterName,
    [property: Id(9)] string? CaId,
    [property: Id(10)] PoolId Pool,
    [property: Id(11)] PriorityClass Priority,
    [property: Id(12)] QueuePosition? Queue,
    [property: Id(13)] bool CallerAway,
    [property: Id(14)] int CalleeStatus,
    [property: Id(15)] ImmutableArray<LegView> Legs,
    [property: Id(16)] DateTimeOffset StartedAt,
    [property: Id(17)] DateTimeOffset PhaseSince,
    [property: Id(18)] DateTimeOffset? Deadline,
    [property: Id(19)] EndReason EndReason,
    [property: Id(20)] ColleagueView? Colleague = null,
    [property: Id(21)] ColleagueOutcome ColleagueOutcome = ColleagueOutcome.None,
    [property: Id(22)] DateTimeOffset? MinimumStayEnds = null,
    [property: Id(23)] DateTimeOffset? CallbackUntil = null,
    [property: Id(24)] WishView? Wish = null);

/// <summary>What a page may see of a preference, and of what has become of it.</summary>
/// <param name="Gender">The gender wished for, or null.</param>
/// <param name="Interpreter">The name of the interpreter wished for, or null.</param>
/// <param name="Otherwise">What the caller agreed to if that one does not become free in time.</param>
/// <param name="NobodyElseUntil">Until when nobody else is asked; null when others may be asked at once.</param>
/// <param name="Outcome">What has become of it.</param>
[GenerateSerializer, Immutable, Alias("vrs.WishView")]
public sealed record WishView(
    [property: Id(0)] string? Gender,
    [property: Id(1)] string? Interpreter,
    [property: Id(2)] PreferenceFallback Otherwise,
    [property: Id(3)] DateTimeOffset? NobodyElseUntil,
    [property: Id(4)] WishOutcome Outcome);

/// <summary>What a page may see of a leg.</summary>
/// <param name="Number">The leg's number.</param>
/// <param name="Role">Its part.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Name">Display name of the party at its end.</param>
/// <param name="Colleague">Whether it belongs to the second interpreter's side of the call.</param>
/// <param name="Hold">This party holds the other side of the bridge; null when not.</param>
[GenerateSerializer, Immutable, Alias("vrs.LegView")]
public sealed record LegView(
    [property: Id(0)] int Number,
    [property: Id(1)] LegRole Role,
    [property: Id(2)] LegState State,
    [property: Id(3)] string Name,
    [property: Id(4)] bool Colleague = false,
    [property: Id(5)] HoldView? Hold = null);

/// <summary>What a page may see of a party who put the other side on hold.</summary>
/// <param name="Since">Since when.</param>
/// <param name="IsLong">Whether it has lasted longer than it should.</param>
[GenerateSerializer, Immutable, Alias("vrs.HoldView")]
public sealed record HoldView([property: Id(0)] DateTimeOffset Since, [property: Id(1)] bool IsLong);
