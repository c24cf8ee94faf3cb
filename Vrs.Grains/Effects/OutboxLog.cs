using Microsoft.Extensions.Logging;

namespace Vrs.Grains.Effects;

internal static partial class OutboxLog
{
    [LoggerMessage(
        EventName = "effect_failed",
        Level = LogLevel.Warning,
        Message = "Effect {effect} number {sequence} failed at attempt {attempt}; it is tried again.")]
    public static partial void AttemptFailed(
        ILogger log, Exception exception, string effect, long sequence, int attempt);

    [LoggerMessage(
        EventName = "state_given_up",
        Level = LogLevel.Warning,
        Message = "A write of {machine} {entity} failed; what is stored is read again.")]
    public static partial void GivenUp(ILogger log, Exception exception, string machine, string entity);

    [LoggerMessage(
        EventName = "view_not_told",
        Level = LogLevel.Debug,
        Message = "A view could not be told; it is told again after a pause.")]
    public static partial void TellingFailed(ILogger log, Exception exception);

    [LoggerMessage(
        EventName = "wake_up_kept",
        Level = LogLevel.Warning,
        Message = "A reminder that is not needed any more could not be removed; its next tick tries again.")]
    public static partial void WakeUpKept(ILogger log, Exception exception);

    [LoggerMessage(
        EventName = "audit_failed",
        Level = LogLevel.Warning,
        Message = "Audit events could not be passed on at attempt {attempt}; it is tried again.")]
    public static partial void AuditFailed(ILogger log, Exception exception, int attempt);

    [LoggerMessage(
        EventName = "audit_dropped",
        Level = LogLevel.Error,
        Message = "Audit event {number} of {subject} was given up: too many wait.")]
    public static partial void AuditDropped(ILogger log, string subject, long number);
}
