using Microsoft.Extensions.Logging;
using Vrs.Grains.Domain.Queues;
using Vrs.Grains.Effects;

namespace Vrs.Grains.Queues;

/// <summary>
/// Tells waiting calls their place when it changed. Not stored: after a crash everybody is told again.
/// </summary>
internal sealed class QueuePositions(IGrainFactory grains, ILogger log)
{
    /// <summary>Calls told at the same time, so that a long line does not flood the cluster.</summary>
    private const int BatchSize = 64;

    /// <summary>Whoever is among so many first is told every change, the others every twentieth of the way.</summary>
    private const int NearFront = 20;

    private Dictionary<CallId, QueuePosition> _told = [];

    /// <summary>Tells every call whose place is not the one it was told last.</summary>
    /// <param name="queue">The queue as it is now.</param>
    /// <param name="at">The time.</param>
    public async Task Tell(QueueState queue, DateTimeOffset at)
    {
        var order = AllocationPolicy.Order(queue);
        var now = new Dictionary<CallId, QueuePosition>(order.Length);
        for (var i = 0; i < order.Length; i++)
        {
            var place = new QueuePosition(i + 1, order.Length, WaitEstimate.Seconds(queue, i + 1, at));
            now.Add(order[i], _told.TryGetValue(order[i], out var old) && !IsNews(old, place) ? old : place);
        }

        var news = order.Where(call => !_told.TryGetValue(call, out var old) || old != now[call]).ToList();
        var before = _told;
        _told = now;
        foreach (var batch in news.Chunk(BatchSize))
        {
            await Task.WhenAll(batch.Select(call => Tell(call, now[call], before)));
        }
    }

    /// <summary>
    /// Whether the place differs enough to be told: one who leaves the front of a long line is news to all, and not
    /// worth as many messages every time.
    /// </summary>
    private static bool IsNews(QueuePosition told, QueuePosition now) => now.Position <= NearFront
        ? told != now
        : Math.Abs(told.Position - now.Position) > told.Position / NearFront;

    private async Task Tell(CallId call, QueuePosition position, Dictionary<CallId, QueuePosition> before)
    {
        try
        {
            await grains.GetGrain<ICallGrain>(call.Value).PositionChanged(position);
        }
        catch (Exception exception)
        {
            OutboxLog.TellingFailed(log, exception);
            if (before.TryGetValue(call, out var old))
            {
                _told[call] = old;
            }
            else
            {
                _told.Remove(call);
            }
        }
    }
}
