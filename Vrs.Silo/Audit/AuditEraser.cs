using Microsoft.Extensions.Options;
using Vrs.Silo.Storage;
using Vrs.Silo.Upkeep;

namespace Vrs.Silo.Audit;

/// <summary>Erases events that are older than <see cref="StorageOptions.AuditRetention"/>.</summary>
/// <param name="writer">The way to the database.</param>
/// <param name="options">How long events are kept.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Told what was erased.</param>
internal sealed class AuditEraser(
    GroupCommitWriter writer, IOptions<StorageOptions> options, TimeProvider time, ILogger<AuditEraser> log)
    : DayEraser(Rule, options.Value.AuditRetention, writer, time, log)
{
    private const string Note =
        "INSERT INTO audit_erasures (day, erased_at) SELECT DISTINCT substr(e.at, 1, 10), @p1 FROM audit_events e "
        + "WHERE e.at < @p0 AND NOT EXISTS (SELECT 1 FROM audit_events u LEFT JOIN audit_seals s ON s.event_id = u.id "
        + "WHERE s.position IS NULL AND u.at < @p0) ON CONFLICT (day) DO NOTHING";

    private const string Erase =
        "DELETE FROM audit_events WHERE at < @p0 AND substr(at, 1, 10) IN (SELECT day FROM audit_erasures) "
        + "AND id IN (SELECT event_id FROM audit_seals)";

    private static readonly ErasureRule Rule = new("audit_events", Note, Erase);
}
