using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Dapper;
using Vrs.Silo.Storage;

namespace Vrs.Silo.Records;

/// <summary>Reads call records with their seals, as a stream: there may be millions.</summary>
/// <param name="database">The database.</param>
internal sealed class RecordReader(Database database)
{
    private const string Rows =
        "SELECT r.*, s.digest FROM call_records r LEFT JOIN record_seals s ON s.sequence = r.sequence ";

    private const string UnsealedRows = Rows
        + "WHERE s.sequence IS NULL AND r.sequence > @after ORDER BY r.sequence LIMIT @count";

    private const string LastSealed = "SELECT COALESCE(MAX(sequence), 0) FROM record_seals";

    /// <summary>A process that is lost while it seals leaves no larger gap than its one batch.</summary>
    private const int GapMax = 1_000;

    private const string AllRows = Rows + "ORDER BY r.sequence";
    private const string RowsOfTime = Rows + "WHERE r.ended_at >= @from AND r.ended_at < @to ORDER BY r.sequence";

    private const string LastDigest =
        "SELECT digest FROM record_seals WHERE day = @day AND sequence < @sequence ORDER BY sequence DESC LIMIT 1";

    private const string ErasedSeals =
        "FROM record_seals s JOIN record_erasures e ON e.day = s.day "
        + "LEFT JOIN call_records r ON r.sequence = s.sequence WHERE r.sequence IS NULL";

    private const string ErasedRuns =
        "SELECT MIN(sequence) AS First, MAX(sequence) AS Last FROM (SELECT s.sequence, "
        + $"s.sequence - ROW_NUMBER() OVER (ORDER BY s.sequence) AS run {ErasedSeals}) AS gone "
        + "GROUP BY run ORDER BY First";

    private const string ErasedHeads =
        "SELECT day AS Day, digest AS Digest FROM record_seals WHERE sequence IN "
        + $"(SELECT MAX(s.sequence) {ErasedSeals} GROUP BY s.day)";

    /// <summary>What is left of records that were erased.</summary>
    public Task<ErasedRecords> Erased() => database.Read(async connection => new ErasedRecords(
        [.. await connection.QueryAsync<(long First, long Last)>(ErasedRuns)],
        (await connection.QueryAsync<(string Day, string Digest)>(ErasedHeads))
            .ToImmutableSortedDictionary(head => head.Day, head => head.Digest, StringComparer.Ordinal)));

    /// <summary>Every record, in order of sequence.</summary>
    public IAsyncEnumerable<CallRecordRow> All(CancellationToken stop) => Stream(AllRows, null, stop);

    /// <summary>Records of calls that ended in a time, in order of sequence.</summary>
    /// <param name="from">From this UTC day on.</param>
    /// <param name="to">Up to the start of this UTC day.</param>
    /// <param name="stop">Gives up.</param>
    public IAsyncEnumerable<CallRecordRow> Between(DateOnly from, DateOnly to, CancellationToken stop) =>
        Stream(RowsOfTime, new { from = Text(from), to = Text(to) }, stop);

    /// <summary>The oldest records without a seal.</summary>
    /// <param name="count">How many at most.</param>
    /// <param name="recent">Looks only near the last that is sealed: so long as ever, however many are.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<IReadOnlyList<CallRecordRow>> Unsealed(int count, bool recent, CancellationToken stop)
    {
        await using var connection = await database.Source.OpenConnectionAsync(stop);
        var after = recent
            ? await connection.ExecuteScalarAsync<long>(new CommandDefinition(LastSealed, cancellationToken: stop))
                - GapMax
            : 0;
        var command = new CommandDefinition(UnsealedRows, new { count, after }, cancellationToken: stop);
        return [.. await connection.QueryAsync<CallRecordRow>(command)];
    }

    /// <summary>The seal that stands last before this record on its day, or what stands before the first.</summary>
    public async Task<string> Previous(CallRecordRow record, CancellationToken stop)
    {
        await using var connection = await database.Source.OpenConnectionAsync(stop);
        var day = RecordSeal.DayOf(record);
        var found = await connection.QueryFirstOrDefaultAsync<string>(
            new CommandDefinition(LastDigest, new { day, record.sequence }, cancellationToken: stop));
        return found ?? RecordSeal.Before(day);
    }

    private async IAsyncEnumerable<CallRecordRow> Stream(
        string sql, object? parameters, [EnumeratorCancellation] CancellationToken stop)
    {
        await using var connection = await database.Source.OpenConnectionAsync(stop);
        await foreach (var row in connection.QueryUnbufferedAsync<CallRecordRow>(sql, parameters)
            .WithCancellation(stop))
        {
            yield return row;
        }
    }

    /// <summary>Times are text that sorts; a day sorts before all times of its own.</summary>
    internal static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
