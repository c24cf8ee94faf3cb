namespace Vrs.Grains.Domain.Queues;

/// <summary>How long a caller in line will wait, from how fast calls like hers were served lately.</summary>
/// <remarks>
/// Only calls that had to wait are observed: how long after the one before them (or after they joined, if that was
/// later) they were served. With few or old observations there is no estimate, which is better than a wrong one.
/// </remarks>
public static class WaitEstimate
{
    /// <summary>Fewer observations make no estimate.</summary>
    public const int Enough = 3;

    /// <summary>As many are kept.</summary>
    public const int Kept = 16;

    /// <summary>Older observations say nothing about now.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(30);

    /// <summary>Seconds until the call at this place is served; null when not enough is known.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="position">From 1.</param>
    /// <param name="now">The time.</param>
    public static int? Seconds(QueueState queue, int position, DateTimeOffset now)
    {
        var fresh = queue.Served.Where(served => now - served.At <= Fresh).ToList();
        return fresh.Count < Enough
            ? null
            : (int)Math.Ceiling(fresh.Average(served => served.Seconds) * position);
    }

    /// <summary>The observations with one more.</summary>
    internal static ImmutableArray<ServedInterval> Add(QueueState queue, Ticket served, DateTimeOffset at)
    {
        var since = queue.LastServedAt > served.JoinedAt ? queue.LastServedAt.Value : served.JoinedAt;
        var seconds = Math.Max(0, (at - since).TotalSeconds);
        return [.. queue.Served.Skip(Math.Max(0, queue.Served.Length - Kept + 1)), new ServedInterval(at, seconds)];
    }
}

/// <summary>One call that had waited was served.</summary>
/// <param name="At">When.</param>
/// <param name="Seconds">So long after the one before it.</param>
public sealed record ServedInterval(DateTimeOffset At, double Seconds);
