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

    /// <summary>When the pool takes calls, and where they go that wait too long.</summary>
    public PoolService Service { get; init; } = PoolService.Alone;

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

    /// <summary>How fast calls that waited were served lately, oldest first.</summary>
    public ImmutableArray<ServedInterval> Served { get; init; } = [];

    /// <summary>Places that were given up a moment ago, by account; bounded.</summary>
    public ImmutableDictionary<UserId, AbandonedPlace> Abandoned { get; init; } =
        ImmutableDictionary<UserId, AbandonedPlace>.Empty;

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

/// <summary>Bounds of a queue.</summary>
/// <param name="MaxWaiting">How many calls may stand in line; emergencies are exempt.</param>
/// <param name="ReofferPause">How long an interpreter is not asked again for a call she let pass.</param>
/// <param name="LongestHold">
/// How long a place is held; the call itself gives up sooner, so this is for news of it that was lost.
/// </param>
/// <param name="RedialWithin">How long a caller who gave up may take her place again by calling again.</param>
public sealed record QueueLimits(int MaxWaiting, TimeSpan ReofferPause, TimeSpan LongestHold, TimeSpan RedialWithin)
{
    /// <summary>How many given-up places are remembered; the oldest is forgotten for one more.</summary>
    public const int MaxAbandoned = 1_000;

    /// <summary>The bounds of the architecture.</summary>
    public static QueueLimits Default { get; } =
        new(10_000, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(60));
}
