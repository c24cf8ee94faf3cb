using Microsoft.Extensions.Logging;

namespace Vrs.Grains.Queues;

public sealed partial class QueueGrain
{
    [LoggerMessage(
        EventName = "queue_step",
        Level = LogLevel.Debug,
        Message = "{event_name} in {pool}, call {correlation_id}: {waiting} waiting, {free} free")]
    private static partial void LogStep(
        ILogger log, PoolId pool, string event_name, CallId? correlation_id, int waiting, int free);

    [LoggerMessage(
        EventName = "queue_unmoved",
        Level = LogLevel.Debug,
        Message = "{event_name} in {pool}, call {correlation_id}, changes nothing: {because}")]
    private static partial void LogUnmoved(
        ILogger log, PoolId pool, string event_name, CallId? correlation_id, string because);
}
