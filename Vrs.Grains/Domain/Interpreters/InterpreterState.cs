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

    /// <summary>The console she signed in at; null when she named none and works at whichever is newest.</summary>
    public DeviceId? Seat { get; init; }

    /// <summary>Her consoles that are connected for calls, the newest last.</summary>
    public ImmutableArray<DeviceId> Live { get; init; } = [];

    /// <summary>Rises each time she becomes free.</summary>
    public long Stint { get; init; }

    /// <summary>The offer she holds, or the one whose call she serves.</summary>
    public HeldOffer? Held { get; init; }

    /// <summary>Why she is on a break; null when she is not, or has not said.</summary>
    public BreakKind? BreakKind { get; init; }

    /// <summary>What she added to it in her own words, or null.</summary>
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

    /// <summary>Since when she works without a break; null while she rests or is not at work.</summary>
    public DateTimeOffset? WorksSince { get; init; }

    /// <summary>Rises with each stretch of work without a break.</summary>
    public long Stretch { get; init; }

    /// <summary>She was told in this stretch that a break is due.</summary>
    public bool BreakIsDue { get; init; }

    /// <summary>The device that her calls come to; null when it is not connected.</summary>
    [JsonIgnore]
    public DeviceId? Console =>
        Seat is { } seat ? (Live.Contains(seat) ? seat : null) : Live is [.., var newest] ? newest : null;

    [JsonIgnore]
    public bool IsReady => Console is not null;

    /// <summary>She serves a call at a console that is not connected.</summary>
    [JsonIgnore]
    public bool IsAway => Held is { Console: { } serving } && !Live.Contains(serving);

    /// <summary>When she is to be told that a break is due; null when she need not be.</summary>
    [JsonIgnore]
    public DateTimeOffset? BreakDueAt =>
        BreakIsDue || Limits.BreakDueAfter == TimeSpan.Zero ? null : WorksSince + Limits.BreakDueAfter;

    /// <summary>When something falls due next, or null.</summary>
    [JsonIgnore]
    public DateTimeOffset? NextDue => Deadline is null || BreakDueAt < Deadline ? BreakDueAt ?? Deadline : Deadline;

    /// <summary>How far wrap-up can be extended; null when she is not in wrap-up.</summary>
    [JsonIgnore]
    public DateTimeOffset? LatestWrapUp =>
        Status is InterpreterStatus.WrapUp ? Since + Limits.LongestWrapUp : null;

    /// <summary>Whether she holds, or serves under, the offer of this number.</summary>
    /// <param name="call">The call.</param>
    /// <param name="offer">The offer's number.</param>
    public bool Holds(CallId call, long offer) => Held is { } held && held.Call == call && held.Offer == offer;

    /// <summary>The answer to the queue that reserved her; null when she does not hold that offer.</summary>
    /// <param name="call">The call.</param>
    /// <param name="offer">The offer's number.</param>
    public Reservation? ReservationFor(CallId call, long offer) =>
        Holds(call, offer) && Profile is { } profile && (Held!.Console ?? Console) is { } console
            ? new Reservation(Interpreter, offer, Held.Pool, profile.DisplayName, profile.CaId, console)
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
        MissedOffers,
        Seat,
        BreakKind,
        LastDeadline,
        LatestWrapUp,
        BreakIsDue ? WorksSince + Limits.BreakDueAfter : null);
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
/// <param name="Console">The console that the call comes to.</param>
public sealed record HeldOffer(CallId Call, long Offer, PoolId Pool, DeviceId? Console = null);

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

    /// <summary>How long her own words about a break may be, in characters.</summary>
    public const int BreakNoteLengthMax = 100;

    /// <summary>How much longer wrap-up lasts each time she asks for it.</summary>
    public TimeSpan WrapUpExtension { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest wrap-up with all extensions.</summary>
    public TimeSpan LongestWrapUp { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Work without a break before she and the operators are told; zero tells nobody.</summary>
    public TimeSpan BreakDueAfter { get; init; } = TimeSpan.FromHours(2);
}
