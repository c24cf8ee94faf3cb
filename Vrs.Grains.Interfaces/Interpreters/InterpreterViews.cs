namespace Vrs.Grains.Interfaces.Interpreters;

/// <summary>What a console or operator sees of an interpreter.</summary>
/// <param name="Interpreter">Who.</param>
/// <param name="Version">Rises with every change.</param>
/// <param name="DisplayName">Her display name.</param>
/// <param name="CaId">Her CA number.</param>
/// <param name="Status">What she is doing.</param>
/// <param name="ConsoleReady">Whether her console's SIP device is registered.</param>
/// <param name="BreakReason">Her own words about her break, or null.</param>
/// <param name="Call">The call she is reserved for or serving, or null.</param>
/// <param name="Since">Since when she is in this status.</param>
/// <param name="Deadline">When wrap-up or grace ends by itself, or null.</param>
/// <param name="MissedOffers">Offers missed in a row.</param>
/// <param name="Console">The console she signed in at; null when she named none.</param>
/// <param name="BreakKind">Why she is on break, or null.</param>
/// <param name="DeadlineNumber">The number of the deadline; whoever extends it must name it.</param>
/// <param name="LatestWrapUp">How far wrap-up can be extended, or null.</param>
/// <param name="BreakDueSince">Since when a break is due that she has not taken, or null.</param>
[GenerateSerializer, Immutable, Alias("vrs.InterpreterView")]
public sealed record InterpreterView(
    [property: Id(0)] InterpreterId Interpreter,
    [property: Id(1)] long Version,
    [property: Id(2)] string DisplayName,
    [property: Id(3)] string CaId,
    [property: Id(4)] InterpreterStatus Status,
    [property: Id(5)] bool ConsoleReady,
    [property: Id(6)] string? BreakReason,
    [property: Id(7)] CallId? Call,
    [property: Id(8)] DateTimeOffset Since,
    [property: Id(9)] DateTimeOffset? Deadline,
    [property: Id(10)] int MissedOffers,
    [property: Id(11)] DeviceId? Console = null,
    [property: Id(12)] BreakKind? BreakKind = null,
    [property: Id(13)] long DeadlineNumber = 0,
    [property: Id(14)] DateTimeOffset? LatestWrapUp = null,
    [property: Id(15)] DateTimeOffset? BreakDueSince = null);

/// <summary>An offer on an interpreter's console.</summary>
/// <param name="Call">The call.</param>
/// <param name="Offer">The offer's number; the answer must carry it.</param>
/// <param name="Session">The call's Session-ID.</param>
/// <param name="Direction">Who calls whom.</param>
/// <param name="CallerName">The caller's display name.</param>
/// <param name="DialedNumber">The number dialed.</param>
/// <param name="Pool">Which language pair.</param>
/// <param name="Priority">The call's class.</param>
/// <param name="WaitedSeconds">How long the caller has waited, in seconds.</param>
/// <param name="Deadline">When the offer lapses.</param>
/// <param name="Purpose">What for, when another interpreter serves the call already; else null.</param>
/// <param name="Colleague">The display name of that interpreter, or null.</param>
/// <param name="CallSeconds">How long that interpreter has served the call, in seconds.</param>
/// <param name="AsOf">The version of her status when she was asked: a word of an older one knows nothing of it.</param>
[GenerateSerializer, Immutable, Alias("vrs.OfferView")]
public sealed record OfferView(
    [property: Id(0)] CallId Call,
    [property: Id(1)] long Offer,
    [property: Id(2)] SessionId Session,
    [property: Id(3)] CallDirection Direction,
    [property: Id(4)] string CallerName,
    [property: Id(5)] string DialedNumber,
    [property: Id(6)] PoolId Pool,
    [property: Id(7)] PriorityClass Priority,
    [property: Id(8)] int WaitedSeconds,
    [property: Id(9)] DateTimeOffset Deadline,
    [property: Id(10)] ColleaguePurpose? Purpose = null,
    [property: Id(11)] string? Colleague = null,
    [property: Id(12)] int CallSeconds = 0,
    [property: Id(13)] long AsOf = 0);

/// <summary>Why an interpreter is let go from a call.</summary>
[GenerateSerializer, Alias("vrs.ReleaseReason")]
public enum ReleaseReason
{
    /// <summary>The caller gave up, or the offer came too late for the call.</summary>
    Withdrawn,

    /// <summary>The offer's deadline fell: counts as missed.</summary>
    Missed,

    /// <summary>The call could not be connected to her console.</summary>
    SetupFailed,

    /// <summary>She served the call and it is over, or another took it over: wrap-up follows.</summary>
    Served,
}
