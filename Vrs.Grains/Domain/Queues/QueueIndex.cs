namespace Vrs.Grains.Domain.Queues;

/// <summary>
/// The waiting calls and the free interpreters, each sorted by a total order and grouped by skills: a decision looks at
/// the head of a few groups, never at everybody. Immutable; a change costs O(log n).
/// </summary>
public sealed record QueueIndex
{
    private static readonly QueueIndex Empty = new();

    /// <summary>Waiting calls in the order in which they are served, grouped by what they require.</summary>
    internal ImmutableSortedDictionary<SkillSet, ImmutableSortedSet<WaitingKey>> Waiting { get; private init; } =
        ImmutableSortedDictionary<SkillSet, ImmutableSortedSet<WaitingKey>>.Empty;

    /// <summary>Free interpreters, longest idle first, grouped by their skills.</summary>
    internal ImmutableSortedDictionary<SkillSet, ImmutableSortedSet<IdleKey>> Idle { get; private init; } =
        ImmutableSortedDictionary<SkillSet, ImmutableSortedSet<IdleKey>>.Empty;

    /// <summary>How many calls can be offered.</summary>
    public int WaitingCount { get; private init; }

    /// <summary>How many interpreters are free.</summary>
    public int IdleCount { get; private init; }

    /// <summary>The index of these tickets and candidates.</summary>
    /// <param name="tickets">All tickets; those that wait are indexed.</param>
    /// <param name="candidates">All candidates; those who are free are indexed.</param>
    public static QueueIndex Of(IEnumerable<Ticket> tickets, IEnumerable<Candidate> candidates) =>
        candidates.Aggregate(
            tickets.Aggregate(Empty, (index, ticket) => index.Change(null, ticket)),
            (index, candidate) => index.Change(null, candidate));

    internal QueueIndex Change(Ticket? before, Ticket? after)
    {
        var waiting = Waiting;
        var count = WaitingCount;
        if (before is { Place: Place.Waiting })
        {
            var key = new SkillSet(before.RequiredSkills);
            var rest = waiting[key].Remove(WaitingKey.Of(before));
            waiting = rest.IsEmpty ? waiting.Remove(key) : waiting.SetItem(key, rest);
            count--;
        }

        if (after is { Place: Place.Waiting })
        {
            var key = new SkillSet(after.RequiredSkills);
            waiting = waiting.SetItem(
                key, waiting.GetValueOrDefault(key, ImmutableSortedSet<WaitingKey>.Empty).Add(WaitingKey.Of(after)));
            count++;
        }

        return this with { Waiting = waiting, WaitingCount = count };
    }

    internal QueueIndex Change(Candidate? before, Candidate? after)
    {
        var idle = Idle;
        var count = IdleCount;
        if (before is { Free: true })
        {
            var key = new SkillSet(before.Skills);
            var rest = idle[key].Remove(new IdleKey(before.FreeSince, before.Interpreter));
            idle = rest.IsEmpty ? idle.Remove(key) : idle.SetItem(key, rest);
            count--;
        }

        if (after is { Free: true })
        {
            var key = new SkillSet(after.Skills);
            idle = idle.SetItem(
                key,
                idle.GetValueOrDefault(key, ImmutableSortedSet<IdleKey>.Empty)
                    .Add(new IdleKey(after.FreeSince, after.Interpreter)));
            count++;
        }

        return this with { Idle = idle, IdleCount = count };
    }
}

/// <summary>A set of skills in ordinal order, comparable by its text.</summary>
internal readonly record struct SkillSet(ImmutableArray<string> Skills) : IComparable<SkillSet>
{
    public int CompareTo(SkillSet other) => string.CompareOrdinal(Text, other.Text);

    private string Text => string.Join('\n', Skills);

    /// <summary>Whether somebody with these skills has all of the required ones.</summary>
    public bool Covers(SkillSet required) => required.Skills.All(Skills.Contains);
}

/// <summary>
/// The order in which calls are served: emergencies ahead of all (47 CFR 9.14(b)(2)(ii)); the other classes by their
/// number in line less a head start. The head start is bounded, so a standard call is overtaken by so many later ones
/// and no more: ageing in numbers, without a clock.
/// </summary>
internal readonly record struct WaitingKey(int Rank, long Order, long Join, CallId Call) : IComparable<WaitingKey>
{
    public static WaitingKey Of(Ticket ticket) => new(
        ticket.Priority is PriorityClass.Emergency ? 0 : 1,
        ticket.Join - HeadStart(ticket.Priority),
        ticket.Join,
        ticket.Call);

    public int CompareTo(WaitingKey other)
    {
        var byRank = Rank.CompareTo(other.Rank);
        var byOrder = byRank != 0 ? byRank : Order.CompareTo(other.Order);
        var byJoin = byOrder != 0 ? byOrder : Join.CompareTo(other.Join);
        return byJoin != 0 ? byJoin : string.CompareOrdinal(Call.Value, other.Call.Value);
    }

    /// <summary>How many calls that joined before it a call of this class may overtake.</summary>
    internal static long HeadStart(PriorityClass priority) => priority switch
    {
        PriorityClass.Recovering => AllocationPolicy.RecoveringHeadStart,
        PriorityClass.Urgent => AllocationPolicy.UrgentHeadStart,
        _ => 0,
    };
}

/// <summary>The order in which equally fit interpreters are asked: longest idle, then id.</summary>
internal readonly record struct IdleKey(long FreeSince, InterpreterId Interpreter) : IComparable<IdleKey>
{
    public int CompareTo(IdleKey other)
    {
        var bySince = FreeSince.CompareTo(other.FreeSince);
        return bySince != 0 ? bySince : string.CompareOrdinal(Interpreter.Value, other.Interpreter.Value);
    }
}
