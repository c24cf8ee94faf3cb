using System.Data.Common;
using Vrs.Silo.Storage;

namespace Vrs.Silo.Upkeep;

/// <summary>Work in the database that is done at start and at every beat; when that is away, at the next.</summary>
/// <param name="beat">From one time to the next.</param>
/// <param name="time">Gives the beat.</param>
/// <param name="log">Told of failures.</param>
internal abstract partial class RecurringWork(TimeSpan beat, TimeProvider time, ILogger log) : BackgroundService
{
    /// <summary>Does what is due now.</summary>
    protected abstract Task DoDue(CancellationToken stop);

    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(beat, time);
        do
        {
            try
            {
                await DoDue(stoppingToken);
            }
            catch (Exception fault) when (StorageOutage.Is(fault) || fault is DbException or ObjectDisposedException)
            {
                LogPutOff(log, GetType().Name, fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(EventName = "upkeep_put_off", Level = LogLevel.Warning,
        Message = "{Work} could not be done now; the next beat tries again.")]
    private static partial void LogPutOff(ILogger logger, string work, Exception fault);
}
