using System.Data.Common;
using System.Globalization;
using Microsoft.Extensions.Options;
using Vrs.Silo.Storage;

namespace Vrs.Silo.Audit;

/// <summary>
/// Erases events that are older than <see cref="StorageOptions.AuditRetention"/>, whole days at a time, once they are
/// sealed. Seals stay, and the day is noted, so that the chain can still be verified.
/// </summary>
/// <param name="writer">The way to the database.</param>
/// <param name="options">How long events are kept.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Told what was erased.</param>
internal sealed partial class AuditEraser(
    GroupCommitWriter writer, IOptions<StorageOptions> options, TimeProvider time, ILogger<AuditEraser> log)
    : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromHours(1);

    private const string Note =
        "INSERT INTO audit_erasures (day, erased_at) SELECT DISTINCT substr(e.at, 1, 10), @p1 FROM audit_events e "
        + "WHERE e.at < @p0 AND NOT EXISTS (SELECT 1 FROM audit_events u LEFT JOIN audit_seals s ON s.event_id = u.id "
        + "WHERE s.position IS NULL AND u.at < @p0) ON CONFLICT (day) DO NOTHING";

    private const string Erase =
        "DELETE FROM audit_events WHERE at < @p0 AND substr(at, 1, 10) IN (SELECT day FROM audit_erasures)";

    /// <summary>Erases what is due.</summary>
    /// <returns>How many events.</returns>
    public async Task<int> EraseDue()
    {
        var now = time.GetUtcNow();
        var first = (now - options.Value.AuditRetention).UtcDateTime
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await writer.Write(new Statement(Note, first, SqlAuditTrail.Time(now)));
        var erased = await writer.Write(new Statement(Erase, first));
        if (erased > 0)
        {
            LogErased(erased, first);
        }

        return erased;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var beat = new PeriodicTimer(Beat, time);
        do
        {
            try
            {
                await EraseDue();
            }
            catch (Exception fault) when (StorageOutage.Is(fault) || fault is DbException or ObjectDisposedException)
            {
                LogNotErased(fault);
            }
        }
        while (await beat.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(
        EventName = "audit_erased",
        Level = LogLevel.Information,
        Message = "{Count} audit events from before {Day} were erased; their seals stay.")]
    private partial void LogErased(int count, string day);

    [LoggerMessage(
        EventName = "audit_not_erased",
        Level = LogLevel.Warning,
        Message = "Audit events that are due could not be erased now; it is tried again.")]
    private partial void LogNotErased(Exception fault);
}
