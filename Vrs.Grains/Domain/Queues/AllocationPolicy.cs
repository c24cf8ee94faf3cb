namespace Vrs.Grains.Domain.Queues;

/// <summary>
/// Which call gets which interpreter: a pure function of the queue with a total order. Calls are served in the order of
/// <see cref="WaitingKey"/>; a call gets, of those who fit, the interpreter in the order of
/// <see cref="ConsideredInterpreter"/>: closest to the caller's wish, fewest qualifications to spare, longest idle, id.
/// </summary>
/// <remarks>
/// A queue is always matched as far as it goes, so a new match can only be about whoever changed: a call that begins to
/// wait looks for an interpreter (<see cref="Decide"/>), an interpreter who becomes free looks for a call
/// (<see cref="CallFor"/>). Both look at the heads of groups.
/// </remarks>
public static class AllocationPolicy
{
    /// <summary>How many of those who fit are named in an explanation.</summary>
    public const int MaxConsidered = 8;

    /// <summary>
    /// The head start of a class: it stands in line as if it had joined so much earlier. So a call that has waited for
    /// so long is overtaken by none of that class any more. Emergencies have no bound: they are ahead of all.
    /// </summary>
    /// <param name="priority">The class.</param>
    public static TimeSpan HeadStart(PriorityClass priority) => priority switch
    {
        PriorityClass.Recovering => TimeSpan.FromMinutes(15),
        PriorityClass.Urgent => TimeSpan.FromMinutes(3),
        _ => TimeSpan.Zero,
    };

    /// <summary>The interpreter for a waiting call, or null when nobody is free who fits.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="call">A call that waits.</param>
    /// <param name="now">The time, for pauses after an offer that came to nothing.</param>
    public static Decision? Decide(QueueState queue, CallId call, DateTimeOffset now)
    {
        if (queue.Index.IdleCount == 0)
        {
            return null;
        }

        var ticket = queue.Tickets[call];
        var contest = new Contest(queue, ticket, now);
        foreach (var (offered, interpreters) in queue.Index.Idle)
        {
            contest.Enter(offered, interpreters);
        }

        return contest.Decide();
    }

    /// <summary>
    /// The first call in order that this free interpreter may serve, or null when there is none.
    /// </summary>
    /// <param name="queue">The queue.</param>
    /// <param name="interpreter">Who is free.</param>
    /// <param name="now">The time.</param>
    public static CallId? CallFor(QueueState queue, InterpreterId interpreter, DateTimeOffset now)
    {
        var offered = queue.Candidates[interpreter].Qualifications;
        var first = FirstIn(queue.Index.Waiting, null);
        if (queue.Index.Named.TryGetValue(interpreter, out var named))
        {
            first = FirstIn(named, first);
        }

        return first?.Call;

        WaitingKey? FirstIn(
            ImmutableSortedDictionary<Qualifications, ImmutableSortedSet<WaitingKey>> groups, WaitingKey? best)
        {
            foreach (var (demanded, calls) in groups)
            {
                if (offered.Covers(demanded))
                {
                    best = FirstOf(calls, best);
                }
            }

            return best;
        }

        WaitingKey? FirstOf(ImmutableSortedSet<WaitingKey> calls, WaitingKey? best)
        {
            // Whoever is first in a group is almost always the answer; calls that she let pass come before it.
            foreach (var key in calls)
            {
                if (best is { } found && found.CompareTo(key) < 0)
                {
                    return best;
                }

                if (queue.Tickets[key.Call].MayAsk(interpreter, now))
                {
                    return key;
                }
            }

            return best;
        }
    }

    /// <summary>All waiting calls in the order in which they are served.</summary>
    /// <param name="queue">The queue.</param>
    public static ImmutableArray<CallId> Order(QueueState queue) => [.. queue.Index.Line.Select(key => key.Call)];
}
