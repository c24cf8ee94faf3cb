using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;
using Microsoft.Extensions.Options;
using Vrs.Grains.Domain.Records;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Records;
using Vrs.Silo.Storage;

namespace Vrs.Silo.Records;

/// <summary>
/// Explanations of allocation in the table <c>allocation_decisions</c>. What is older than
/// <see cref="StorageOptions.DecisionRetention"/> is removed with the first row and every <see cref="SweepEvery"/>.
/// </summary>
/// <param name="database">For reading.</param>
/// <param name="writer">For writing.</param>
/// <param name="options">How long rows are kept.</param>
/// <param name="time">The clock.</param>
public sealed class SqlAllocationDecisions(
    Database database, GroupCommitWriter writer, IOptions<StorageOptions> options, TimeProvider time)
    : IAllocationDecisions
{
    /// <summary>So many rows are added between two removals of old ones.</summary>
    public const int SweepEvery = 10_000;

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private const string Insert =
        "INSERT INTO allocation_decisions (pool, number, decided_at, call_id, winner, priority, waited_seconds, "
        + "preference, consent, explanation) VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9) "
        + "ON CONFLICT (pool, number) DO NOTHING";

    private const string Sweep = "DELETE FROM allocation_decisions WHERE decided_at < @p0";

    private const string Order = "ORDER BY decided_at DESC, number DESC LIMIT @count";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private int _added = -1;

    /// <inheritdoc/>
    public async Task Append(AllocationDecision decision, CancellationToken cancellationToken)
    {
        await writer.Write(new Statement(Insert, Values(decision)) { CanWait = true }).WaitAsync(cancellationToken);
        if (Interlocked.Increment(ref _added) % SweepEvery == 0)
        {
            var oldest = Time(time.GetUtcNow() - options.Value.DecisionRetention);
            await writer.Write(new Statement(Sweep, [oldest])).WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<AllocationDecision>> Recent(
        CallId? call, int count, CancellationToken cancellationToken)
    {
        var where = call is null ? "" : "WHERE call_id = @call ";
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<string>(new CommandDefinition(
            $"SELECT explanation FROM allocation_decisions {where}{Order}",
            new { call = call?.Value, count },
            cancellationToken: cancellationToken));
        return [.. rows.Select(row => JsonSerializer.Deserialize<AllocationDecision>(row, Json)!)];
    }

    private static object?[] Values(AllocationDecision decision) =>
    [
        decision.Pool.Value,
        decision.Number,
        Time(decision.DecidedAt),
        decision.Call.Value,
        decision.Winner.Value,
        SqlCallRecords.Word(decision.Priority),
        (long)decision.WaitedSeconds,
        SqlCallRecords.Word(decision.Preference),
        decision.Consent is { } consent ? SqlCallRecords.Word(consent) : null,
        JsonSerializer.Serialize(decision, Json),
    ];

    private static string Time(DateTimeOffset at) =>
        at.ToUniversalTime().ToString(TimeFormat, CultureInfo.InvariantCulture);
}
