using System.Text.Json.Serialization;

namespace Vrs.Grains.Domain.Interpreters;

/// <summary>Everything the interpreter machine knows. Immutable, stored as JSON.</summary>
public sealed record InterpreterState
{
    public InterpreterId Interpreter { get; init; }

    public InterpreterStatus Status { get; init; } = InterpreterStatus.SignedOut;

    /// <summary>Rises with every step.</summary>
    public long Version { get; init; }

    /// <summary>Name, CA number, pools and skills as they were when she signed in; null before.</summary>
    public InterpreterProfile? Profile { get; init; }

    public InterpreterLimits Limits { get; init; } = InterpreterLimits.Default;

    /// <summary>Her console's SIP device; null when none is registered.</summary>
    public DeviceId? Console { get; init; }

    /// <summary>Rises each time she becomes free.</summary>
    public long Stint { get; init; }

    /// <summary>The offer she holds, or the one whose call she serves.</summary>
    public HeldOffer? Held { get; init; }

    public string? BreakReason { get; init; }

    /// <summary>Offers missed in a row.</summary>
    public int MissedOffers { get; init; }

    /// <summary>While lost: what she returns to when her console is back in time.</summary>
    public InterpreterStatus ReturnsTo { get; init; }

    public DateTimeOffset Since { get; init; }

    /// <summary>When wrap-up, grace or hold ends by itself.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Rises with every deadline; one with an old number is ignored.</summary>
    public long LastDeadline { get; init; }

    [JsonIgnore]
    public bool IsReady => Console is not null;

    /// <summary>Whether she holds, or serves under, the offer of this number.</summary>
    /// <param name="call">The call.</param>
    /// <param name="offer">The offer's number.</param>
    public bool Holds(CallId call, long offer) => Held is { } held && held.Call == call && held.Offer == offer;

    /// <summary>The answer to the queue that reserved her; null when she does not hold that offer.</summary>
    /// <param name="call">The call.</param>
    /// <param name="offer">The offer's number.</param>
    public Reservation? ReservationFor(CallId call, long offer) =>
        Holds(call, offer) && Profile is { } profile && Console is { } console
            ? new Reservation(Interpreter, offer, Held!.Pool, profile.DisplayName, profile.CaId, console)
            : null;

    /// <summary>What consoles and operators see; null before she ever signed in.</summary>
    public InterpreterView? View() => Profile is not { } profile ? null : new InterpreterView(
        Interpreter,
        Version,
        profile.DisplayName,
        profile.CaId,
        Status,
        IsReady,
        BreakReason,
        Held?.Call,
        Since,
        Deadline,
        MissedOffers);
}

/// <summary>Who she is, from her account.</summary>
/// <param name="DisplayName">Her display name.</param>
/// <param name="CaId">Her CA number.</param>
/// <param name="Pools">The pools she serves.</param>
/// <param name="Skills">Her qualifications, ordinal order.</param>
public sealed record InterpreterProfile(
    string DisplayName, string CaId, ImmutableArray<PoolId> Pools, ImmutableArray<string> Skills);

/// <summary>An offer, by the pool that made it.</summary>
/// <param name="Call">The call.</param>
/// <param name="Offer">Its number.</param>
/// <param name="Pool">The pool.</param>
public sealed record HeldOffer(CallId Call, long Offer, PoolId Pool);

/// <summary>How long an interpreter's waits take.</summary>
/// <param name="WrapUp">After a call, before she is available by herself.</param>
/// <param name="Grace">A lost console may take so long to come back.</param>
/// <param name="Hold">A reservation nobody lets go ends by itself; longer than any offer.</param>
/// <param name="MaxMissedOffers">Missed in a row before she is put on break.</param>
public sealed record InterpreterLimits(TimeSpan WrapUp, TimeSpan Grace, TimeSpan Hold, int MaxMissedOffers)
{
    /// <summary>The times of the architecture.</summary>
    public static InterpreterLimits Default { get; } =
        new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(60), 3);
}
