using System.Text.Json.Serialization;

namespace Vrs.Grains.Domain.Calls;

/// <summary>Everything the call machine knows. Immutable, stored as JSON; no SDP, no content.</summary>
public sealed record CallState
{
    public CallId Call { get; init; }

    public CallPhase Phase { get; init; }

    /// <summary>Rises with every step.</summary>
    public long Version { get; init; }

    public SessionId Session { get; init; }

    public CallDirection Direction { get; init; }

    /// <summary>Who calls; null only before the call began.</summary>
    public Party? Caller { get; init; }

    /// <summary>The number last dialed, E.164.</summary>
    public string DialedNumber { get; init; } = "";

    public PoolId Pool { get; init; }

    public PriorityClass Priority { get; init; } = PriorityClass.Standard;

    public ImmutableArray<string> RequiredSkills { get; init; } = [];

    /// <summary>Whom the caller would like to have, and what she agreed to otherwise; null for anyone.</summary>
    public InterpreterPreference? Preference { get; init; }

    /// <summary>The URL through which the call was initiated, for the record.</summary>
    public string Url { get; init; } = "";

    public CallDeadlines Limits { get; init; } = CallDeadlines.Default;

    /// <summary>Legs that are not over, in order of number.</summary>
    public ImmutableArray<Leg> Legs { get; init; } = [];

    public int LastLeg { get; init; }

    /// <summary>The interpreter who is asked for, or serves, this call.</summary>
    public Reservation? Interpreter { get; init; }

    /// <summary>
    /// The number of the last reservation that the queue of this pool told. It tells one no twice: an old one that
    /// comes again, or late, is of an interpreter who may have been let go since.
    /// </summary>
    public long LastOffer { get; init; }

    /// <summary>The same of other pools in whose lines it stood.</summary>
    public ImmutableArray<ToldOffer> ToldElsewhere { get; init; } = [];

    /// <summary>Whether she accepted.</summary>
    public bool Accepted { get; init; }

    /// <summary>When she reached the other party: her minimum stay counts from then. Null before.</summary>
    public DateTimeOffset? ReachedAt { get; init; }

    /// <summary>The second interpreter who is sought or there, or null.</summary>
    public Colleague? Colleague { get; init; }

    /// <summary>What became of the last one.</summary>
    public ColleagueOutcome ColleagueOutcome { get; init; }

    public ImmutableArray<ArmedDeadline> Deadlines { get; init; } = [];

    public long LastDeadline { get; init; }

    /// <summary>Place in line as last told; null when not waiting.</summary>
    public QueuePosition? Position { get; init; }

    /// <summary>The caller's connection was lost while waiting; her place is kept.</summary>
    public bool CallerAway { get; init; }

    /// <summary>The SIP status that ended the last attempt to reach the callee, or 0.</summary>
    public int CalleeStatus { get; init; }

    /// <summary>
    /// The best final status so far of the devices that did not take the attempt that is under way, or 0.
    /// </summary>
    public int BestRejection { get; init; }

    /// <summary>The caller waits without a leg and is called back; null when not.</summary>
    public Callback? Callback { get; init; }

    /// <summary>Interpreters whose leg could not be set up, in this call.</summary>
    public int FailedSetups { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset PhaseSince { get; init; }

    public CallFacts Facts { get; init; } = new();

    public EndReason EndReason { get; init; }

    /// <summary>An interpreter has answered: the call left the line, and is not abandoned when it ends.</summary>
    [JsonIgnore]
    public bool WasServed => Facts.AnsweredAt is not null;

    /// <summary>
    /// The class in which it stands in line for a purpose that has one of its own: nothing puts an emergency behind
    /// (47 CFR 9.14(b)(2)(ii)).
    /// </summary>
    public PriorityClass InLineAs(PriorityClass purpose) => Priority < purpose ? Priority : purpose;

    /// <summary>In which line it stands, or would: that where a second interpreter is sought, else its own.</summary>
    [JsonIgnore]
    public PoolId Line => Colleague?.Pool ?? Pool;

    [JsonIgnore]
    public bool IsOver => Phase is CallPhase.Ended;

    /// <summary>The live leg of this number, or null.</summary>
    /// <param name="number">The leg's number.</param>
    public Leg? FindLeg(int number) => Legs.FirstOrDefault(leg => leg.Number == number);

    /// <summary>The newest live leg of this role on the serving interpreter's side, or null.</summary>
    /// <param name="role">The role.</param>
    public Leg? FindLeg(LegRole role) => FindLeg(role, colleague: false);

    /// <summary>The newest live leg of this role on one interpreter's side, or null.</summary>
    /// <param name="role">The role.</param>
    /// <param name="colleague">Whether on the second interpreter's side.</param>
    public Leg? FindLeg(LegRole role, bool colleague) =>
        Legs.LastOrDefault(leg => leg.Role == role && leg.Colleague == colleague);

    /// <summary>The number of the last reservation that this pool's queue told.</summary>
    /// <param name="pool">Which.</param>
    public long LastOfferOf(PoolId pool) => pool == Pool
        ? LastOffer
        : ToldElsewhere.FirstOrDefault(told => told.Pool == pool)?.Offer ?? 0;

    /// <summary>The running deadline of this kind, or null.</summary>
    /// <param name="kind">The kind.</param>
    public ArmedDeadline? FindDeadline(DeadlineKind kind) => Deadlines.FirstOrDefault(armed => armed.Kind == kind);
}

/// <summary>What the call record will say besides the state itself.</summary>
public sealed record CallFacts
{
    /// <summary>When the first interpreter answered: the call was answered and the session began.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    public DateTimeOffset? ConversationStart { get; init; }

