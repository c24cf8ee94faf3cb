using System.Text.Json.Serialization;

namespace Vrs.Grains.Domain.Queues;

/// <summary>Where a call stands in a queue.</summary>
public enum Place
{
    /// <summary>Not in line.</summary>
    None,

    /// <summary>In line.</summary>
    Waiting,

    /// <summary>In line, but its caller is away: nothing is offered.</summary>
    Held,

    /// <summary>An interpreter is being reserved for it.</summary>
    Reserving,

    /// <summary>An interpreter is reserved; the call is asking her.</summary>
    Offered,
}

/// <summary>
/// Everything a queue knows: one pool's waiting calls and free interpreters. Immutable, stored as JSON.
/// </summary>
public sealed record QueueState
{
    private QueueIndex? _index;

    public PoolId Pool { get; init; }

    /// <summary>Rises with every step.</summary>
    public long Version { get; init; }

    public QueueLimits Limits { get; init; } = QueueLimits.Default;

    /// <summary>Every call in line, by id.</summary>
    public ImmutableDictionary<CallId, Ticket> Tickets { get; init; } = ImmutableDictionary<CallId, Ticket>.Empty;

    /// <summary>Every interpreter ever announced, with her latest stint; free or not.</summary>
    public ImmutableDictionary<InterpreterId, Candidate> Candidates { get; init; } =
        ImmutableDictionary<InterpreterId, Candidate>.Empty;

    /// <summary>Numbers given so far: places in line, turns of being free, offers.</summary>
    public long LastJoin { get; init; }

    public long LastFree { get; init; }

    public long LastOffer { get; init; }

    /// <summary>When a call last left the line with an interpreter.</summary>
    public DateTimeOffset? LastServedAt { get; init; }

    /// <summary>Smoothed seconds between two calls being served; null until two were.</summary>
    public double? ServiceInterval { get; init; }

    /// <summary>The sorted view of this state, made once when it is asked for and carried on by changes.</summary>
    [JsonIgnore]
    public QueueIndex Index
    {
        get => _index ??= QueueIndex.Of(Tickets.Values, Candidates.Values);
        init => _index = value;
    }

    public bool Equals(QueueState? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Version.GetHashCode();

    /// <summary>Where the call stands.</summary>
    /// <param name="call">The call.</param>
    public Place PlaceOf(CallId call) => Tickets.TryGetValue(call, out var ticket) ? ticket.Place : Place.None;
}

/// <summary>One call in line.</summary>
/// <param name="Call">The call.</param>
/// <param name="Priority">Its class.</param>
/// <param name="Join">Its number in line; kept when an offer comes to nothing.</param>
/// <param name="RequiredSkills">What an interpreter must have; ordinal order.</param>
/// <param name="JoinedAt">When it joined.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Offer">The number of the offer being made, or 0.</param>
/// <param name="Interpreter">Who is being asked.</param>
/// <param name="Pauses">Who is not asked again, and until when.</param>
/// <param name="HeldUntil">The caller is away; the place is held so long. Null when she is there.</param>
public sealed record Ticket(
    CallId Call,
    PriorityClass Priority,
    long Join,
    ImmutableArray<string> RequiredSkills,
    DateTimeOffset JoinedAt,
    Place Place,
    long Offer,
    InterpreterId? Interpreter,
    ImmutableArray<Pause> Pauses,
    DateTimeOffset? HeldUntil = null)
{
    /// <summary>Whether this interpreter may be asked for it now.</summary>
    /// <param name="interpreter">Who.</param>
    /// <param name="now">The time.</param>
    public bool MayAsk(InterpreterId interpreter, DateTimeOffset now) =>
        !Pauses.Any(pause => pause.Interpreter == interpreter && pause.Until > now);
}

/// <summary>An interpreter who let an offer pass is not asked for the same call again for a while.</summary>
/// <param name="Interpreter">Who.</param>
/// <param name="Until">Until when.</param>
public sealed record Pause(InterpreterId Interpreter, DateTimeOffset Until);

/// <summary>One interpreter as the queue knows her.</summary>
/// <param name="Interpreter">Who.</param>
/// <param name="Stint">Her latest stretch of being free; older news is stale.</param>
/// <param name="Free">Whether she is free now.</param>
/// <param name="FreeSince">The number under which she became free: lower is longer idle.</param>
/// <param name="Skills">Her qualifications; ordinal order.</param>
public sealed record Candidate(
    InterpreterId Interpreter, long Stint, bool Free, long FreeSince, ImmutableArray<string> Skills);

/// <summary>Bounds of a queue.</summary>
/// <param name="MaxWaiting">How many calls may stand in line; emergencies are exempt.</param>
/// <param name="ReofferPause">How long an interpreter is not asked again for a call she let pass.</param>
/// <param name="LongestHold">
/// How long a place is held; the call itself gives up sooner, so this is for news of it that was lost.
/// </param>
public sealed record QueueLimits(int MaxWaiting, TimeSpan ReofferPause, TimeSpan LongestHold)
{
    /// <summary>The bounds of the architecture.</summary>
    public static QueueLimits Default { get; } = new(10_000, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(15));
}
