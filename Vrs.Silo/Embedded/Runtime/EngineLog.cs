using Microsoft.Extensions.Logging;
using Orleans;
using Vrs.Silo.Storage;

namespace Vrs.Silo.Embedded.Runtime;

/// <summary>Everything the engine has to say, in one place.</summary>
internal static partial class EngineLog
{
    [LoggerMessage(1, LogLevel.Debug, "Observers: {Count} now.")]
    public static partial void ObserverCount(this ILogger log, int count);

    [LoggerMessage(2, LogLevel.Debug, "An observer failed and is dropped.")]
    public static partial void ObserverDropped(this ILogger log, Exception fault);

    [LoggerMessage(3, LogLevel.Error, "Grain {Grain} could not be activated.")]
    public static partial void ActivationFailed(this ILogger log, GrainIdentity grain, Exception fault);

    [LoggerMessage(4, LogLevel.Warning, "Grain {Grain} failed while it was deactivated.")]
    public static partial void DeactivationFailed(this ILogger log, GrainIdentity grain, Exception fault);

    [LoggerMessage(5, LogLevel.Debug, "Grain {Grain} is deactivated: {Reason}.")]
    public static partial void Deactivated(this ILogger log, GrainIdentity grain, DeactivationReasonCode reason);

    [LoggerMessage(6, LogLevel.Warning, "A timer of grain {Grain} failed.")]
    public static partial void TimerFailed(this ILogger log, GrainIdentity grain, Exception fault);

    [LoggerMessage(7, LogLevel.Debug, "A timer of grain {Grain} stopped with its activation.")]
    public static partial void TimerCancelled(this ILogger log, GrainIdentity grain);

    [LoggerMessage(8, LogLevel.Warning, "Grain {Grain} has too many requests waiting; {Method} is refused.")]
    public static partial void Overloaded(this ILogger log, GrainIdentity grain, string method);

    [LoggerMessage(9, LogLevel.Warning, "One-way call {Method} failed.")]
    public static partial void OneWayFailed(this ILogger log, string method, Exception fault);

    [LoggerMessage(10, LogLevel.Warning, "The silo stops while {Count} grains are still being deactivated.")]
    public static partial void StopIncomplete(this ILogger log, int count);

    [LoggerMessage(
        11, LogLevel.Warning, "Reminder {Reminder} of grain {Grain} failed; it ticks again in its next period.")]
    public static partial void ReminderFailed(this ILogger log, string reminder, GrainIdentity grain, Exception fault);

    [LoggerMessage(
        12, LogLevel.Warning, "Reminder {Reminder} belongs to {Grain}, a class that does not exist (any more).")]
    public static partial void ReminderOfNobody(this ILogger log, string reminder, GrainIdentity grain);
}
