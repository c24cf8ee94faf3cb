using Microsoft.Extensions.Logging;

namespace Vrs.Silo.Embedded.Runtime;

/// <summary>Everything the engine has to say, in one place.</summary>
internal static partial class EngineLog
{
    [LoggerMessage(1, LogLevel.Debug, "Observers: {Count} now.")]
    public static partial void ObserverCount(this ILogger log, int count);

    [LoggerMessage(2, LogLevel.Debug, "An observer failed and is dropped.")]
    public static partial void ObserverDropped(this ILogger log, Exception fault);
}
