using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Dapper;
using Vrs.Grains.Domain.Records;
using Vrs.Grains.Records;
using Vrs.Silo.Storage;

namespace Vrs.Silo.Records;

/// <summary>Call records in the table <c>call_records</c>.</summary>
/// <param name="database">For reading.</param>
/// <param name="writer">For writing.</param>
public sealed class SqlCallRecords(Database database, GroupCommitWriter writer) : ICallRecords
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>The columns that a record fills, in the order of <see cref="Values"/>.</summary>
    private static readonly string[] Columns =
    [
        "call_id", "session_id", "ca_id", "direction", "priority", "pool", "end_reason", "arrived_at", "answered_at",
        "ended_at", "session_start", "session_end", "conversation_start", "conversation_end", "incoming_number",
        "incoming_address", "outbound_number", "outbound_address", "session_seconds", "conversation_seconds",
        "handling_location", "url", "reliefs", "early_reliefs", "early_relief_requests",
        "preference", "preference_consent", "preference_outcome",
    ];

    // The newest records may have been erased; their seals say how far the sequence went.
    private static readonly string Insert =
        $"INSERT INTO call_records (sequence, {string.Join(", ", Columns)}) "
        + "VALUES ((SELECT COALESCE(MAX(sequence), 0) + 1 FROM (SELECT MAX(sequence) AS sequence FROM call_records "
        + "UNION ALL SELECT MAX(sequence) FROM record_seals) AS used), "
        + $"{string.Join(", ", Columns.Select((_, i) => $"@p{i}"))}) ON CONFLICT (call_id) DO NOTHING";

    private static readonly string Select =
        $"SELECT {string.Join(", ", Columns)} FROM call_records ORDER BY sequence DESC LIMIT @count";

    /// <inheritdoc/>
    public Task Append(CallRecord record, CancellationToken cancellationToken) =>
        writer.Write(new Statement(Insert, Values(record)) { CanWait = true }).WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<ImmutableArray<CallRecord>> Recent(int count, CancellationToken cancellationToken)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<CallRecordRow>(
            new CommandDefinition(Select, new { count }, cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToRecord())];
    }

    /// <summary>An enumeration's value as it stands in the table.</summary>
    internal static string Word<TEnum>(TEnum value)
        where TEnum : struct, Enum =>
        JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static string? WordOrNull<TEnum>(TEnum? value)
        where TEnum : struct, Enum =>
        value is { } known ? Word(known) : null;

    private static object?[] Values(CallRecord record) =>
    [
        record.Call.Value,
        record.Session.Value,
        record.CaId,
        Word(record.Direction),
        Word(record.Priority),
        record.Pool.Value,
        Word(record.EndReason),
        Time(record.ArrivedAt),
        Time(record.AnsweredAt),
        Time(record.EndedAt),
        Time(record.SessionStart),
        Time(record.SessionEnd),
        Time(record.ConversationStart),
        Time(record.ConversationEnd),
        record.IncomingNumber,
        record.IncomingAddress,
        record.OutboundNumber,
        record.OutboundAddress,
        record.SessionSeconds,
        record.ConversationSeconds,
        record.HandlingLocation,
        record.Url,
        record.Reliefs,
        record.EarlyReliefs,
        record.EarlyReliefRequests,
        record.Preference,
        WordOrNull(record.PreferenceConsent),
        WordOrNull(record.PreferenceOutcome),
    ];

    private static string? Time(DateTimeOffset? time) =>
        time?.ToUniversalTime().ToString(TimeFormat, CultureInfo.InvariantCulture);
}
