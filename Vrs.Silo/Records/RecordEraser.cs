using Microsoft.Extensions.Options;
using Vrs.Silo.Storage;
using Vrs.Silo.Upkeep;

namespace Vrs.Silo.Records;

/// <summary>Erases records of calls that ended longer ago than <see cref="StorageOptions.RecordRetention"/>.</summary>
/// <param name="writer">The way to the database.</param>
/// <param name="options">How long records are kept.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Told what was erased.</param>
internal sealed class RecordEraser(
    GroupCommitWriter writer, IOptions<StorageOptions> options, TimeProvider time, ILogger<RecordEraser> log)
    : DayEraser(Rule, options.Value.RecordRetention, writer, time, log)
{
    private const string Note =
        "INSERT INTO record_erasures (day, erased_at) SELECT DISTINCT substr(r.ended_at, 1, 10), @p1 "
        + "FROM call_records r WHERE r.ended_at < @p0 AND NOT EXISTS (SELECT 1 FROM call_records u "
        + "LEFT JOIN record_seals s ON s.sequence = u.sequence WHERE s.sequence IS NULL AND u.ended_at < @p0) "
        + "ON CONFLICT (day) DO NOTHING";

    private const string Erase =
        "DELETE FROM call_records WHERE ended_at < @p0 "
        + "AND substr(ended_at, 1, 10) IN (SELECT day FROM record_erasures) "
        + "AND sequence IN (SELECT sequence FROM record_seals)";

    private static readonly ErasureRule Rule = new("call_records", Note, Erase);
}
