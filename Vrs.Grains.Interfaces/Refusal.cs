namespace Vrs.Grains.Interfaces;

/// <summary>A well-formed request that was said no to, and why. Null where a method returns it means yes.</summary>
/// <param name="Reason">The reason, from a closed set.</param>
/// <param name="Detail">One plain sentence for the person or peer who asked.</param>
/// <param name="RetryAfter">When it is worth asking again; null when that is not known.</param>
[GenerateSerializer, Immutable, Alias("vrs.Refusal")]
public sealed record Refusal(
    [property: Id(0)] RefusalReason Reason,
    [property: Id(1)] string Detail,
    [property: Id(2)] TimeSpan? RetryAfter = null);

/// <summary>Every reason to say no. <c>RefusalStatus</c> in the gateway maps each to SIP and HTTP.</summary>
[GenerateSerializer, Alias("vrs.RefusalReason")]
public enum RefusalReason
{
    /// <summary>The thing asked for does not exist (any more).</summary>
    NotFound,

    /// <summary>The number is assigned to nobody and no trunk reaches it.</summary>
    UnknownNumber,

    /// <summary>The answer or command names an offer, leg or state that is no longer current.</summary>
    Stale,

    /// <summary>The state of the call, interpreter or queue does not allow this now.</summary>
    WrongState,

    /// <summary>The account's role may not do this, or the call belongs to somebody else.</summary>
    Forbidden,

    /// <summary>The device has no live flow.</summary>
    Unreachable,

    /// <summary>The party is already in a call.</summary>
    Busy,

    /// <summary>A bound was reached; try later.</summary>
    Overloaded,

    /// <summary>The interpreter's console has no registered SIP device, so it could not take a call.</summary>
    ConsoleNotReady,

    /// <summary>The service for this language pair is closed at this hour.</summary>
    Closed,
}
