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
        EventName = "view_not_told",
        Level = LogLevel.Debug,
        Message = "A view could not be told; the next change tells again.")]
    public static partial void TellingFailed(ILogger log, Exception exception);
}
