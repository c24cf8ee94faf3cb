using System.Runtime.CompilerServices;
using Dapper;
using Vrs.Silo.Storage;

namespace Vrs.Silo.Audit;

/// <summary>What to look for; null means anything.</summary>
/// <param name="From">From this time on, as text that sorts: a day, or a full time.</param>
/// <param name="To">Before this time.</param>
/// <param name="Actor">Who.</param>
/// <param name="Action">What; with a final <c>.*</c> all that begin so.</param>
/// <param name="Call">Which call, by its id or its Session-ID.</param>
/// <param name="Before">Only events with a smaller id: the next page.</param>
internal sealed record AuditQuestion(
    string? From = null, string? To = null, string? Actor = null, string? Action = null, string? Call = null,
    long? Before = null);

/// <summary>Reads audit events and their seals.</summary>
/// <param name="database">The database.</param>
internal sealed class AuditReader(Database database)
{
    private const string Columns =
        "e.id, e.subject, e.number, e.at, e.actor, e.role, e.action, e.outcome, e.call_id, e.session_id, e.address, "
        + "e.detail";

    private const string UnsealedRows =
        $"SELECT {Columns} FROM audit_events e LEFT JOIN audit_seals s ON s.event_id = e.id "
        + "WHERE s.position IS NULL AND e.id > @after ORDER BY e.id LIMIT @count";

    private const string LastSealedEvent = "SELECT COALESCE(MAX(event_id), 0) FROM audit_seals";

    /// <summary>
    /// Ids are given before their events are committed, so that those of several processes come in out of order: by so
    /// many at most, which is what a large service writes in a minute.
    /// </summary>
    private const int OutOfOrderMax = 50_000;

    private const string Latest =
        "SELECT position AS Position, day AS Day, digest AS Digest FROM audit_seals ORDER BY position DESC LIMIT 1";

    private const string LatestOfDay =
        "SELECT digest FROM audit_seals WHERE day = @day AND position <= @position ORDER BY position DESC LIMIT 1";

    private const string Chain =
        $"SELECT s.position, s.day, s.digest, {Columns} "
        + "FROM audit_seals s LEFT JOIN audit_events e ON e.id = s.event_id ORDER BY s.position";

    /// <summary>The oldest events without a seal.</summary>
    /// <param name="count">How many at most.</param>
    /// <param name="recent">Looks only near the last that is sealed: so long as ever, however many are.</param>
    public Task<IReadOnlyList<AuditRow>> Unsealed(int count, bool recent = false) =>
        database.Read<IReadOnlyList<AuditRow>>(async connection =>
        {
            var after = recent ? await connection.ExecuteScalarAsync<long>(LastSealedEvent) - OutOfOrderMax : 0;
            return [.. await connection.QueryAsync<AuditRow>(UnsealedRows, new { count, after })];
        });

    /// <summary>The last seal, or null.</summary>
    public async Task<(long Position, string Digest)?> Last() =>
        await database.Read(connection => connection.QueryFirstOrDefaultAsync<SealRow>(Latest)) is { } last
            ? (last.Position, last.Digest)
            : null;

    /// <summary>The last seal of a day up to a position, or null.</summary>
    public Task<string?> Last(string day, long position) => database.Read(connection =>
        connection.QueryFirstOrDefaultAsync<string>(LatestOfDay, new { day, position }));

    /// <summary>Days whose events were erased.</summary>
    public Task<IReadOnlySet<string>> Erased() => database.Read<IReadOnlySet<string>>(async connection =>
        (await connection.QueryAsync<string>("SELECT day FROM audit_erasures")).ToHashSet(StringComparer.Ordinal));

    /// <summary>Every seal with its event, in order of position.</summary>
    public async IAsyncEnumerable<SealedAudit> Seals([EnumeratorCancellation] CancellationToken stop)
    {
        await using var connection = await database.Source.OpenConnectionAsync(stop);
        await foreach (var row in connection.QueryUnbufferedAsync<dynamic>(Chain).WithCancellation(stop))
        {
            var fields = (IDictionary<string, object?>)row;
            yield return new SealedAudit(
                (long)fields["position"]!, (string)fields["day"]!, (string)fields["digest"]!, EventOf(fields));
        }
    }

    /// <summary>Events that answer a question, newest first.</summary>
    /// <param name="question">The question.</param>
    /// <param name="count">How many at most.</param>
    public Task<IReadOnlyList<AuditRow>> Find(AuditQuestion question, int count)
    {
        var begins = question.Action?.EndsWith(".*", StringComparison.Ordinal) is true;
        string[] conditions =
        [
            "1 = 1",
            .. If(question.From, "e.at >= @From"),
            .. If(question.To, "e.at < @To"),
            .. If(question.Actor, "e.actor = @Actor"),
            .. If(question.Action, begins ? "substr(e.action, 1, @length) = @prefix" : "e.action = @Action"),
            .. If(question.Call, "(e.call_id = @Call OR e.session_id = @Call)"),
            .. If(question.Before, "e.id < @Before"),
        ];
        var prefix = begins ? question.Action![..^1] : "";
        var sql = $"SELECT {Columns} FROM audit_events e WHERE {string.Join(" AND ", conditions)} "
            + "ORDER BY e.id DESC LIMIT @count";
        var values = new
        {
            question.From,
            question.To,
            question.Actor,
            question.Action,
            question.Call,
            question.Before,
            count,
            prefix,
            length = prefix.Length,
        };
        return database.Read<IReadOnlyList<AuditRow>>(
            async connection => [.. await connection.QueryAsync<AuditRow>(sql, values)]);
    }

    private static string[] If(object? value, string condition) => value is null ? [] : [condition];

    private static AuditRow? EventOf(IDictionary<string, object?> fields) => fields["id"] is long id
        ? new AuditRow
        {
            id = id,
            subject = (string)fields["subject"]!,
            number = (long)fields["number"]!,
            at = (string)fields["at"]!,
            actor = (string)fields["actor"]!,
            role = (string)fields["role"]!,
            action = (string)fields["action"]!,
            outcome = (string)fields["outcome"]!,
            call_id = (string?)fields["call_id"],
            session_id = (string?)fields["session_id"],
            address = (string?)fields["address"],
            detail = (string?)fields["detail"],
        }
        : null;

    private sealed record SealRow(long Position, string Day, string Digest);
}