    public DateTimeOffset? ConversationEnd { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>CA ids of everybody who served, in order.</summary>
    public ImmutableArray<string> CaIds { get; init; } = [];

    /// <summary>The number last dialed by the interpreter.</summary>
    public string? OutboundNumber { get; init; }

    /// <summary>The address of the device that was reached.</summary>
    public string? OutboundAddress { get; init; }

    public UserId? Callee { get; init; }

    /// <summary>Whether anybody served who was not as the caller wished.</summary>
    public bool ServedOtherwise { get; init; }

    /// <summary>How often the interpreter was relieved, losses not counted.</summary>
    public int Reliefs { get; init; }

    /// <summary>How many of those came before her minimum stay was over.</summary>
    public int EarlyReliefs { get; init; }

    /// <summary>How often relief was asked for before then, whatever came of it.</summary>
    public int EarlyRequests { get; init; }
}

/// <summary>The second interpreter of a call: she relieves the first, or supports her.</summary>
/// <param name="Purpose">What for.</param>
/// <param name="Stage">How far she has come.</param>
/// <param name="Interpreter">Who; null while one is sought.</param>
/// <param name="Since">When she was asked for.</param>
/// <param name="Early">Whether that was before the first one's minimum stay was over.</param>
/// <param name="Pool">In whose line she is sought, or was found; null is the call's own.</param>
public sealed record Colleague(
    ColleaguePurpose Purpose,
    ColleagueStage Stage,
    Reservation? Interpreter,
    DateTimeOffset Since,
    bool Early,
    PoolId? Pool = null);

/// <summary>The number of the last reservation that a pool's queue told.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Offer">The number.</param>
public sealed record ToldOffer(PoolId Pool, long Offer);

/// <summary>One live leg.</summary>
/// <param name="Number">From 1, never used twice.</param>
/// <param name="Role">Its part in the call.</param>
/// <param name="State">Where it stands.</param>
/// <param name="User">Whose device carries it.</param>
/// <param name="Device">The device; null until the registration chose one.</param>
/// <param name="Name">Display name of the party.</param>
/// <param name="Dialog">Its dialog; null until there is one.</param>
/// <param name="Opened">Whether we opened it; else the device did.</param>
/// <param name="TakesOver">The number of the leg it replaces, or 0.</param>
/// <param name="Grace">When it was interrupted: the deadline for its connection to come back.</param>
/// <param name="Address">The IP address of a called device, for the record; null when not known.</param>
/// <param name="Colleague">Whether it belongs to the second interpreter's side of the call.</param>
/// <param name="Hold">Its device has put the other side of the bridge on hold.</param>
public sealed record Leg(
    int Number,
    LegRole Role,
    LegState State,
    UserId User,
    DeviceId? Device,
    string Name,
    DialogState? Dialog,
    bool Opened,
    int TakesOver = 0,
    LegGrace? Grace = null,
    string? Address = null,
    bool Colleague = false,
    LegHold? Hold = null);

/// <summary>The promise to call a waiting caller back.</summary>
/// <param name="Since">When it was given.</param>
/// <param name="Until">When it is given up.</param>
/// <param name="Missed">Whether none of her devices was there once; the second time ends the call.</param>
public sealed record Callback(DateTimeOffset Since, DateTimeOffset Until, bool Missed = false);

/// <summary>A device holds the other side. It does not end by itself: when it lasts, somebody is told.</summary>
/// <param name="Number">The number of the deadline.</param>
/// <param name="Since">Since when.</param>
/// <param name="Due">When it has lasted too long.</param>
/// <param name="IsLong">Whether that was told.</param>
public sealed record LegHold(long Number, DateTimeOffset Since, DateTimeOffset Due, bool IsLong = false);

/// <summary>The grace of an interrupted leg.</summary>
/// <param name="Number">The deadline's number.</param>
/// <param name="Due">When the leg is given up.</param>
public sealed record LegGrace(long Number, DateTimeOffset Due);
