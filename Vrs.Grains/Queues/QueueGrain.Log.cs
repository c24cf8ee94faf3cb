using Microsoft.Extensions.Logging;
using Vrs.Grains.Domain.Queues;
using Vrs.Grains.Domain.Records;

namespace Vrs.Grains.Queues;

public sealed partial class QueueGrain
{
    [LoggerMessage(
        EventName = "queue_step",
        Level = LogLevel.Debug,
        Message = "{event_name} in {state_from}, {pool}, call {correlation_id}: {waiting} waiting, {free} free")]
    private static partial void LogStep(
        ILogger log,
        PoolId pool,
        string event_name,
        Enum state_from,
        CallId? correlation_id,
        int waiting,
        int free);

    private void LogDecision(AllocationDecision made) => LogDecision(
        Log,
        Pool,
        made.Number,
        made.Call,
        made.Winner,
        made.WaitedSeconds,
        made.PassedOver,
        made.Free,
        made.Considered.Length,
        made.Excluded,
        made.Preference);

    [LoggerMessage(
        EventName = "interpreter_allocated",
        Level = LogLevel.Information,
        Message = "Offer {number} in {pool}: {interpreter} for call {correlation_id} after {waited} s, ahead of it "
            + "{passed_over} whom nobody fits; {free} free, {considered} considered, {excluded}; wish {preference}")]
    private static partial void LogDecision(
        ILogger log,
        PoolId pool,
        long number,
        CallId correlation_id,
        InterpreterId interpreter,
        int waited,
        int passed_over,
        int free,
        int considered,
        ExcludedCounts excluded,
        PreferenceOutcome preference);

    [LoggerMessage(
        EventName = "queue_unmoved",
        Level = LogLevel.Debug,
        Message = "{event_name} in {state_from}, {pool}, call {correlation_id}, changes nothing: {because}")]
    private static partial void LogUnmoved(
        ILogger log, PoolId pool, string event_name, Enum state_from, CallId? correlation_id, string because);
}
