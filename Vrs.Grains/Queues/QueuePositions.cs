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

    private Dictionary<CallId, QueuePosition> _told = [];

    /// <summary>Tells every call whose place is not the one it was told last.</summary>
    /// <param name="queue">The queue as it is now.</param>
    public async Task Tell(QueueState queue)
    {
        var order = AllocationPolicy.Order(queue);
        var now = new Dictionary<CallId, QueuePosition>(order.Length);
        for (var i = 0; i < order.Length; i++)
        {
            now.Add(order[i], new QueuePosition(i + 1, order.Length, Estimate(queue, i + 1)));
        }

        var news = order.Where(call => !_told.TryGetValue(call, out var old) || old != now[call]).ToList();
        var before = _told;
        _told = now;
        foreach (var batch in news.Chunk(BatchSize))
        {
            await Task.WhenAll(batch.Select(call => Tell(call, now[call], before)));
        }
    }

    /// <summary>As many service intervals as there are calls to be served first, this one included.</summary>
    private static int? Estimate(QueueState queue, int position) =>
        queue.ServiceInterval is { } seconds ? (int)Math.Ceiling(seconds * position) : null;

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
