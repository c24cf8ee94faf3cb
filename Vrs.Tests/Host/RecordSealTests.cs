using System.Data.Common;
using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Vrs.Grains.Domain.Records;
using Vrs.Silo.Records;
using Vrs.Silo.Storage;
using Vrs.Tests.Engine.Storage;

namespace Vrs.Tests.Host;

/// <summary>Whoever changes, removes or adds a record after it was sealed is found out.</summary>
public sealed class RecordSealTests
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private static readonly DateTimeOffset FirstDay = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Every way to tamper, and the sentence that tells of it.</summary>
    public static TheoryData<string, string> Tamperings => new()
    {
        { "UPDATE call_records SET ca_id = '7002' WHERE sequence = 2", "Record 2 (call c2) does not fit its seal" },
        { "UPDATE call_records SET outbound_number = NULL WHERE sequence = 3", "Record 3 (call c3) does not fit" },
        {
            "UPDATE record_seals SET digest = 'x' WHERE sequence = 2",
            "Record 2 (call c2) does not fit its seal: it, or the one before it, was changed."
        },
        { "DELETE FROM call_records WHERE sequence = 2", "Record 3 (call c3) follows 1: records are missing" },
        { "DELETE FROM record_seals WHERE sequence = 2", "Record 3 (call c3) is sealed, but one before it is not" },
        {
            "UPDATE call_records SET ended_at = '2026-03-02T12:00:00.000Z' WHERE sequence = 1",
            "Record 1 (call c1) does not fit its seal"
        },
        {
            "UPDATE call_records SET conversation_seconds = 600 WHERE sequence = 1",
            "Record 1 (call c1) has conversation seconds that its times do not give."
        },
        {
            "UPDATE call_records SET conversation_start = '2026-03-01T12:00:01.000Z' WHERE sequence = 1",
            "Record 1 (call c1) has a conversation outside the session."
        },
    };

    [Theory]
    [MemberData(nameof(Tamperings))]
    public async Task What_was_tampered_with_is_found(string tampering, string told)
    {
        await using var database = await TemporaryDatabase.Make(DatabaseProvider.Sqlite);
        await Fill(database);
        Assert.Equal(5, await Seal(database));
        Assert.Empty((await Audit(database)).Faults);

        await database.DropTriggers();
        await using (var connection = await database.Database.Source.OpenConnectionAsync())
        {
            Assert.Equal(1, await connection.ExecuteAsync(tampering));
        }

        Assert.Contains((await Audit(database)).Faults, fault => fault.StartsWith(told, StringComparison.Ordinal));
    }

    [Fact]
    public Task Sqlite_keeps_a_chain_for_each_day() => KeepsAChainForEachDay(DatabaseProvider.Sqlite);

    [PostgreSqlFact]
    public Task PostgreSql_keeps_a_chain_for_each_day() => KeepsAChainForEachDay(DatabaseProvider.PostgreSql);

    [Fact]
    public async Task Two_processes_that_seal_at_once_make_one_chain()
    {
        await using var database = await TemporaryDatabase.Make(DatabaseProvider.Sqlite);
        await Fill(database);

        await Task.WhenAll(Seal(database), Seal(database));

        var audit = await Audit(database);
        Assert.Empty(audit.Faults);
        Assert.Equal(0, audit.Unsealed);
    }

    [Fact]
    public async Task An_export_holds_the_days_that_were_asked_for()
    {
        await using var database = await TemporaryDatabase.Make(DatabaseProvider.Sqlite);
        await Fill(database);
        var reader = new RecordReader(database.Database);
        var (first, second) = (new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 2));

        using var csv = new MemoryStream();
        await RecordExport.Csv(reader.Between(first, second, Never), csv, Never);
        using var json = new MemoryStream();
        await RecordExport.Json(reader.Between(second, second.AddDays(1), Never), json, Never);

        var lines = Encoding.UTF8.GetString(csv.ToArray()).Split("\r\n");
        Assert.Equal(string.Join(',', CallRecordRow.Names), lines[0]);
        Assert.EndsWith("preference,preference_consent,preference_outcome", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("1,c1,", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",gender=female;wait=60,keepWaiting,fellBack", lines[1], StringComparison.Ordinal);
        Assert.Contains(",\"7001,7002\",", lines[2], StringComparison.Ordinal);
        Assert.Equal(["4,c4", "", ""], [lines[3][..4], lines[4], .. lines[5..].DefaultIfEmpty("")]);
        var objects = Encoding.UTF8.GetString(json.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("sequence").GetInt64());
        Assert.Equal([3, 5], objects);
    }

    private static async Task KeepsAChainForEachDay(DatabaseProvider provider)
    {
        await using var database = await TemporaryDatabase.Make(provider);
        await Fill(database);
        var before = await Audit(database);
        Assert.Equal((5, 5, 0), (before.Count, before.Unsealed, before.FaultCount));

        Assert.Equal(5, await Seal(database));
        Assert.Equal(0, await Seal(database));

        var after = await Audit(database);
        Assert.Empty(after.Faults);
        Assert.Equal(0, after.Unsealed);
        Assert.Equal(["2026-03-01", "2026-03-02"], after.Heads.Keys);
        Assert.All(after.Heads.Values, digest => Assert.Equal(64, digest.Length));
    }

    [Fact]
    public Task Sqlite_erases_whole_days_and_the_chain_holds() => ErasesWholeDays(DatabaseProvider.Sqlite);

    [PostgreSqlFact]
    public Task PostgreSql_erases_whole_days_and_the_chain_holds() => ErasesWholeDays(DatabaseProvider.PostgreSql);

    private static async Task ErasesWholeDays(DatabaseProvider provider)
    {
        await using var database = await TemporaryDatabase.Make(provider);
        await Fill(database);
        await Assert.ThrowsAnyAsync<DbException>(() => Delete(database, "c1"));
        Assert.Equal(0, await Erase(database, FirstDay.AddDays(30)));
        await Seal(database);
        var before = await Audit(database);

        Assert.Equal(0, await Erase(database, FirstDay.AddDays(30)));
        Assert.Equal(3, await Erase(database, FirstDay.AddDays(31)));
        Assert.Equal(0, await Erase(database, FirstDay.AddDays(31)));
        await Assert.ThrowsAnyAsync<DbException>(() => Delete(database, "c3"));

        // The first day had the records 1, 2 and 4.
        var between = await Audit(database);
        Assert.Equal((5, 3, 0), (between.Count, between.Erased, between.FaultCount));
        Assert.Equal(before.Heads, between.Heads);

        Assert.Equal(2, await Erase(database, FirstDay.AddDays(40)));
        await new SqlCallRecords(database.Database, database.Writer).Append(SqlCallRecordsTests.Record("c6"), Never);
        var after = await Audit(database);
        Assert.Equal((6, 5, 0), (after.Count, after.Erased, after.FaultCount));
        Assert.Equal(before.Heads, after.Heads);
    }

    private static Task<int> Delete(TemporaryDatabase database, string call) =>
        database.Writer.Write(new Statement("DELETE FROM call_records WHERE call_id = @p0", call));

    private static async Task<int> Erase(TemporaryDatabase database, DateTimeOffset now)
    {
        using var eraser = new RecordEraser(
            database.Writer,
            Options.Create(new StorageOptions { RecordRetention = TimeSpan.FromDays(30) }),
            new FixedTime(now),
            NullLogger<RecordEraser>.Instance);
        return await eraser.EraseDue();
    }

    /// <summary>Five records of two days, that follow each other as calls do around midnight.</summary>
    private static async Task Fill(TemporaryDatabase database)
    {
        var records = new SqlCallRecords(database.Database, database.Writer);
        foreach (var number in Enumerable.Range(1, 5))
        {
            var record = SqlCallRecordsTests.Record($"c{number}") with { CaId = number == 2 ? "7001,7002" : "7001" };
            await records.Append(number is 3 or 5 ? NextDay(record) : record, Never);
        }
    }

    private static CallRecord NextDay(CallRecord record) => record with
    {
        ArrivedAt = record.ArrivedAt.AddDays(1),
        AnsweredAt = record.AnsweredAt?.AddDays(1),
        SessionStart = record.SessionStart?.AddDays(1),
        SessionEnd = record.SessionEnd?.AddDays(1),
        ConversationStart = record.ConversationStart?.AddDays(1),
        ConversationEnd = record.ConversationEnd?.AddDays(1),
        EndedAt = record.EndedAt.AddDays(1),
    };

    private static async Task<int> Seal(TemporaryDatabase database)
    {
        using var sealer = new RecordSealer(
            new RecordReader(database.Database),
            database.Writer,
            TimeProvider.System,
            NullLogger<RecordSealer>.Instance);
        return await sealer.SealAll(Never);
    }

    private static async Task<RecordAudit> Audit(TemporaryDatabase database)
    {
        var reader = new RecordReader(database.Database);
        var audit = new RecordAudit(await reader.Erased());
        await foreach (var record in reader.All(Never))
        {
            audit.Look(record);
        }

        return audit;
    }
}
