using IdleGroups = System.Collections.Immutable.ImmutableSortedDictionary<
    Vrs.Grains.Domain.Queues.Qualifications,
    System.Collections.Immutable.ImmutableSortedSet<Vrs.Grains.Domain.Queues.IdleKey>>;
using WaitingGroups = System.Collections.Immutable.ImmutableSortedDictionary<
    Vrs.Grains.Domain.Queues.Qualifications,
    System.Collections.Immutable.ImmutableSortedSet<Vrs.Grains.Domain.Queues.WaitingKey>>;

namespace Vrs.Grains.Domain.Queues;

/// <summary>
/// The waiting calls and the free interpreters, sorted, and grouped by what is demanded and what is offered: a decision
/// looks at the head of each group, never at everybody. There are as many groups as there are different sets of
/// qualifications, whatever the length of the line. Immutable; a change costs O(log n).
/// </summary>
public sealed record QueueIndex
{
    private static readonly QueueIndex Empty = new();

    /// <summary>All waiting calls in the order in which they are served.</summary>
    internal ImmutableSortedSet<WaitingKey> Line { get; private init; } = [];

    /// <summary>Those that whoever is qualified may serve, grouped by what they demand now.</summary>
    internal WaitingGroups Waiting { get; private init; } = WaitingGroups.Empty;

    /// <summary>Those for whom one interpreter only may be asked now.</summary>
    internal ImmutableDictionary<InterpreterId, WaitingGroups> Named { get; private init; } =
        ImmutableDictionary<InterpreterId, WaitingGroups>.Empty;

    /// <summary>Free interpreters, longest idle first, grouped by their qualifications.</summary>
    internal IdleGroups Idle { get; private init; } = IdleGroups.Empty;

    /// <summary>Calls in line about which time changes something, soonest first.</summary>
    internal ImmutableSortedSet<DueKey> Due { get; private init; } = [];

    /// <summary>How many calls can be offered.</summary>
    public int WaitingCount => Line.Count;

    /// <summary>How many interpreters are free.</summary>
    public int IdleCount { get; private init; }

    /// <summary>When time next changes something; null when it does not.</summary>
    public DateTimeOffset? NextDue => Due.IsEmpty ? null : Due.Min.At;

    /// <summary>The index of these tickets and candidates.</summary>
    /// <param name="tickets">All tickets; those that wait are indexed.</param>
    /// <param name="candidates">All candidates; those who are free are indexed.</param>
    public static QueueIndex Of(IEnumerable<Ticket> tickets, IEnumerable<Candidate> candidates) =>
        candidates.Aggregate(
            tickets.Aggregate(Empty, (index, ticket) => index.Change(null, ticket)),
            (index, candidate) => index.Change(null, candidate));

    internal QueueIndex Change(Ticket? before, Ticket? after)
    {
        var next = before is null ? this : Without(before);
        return after is null ? next : next.With(after);
    }

    internal QueueIndex Change(Candidate? before, Candidate? after)
    {
        var (idle, count) = (Idle, IdleCount);
        if (before is { Free: true })
        {
            idle = Remove(idle, before.Qualifications, before.Key);
            count--;
        }

        if (after is { Free: true })
        {
            idle = Add(idle, after.Qualifications, after.Key);
            count++;
        }

        return this with { Idle = idle, IdleCount = count };
    }

    /// <summary>The calls about which time has changed something, soonest first.</summary>
    internal IEnumerable<CallId> DueBy(DateTimeOffset now) =>
        Due.TakeWhile(due => due.At <= now).Select(due => due.Call);

    private QueueIndex With(Ticket ticket)
    {
        var next = ticket.Due is { } due ? this with { Due = Due.Add(new DueKey(due, ticket.Call)) } : this;
        if (ticket.Place is not Place.Waiting)
        {
            return next;
        }

        var key = WaitingKey.Of(ticket);
        next = next with { Line = Line.Add(key) };
        return ticket.Only is { } only
            ? next with { Named = Named.SetItem(only, Add(NamedFor(only), ticket.Demands, key)) }
            : next with { Waiting = Add(Waiting, ticket.Demands, key) };
    }

    private QueueIndex Without(Ticket ticket)
    {
        var next = ticket.Due is { } due ? this with { Due = Due.Remove(new DueKey(due, ticket.Call)) } : this;
        if (ticket.Place is not Place.Waiting)
        {
            return next;
        }

        var key = WaitingKey.Of(ticket);
        next = next with { Line = Line.Remove(key) };
        if (ticket.Only is not { } only)
        {
            return next with { Waiting = Remove(Waiting, ticket.Demands, key) };
        }

        var rest = Remove(NamedFor(only), ticket.Demands, key);
        return next with { Named = rest.IsEmpty ? Named.Remove(only) : Named.SetItem(only, rest) };
    }

    private WaitingGroups NamedFor(InterpreterId only) => Named.GetValueOrDefault(only, WaitingGroups.Empty);

    private static ImmutableSortedDictionary<Qualifications, ImmutableSortedSet<TKey>> Add<TKey>(
        ImmutableSortedDictionary<Qualifications, ImmutableSortedSet<TKey>> groups, Qualifications group, TKey key) =>
        groups.SetItem(group, groups.GetValueOrDefault(group, []).Add(key));

    private static ImmutableSortedDictionary<Qualifications, ImmutableSortedSet<TKey>> Remove<TKey>(
        ImmutableSortedDictionary<Qualifications, ImmutableSortedSet<TKey>> groups, Qualifications group, TKey key)
    {
        var rest = groups[group].Remove(key);
        return rest.IsEmpty ? groups.Remove(group) : groups.SetItem(group, rest);
    }
}
