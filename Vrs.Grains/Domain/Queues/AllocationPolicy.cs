namespace Vrs.Grains.Domain.Queues;

/// <summary>
/// Which call gets which interpreter: a pure function of the queue with a total order. The first call in order for whom
/// a fit interpreter is free gets the one with the fewest skills beyond those required, then the longest idle, then by
/// id.
/// </summary>
public static class AllocationPolicy
{
    /// <summary>A call that lost its interpreter overtakes at most so many that joined before it.</summary>
    public const long RecoveringHeadStart = 1_000;

    /// <summary>An urgent call overtakes at most so many that joined before it.</summary>
    public const long UrgentHeadStart = 50;

    /// <summary>The next match, or null when no waiting call fits a free interpreter.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="now">The time, for pauses after an offer that came to nothing.</param>
    public static Match? Next(QueueState queue, DateTimeOffset now)
    {
        if (queue.Index.IdleCount == 0)
        {
            return null;
        }

        (WaitingKey Key, IdleKey Interpreter)? best = null;
        foreach (var (required, calls) in queue.Index.Waiting)
        {
            foreach (var key in calls)
            {
                if (best is { } found && found.Key.CompareTo(key) < 0)
                {
                    break;
                }

                var (fit, paused) = Fittest(queue.Index, required, queue.Tickets[key.Call], now);
                if (fit is { } interpreter)
                {
                    best = (key, interpreter);
                }

                // Without a pause in the way, what fits the head of a group fits all of it, and so does nobody.
                if (fit is not null || !paused)
                {
                    break;
                }
            }
        }

        return best is { } match ? new Match(match.Key.Call, match.Interpreter.Interpreter) : null;
    }

    private static (IdleKey? Fit, bool Paused) Fittest(
        QueueIndex index, SkillSet required, Ticket ticket, DateTimeOffset now)
    {
        (int Surplus, IdleKey Key)? best = null;
        var paused = false;
        foreach (var (skills, interpreters) in index.Idle)
        {
            if (!skills.Covers(required))
            {
                continue;
            }

            foreach (var key in interpreters)
            {
                if (!ticket.MayAsk(key.Interpreter, now))
                {
                    paused = true;
                    continue;
                }

                var candidate = (Surplus: skills.Skills.Length - required.Skills.Length, Key: key);
                if (best is not { } found || candidate.CompareTo(found) < 0)
                {
                    best = candidate;
                }

                break;
            }
        }

        return (best?.Key, paused);
    }

    /// <summary>All waiting calls in the order in which they are served.</summary>
    /// <param name="queue">The queue.</param>
    public static ImmutableArray<CallId> Order(QueueState queue) =>
        [.. queue.Index.Waiting.Values.SelectMany(calls => calls).Order().Select(key => key.Call)];
}

/// <summary>An interpreter for a call.</summary>
/// <param name="Call">The call.</param>
/// <param name="Interpreter">The interpreter.</param>
public sealed record Match(CallId Call, InterpreterId Interpreter);
