namespace Vrs.Grains.Domain.Calls;

/// <summary>What a call waits for. Every phase but the conversation itself has a deadline.</summary>
public enum DeadlineKind
{
    /// <summary>Received: the queue must have taken the call.</summary>
    Admission,

    /// <summary>Queued: the longest wait for an interpreter.</summary>
    Wait,

    /// <summary>Queued and the caller is away: how long her place is held.</summary>
    Hold,

    /// <summary>An interpreter is being asked.</summary>
    Offer,

    /// <summary>The interpreter accepted: her leg (and the caller's, after a recovery) must come up.</summary>
    Setup,

    /// <summary>Connected, nothing dialed.</summary>
    Idle,

    /// <summary>Connected after the other party hung up: time to dial again.</summary>
    Redial,

    /// <summary>The other party is being called.</summary>
    Ring,

    /// <summary>Another interpreter must be found.</summary>
    Recovery,

    /// <summary>Queued with a promised callback: how long it waits.</summary>
    Callback,

    /// <summary>An interpreter is there, and the caller's devices ring.</summary>
    CallbackRing,

    /// <summary>A second interpreter is being sought.</summary>
    Colleague,

    /// <summary>A second interpreter is being asked.</summary>
    ColleagueOffer,

    /// <summary>A second interpreter accepted: she must join, and take over the other party if she relieves.</summary>
    ColleagueSetup,
}

/// <summary>
/// How long a call waits for what. Fixed when the call starts, so that a change of options meets no live call.
/// </summary>
/// <param name="Admission">Until the queue must have taken the call.</param>
/// <param name="Wait">The longest wait; an emergency call takes its place again instead of giving up.</param>
/// <param name="Hold">How long the place of a caller who lost her connection is held.</param>
/// <param name="Offer">How long an interpreter is asked.</param>
/// <param name="Setup">How long the interpreter's leg may take.</param>
/// <param name="Idle">How long caller and interpreter may stay connected without dialing.</param>
/// <param name="Redial">How long they may after the other party hung up.</param>
/// <param name="Ring">How long the other party's device may ring (RFC 9248 section 5.2.1: at least 3 minutes).</param>
/// <param name="Recovery">How long another interpreter is sought.</param>
/// <param name="Grace">How long a lost connection may take to come back.</param>
public sealed record CallDeadlines(
    TimeSpan Admission,
    TimeSpan Wait,
    TimeSpan Hold,
    TimeSpan Offer,
    TimeSpan Setup,
    TimeSpan Idle,
    TimeSpan Redial,
    TimeSpan Ring,
    TimeSpan Recovery,
    TimeSpan Grace)
{
    /// <summary>How long a second interpreter is sought.</summary>
    public TimeSpan Colleague { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How long an interpreter should stay after she reached the other party (47 CFR 64.604(a)(1)(v)): relief before
    /// then warns and is recorded. Zero for no such rule.
    /// </summary>
    public TimeSpan MinimumStay { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a promised callback waits for an interpreter.</summary>
    public TimeSpan Callback { get; init; } = TimeSpan.FromHours(2);

    /// <summary>
    /// How long the devices of a caller ring who is called back. The interpreter's offer waits meanwhile, so less than
    /// the 32 s after which a 2xx without ACK is given up (RFC 3261 section 13.3.1.4).
    /// </summary>
    public TimeSpan CallbackRing { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>How long one party may hold another before the interpreter is warned.</summary>
    public TimeSpan LongHold { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>The times of the architecture.</summary>
    public static CallDeadlines Default { get; } = new(
        Admission: TimeSpan.FromSeconds(5),
        Wait: TimeSpan.FromMinutes(30),
        Hold: TimeSpan.FromSeconds(60),
        Offer: TimeSpan.FromSeconds(15),
        Setup: TimeSpan.FromSeconds(10),
        Idle: TimeSpan.FromMinutes(10),
        Redial: TimeSpan.FromSeconds(60),
        Ring: TimeSpan.FromSeconds(180),
        Recovery: TimeSpan.FromSeconds(60),
        Grace: TimeSpan.FromSeconds(20));

    /// <summary>The time of one kind of deadline.</summary>
    /// <param name="kind">Which.</param>
    public TimeSpan For(DeadlineKind kind) => kind switch
    {
        DeadlineKind.Admission => Admission,
        DeadlineKind.Wait => Wait,
        DeadlineKind.Hold => Hold,
        DeadlineKind.Offer => Offer,
        DeadlineKind.Setup => Setup,
        DeadlineKind.Idle => Idle,
        DeadlineKind.Redial => Redial,
        DeadlineKind.Ring => Ring,
        DeadlineKind.Recovery => Recovery,
        DeadlineKind.Callback => Callback,
        DeadlineKind.CallbackRing => CallbackRing,
        DeadlineKind.Colleague => Colleague,
        DeadlineKind.ColleagueOffer => Offer,
        DeadlineKind.ColleagueSetup => Setup,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}

/// <summary>
/// A deadline that is running. Nothing is ever cancelled: one with an old number is ignored when it falls.
/// </summary>
/// <param name="Kind">What for.</param>
/// <param name="Number">Rises within a call.</param>
/// <param name="Due">When it falls.</param>
public sealed record ArmedDeadline(DeadlineKind Kind, long Number, DateTimeOffset Due)
{
    /// <summary>Whether it is about the second interpreter, and so outlives the phase of the call.</summary>
    public bool IsColleagues =>
        Kind is DeadlineKind.Colleague or DeadlineKind.ColleagueOffer or DeadlineKind.ColleagueSetup;
}
