namespace Vrs.Grains.Domain.Queues;

/// <summary>One call in line.</summary>
/// <param name="Call">The call.</param>
/// <param name="Priority">Its class.</param>
/// <param name="Join">Its number in line; kept when an offer comes to nothing.</param>
/// <param name="RequiredSkills">What an interpreter must have; ordinal order.</param>
/// <param name="JoinedAt">Since when it waits; its place in line is by this time.</param>
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
    /// <summary>Who waits; null when a call that is under way looks for an interpreter.</summary>
    public UserId? Caller { get; init; }

    /// <summary>Whom the caller would like to have, and what she agreed to otherwise.</summary>
    public InterpreterPreference? Preference { get; init; }

    /// <summary>Whether only an interpreter as preferred may be asked now.</summary>
    public bool Insists { get; init; }

    /// <summary>When it insists no more; null when it does not, or does for as long as it waits.</summary>
    public DateTimeOffset? InsistsUntil { get; init; }

    /// <summary>
    /// Whether who is being asked is as the caller wished; null when nobody is, or nothing was wished for.
    /// </summary>
    public bool? AsPreferred { get; init; }

    /// <summary>Whether it had to wait before the first interpreter was reserved for it.</summary>
    public bool HasWaited { get; init; }

    /// <summary>When it goes on to the line of another pool; null when it stays.</summary>
    public DateTimeOffset? OverflowAt { get; init; }

    /// <summary>
    /// What an interpreter must have to be asked now. An emergency is not kept waiting for a qualification: what it
    /// requires is a wish.
    /// </summary>
    internal Qualifications Demands => IsUnconditional
        ? Qualifications.Of([])
        : Qualifications.Of(RequiredSkills, Insists ? WishedGender : null);

    /// <summary>The only interpreter who may be asked now; null when others may.</summary>
    internal InterpreterId? Only => Insists && !IsUnconditional ? Preference?.Interpreter : null;

    /// <summary>When time changes something about it; null when only events do.</summary>
    internal DateTimeOffset? Due => Place switch
    {
        Place.Held => HeldUntil,
        Place.Waiting => Earlier(Earlier(InsistsUntil, OverflowAt), FirstPauseEnd),
        _ => null,
    };

    private bool IsUnconditional => Priority is PriorityClass.Emergency;

    private string? WishedGender => Preference?.Gender is { } gender ? Qualification.Gender(gender) : null;

    private DateTimeOffset? FirstPauseEnd
    {
        get
        {
            DateTimeOffset? first = null;
            foreach (var pause in Pauses)
            {
                first = Earlier(first, pause.Until);
            }

            return first;
        }
    }

    /// <summary>Whether this interpreter may be asked for it now.</summary>
    /// <param name="interpreter">Who.</param>
    /// <param name="now">The time.</param>
    public bool MayAsk(InterpreterId interpreter, DateTimeOffset now)
    {
        foreach (var pause in Pauses)
        {
            if (pause.Interpreter == interpreter && pause.Until > now)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>How many of its wishes an interpreter with these qualifications leaves open, her name aside.</summary>
    /// <param name="offered">What she has.</param>
    internal int Unmet(Qualifications offered)
    {
        var unmet = WishedGender is { } gender && !offered.Has(gender) ? 1 : 0;
        return IsUnconditional ? unmet + RequiredSkills.Count(word => !offered.Has(word)) : unmet;
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other : one;
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
/// <param name="Told">The last offer of hers that a call was told of; letting her go is that call's business.</param>
public sealed record Candidate(
    InterpreterId Interpreter,
    long Stint,
    bool Free,
    long FreeSince,
    ImmutableArray<string> Skills,
    long Told = 0)
{
    /// <summary>The same as a set.</summary>
    internal Qualifications Qualifications => Queues.Qualifications.Of(Skills);

    /// <summary>Her place among the free.</summary>
    internal IdleKey Key => new(FreeSince, Interpreter);
}

/// <summary>The place of a call that was given up, kept for its caller.</summary>
/// <param name="JoinedAt">Since when she has waited.</param>
/// <param name="Join">Her number in line.</param>
/// <param name="Until">Until when she may take it again.</param>
public sealed record AbandonedPlace(DateTimeOffset JoinedAt, long Join, DateTimeOffset Until);
