using Vrs.Grains.Domain.Queues;
using static Vrs.Grains.Telemetry.GrainInstruments;

namespace Vrs.Grains.Telemetry;

/// <summary>How long a line is, and how many could serve it.</summary>
internal static class QueueTelemetry
{
    public static void Record(PoolId pool, QueueState queue)
    {
        QueueDepth.Record(queue.Tickets.Count, Label("pool", pool));
        QueueFree.Record(queue.Index.IdleCount, Label("pool", pool));
    }

    public static void RecordAssignment(PoolId pool, TimeSpan delay) =>
        Assignment.Record(delay.TotalSeconds, Label("pool", pool));
}
