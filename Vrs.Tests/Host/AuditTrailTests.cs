using System.Collections.Immutable;
using System.Data.Common;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Vrs.Grains.Interfaces.Audit;
using Vrs.Silo.Audit;
using Vrs.Silo.Storage;
using Vrs.Tests.Engine.Storage;

namespace Vrs.Tests.Host;

/// <summary>The trail is added to, never changed; what was changed all the same is found.</summary>
public sealed class AuditTrailTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly CancellationToken Never = CancellationToken.None;

    /// <summary>Ways to change what is written; the database refuses each.</summary>
    public static TheoryData<string> Changes =>
    [
        "UPDATE audit_events SET actor = 'nobody' WHERE number = 2",
        "DELETE FROM audit_events WHERE number = 2",
        "UPDATE audit_seals SET digest = 'x' WHERE position = 2",
        "DELETE FROM audit_seals WHERE position = 5",
        "DELETE FROM audit_erasures",
    ];

    /// <summary>The same by somebody who may change the schema, and the sentence that tells of it.</summary>
    public static TheoryData<string, string> Tamperings => new()
    {
        { "UPDATE audit_events SET actor = 'nobody' WHERE number = 2", "Seal 2 does not fit event 2 (call:c)" },
        { "DELETE FROM audit_events WHERE number = 2", "Seal 2 has no event: one of 2026-03-01 was taken away." },
        { "DELETE FROM audit_seals WHERE position = 2", "Seal 3 follows 1: seals were taken away." },
        { "UPDATE audit_seals SET digest = 'x' WHERE position = 1", "Seal 1 does not fit event 1" },
        { "UPDATE audit_seals SET event_id = 99 WHERE position = 3", "Seal 3 has no event" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Nothing_is_changed_in_SQLite(string change) =>
        await NothingIsChanged(DatabaseProvider.Sqlite, change);

    [PostgreSqlFact]
    public async Task Nothing_is_changed_in_PostgreSql()
    {
        foreach (var change in Changes.Cast<object[]>().Select(row => (string)row[0]).Append("TRUNCATE audit_events"))
        {
            await NothingIsChanged(DatabaseProvider.PostgreSql, change);
        }
    }

    [Theory]
    [MemberData(nameof(Tamperings))]
    public async Task What_was_tampered_with_is_found(string tampering, string told)
    {
        await using var database = await Filled(DatabaseProvider.Sqlite);
        Assert.Empty((await Check(database)).Faults);
        await database.DropTriggers();
        await using (var connection = await database.Database.Source.OpenConnectionAsync())
        {
            Assert.Equal(1, await connection.ExecuteAsync(tampering));
        }

        Assert.Contains((await Check(database)).Faults, fault => fault.StartsWith(told, StringComparison.Ordinal));
    }

    [Fact]
    public Task Sqlite_takes_the_same_event_once() => TakesTheSameEventOnce(DatabaseProvider.Sqlite);

    [PostgreSqlFact]
    public Task PostgreSql_takes_the_same_event_once() => TakesTheSameEventOnce(DatabaseProvider.PostgreSql);

    [Theory]
    [InlineData("", "dana", "caller", "call.made", "done")]
    [InlineData("call:c", "", "caller", "call.made", "done")]
    [InlineData("call:c", "dana", "", "call.made", "done")]
    [InlineData("call:c", "dana", "caller", "", "done")]
    [InlineData("call:c", "dana", "caller", "call.made", "")]
    public async Task An_event_that_does_not_say_who_what_and_the_outcome_is_not_taken(
        string subject, string actor, string role, string action, string outcome)
    {
        await using var database = await TemporaryDatabase.Make(DatabaseProvider.Sqlite);
        var trail = new SqlAuditTrail(database.Writer);
        var entry = new AuditEvent(subject, 1, Noon, actor, role, action, outcome);
        await Assert.ThrowsAnyAsync<DbException>(() => trail.Append([entry], Never));
    }

    [Fact]
    public async Task Processes_that_seal_at_once_make_one_chain()
    {
        await using var database = await TemporaryDatabase.Make(DatabaseProvider.Sqlite);
        await new SqlAuditTrail(database.Writer).Append(
            Enumerable.Range(1, 200).Select(number => Event(number, Noon.AddSeconds(number))).ToImmutableArray(),
            Never);

        for (var sealedAll = 0; sealedAll < 200;)
        {
            sealedAll += (await Task.WhenAll(Sealer(database).SealAll(Never), Sealer(database).SealAll(Never))).Sum();
        }

        var check = await Check(database);
        Assert.Equal((200, 0), (check.Count, check.FaultCount));
    }

    [Fact]
    public Task Sqlite_erases_whole_days_and_the_chain_holds() => ErasesWholeDays(DatabaseProvider.Sqlite);

    [PostgreSqlFact]
    public Task PostgreSql_erases_whole_days_and_the_chain_holds() => ErasesWholeDays(DatabaseProvider.PostgreSql);

    private static async Task ErasesWholeDays(DatabaseProvider provider)
    {
        await using var database = await Filled(provider);
        var eraser = new AuditEraser(
            database.Writer,
            Options.Create(new StorageOptions { AuditRetention = TimeSpan.FromDays(30) }),
            new FixedTime(Noon.AddDays(31)),
            NullLogger<AuditEraser>.Instance);

        Assert.Equal(3, await eraser.EraseDue());
        Assert.Equal(0, await eraser.EraseDue());

        var check = await Check(database);
        Assert.Equal((5, 3, 0), (check.Count, check.Erased, check.FaultCount));
        var left = await new AuditReader(database.Database).Find(new AuditQuestion(), 10);
        Assert.Equal([5, 4], left.Select(entry => entry.number));
    }

    private static async Task TakesTheSameEventOnce(DatabaseProvider provider)
    {
        await using var database = await Filled(provider);
        await new SqlAuditTrail(database.Writer).Append([Event(1, Noon), Event(6, Noon.AddDays(1))], Never);

        var reader = new AuditReader(database.Database);
        Assert.Equal(6, (await reader.Find(new AuditQuestion(), 10)).Count);
        Assert.Equal(2, (await reader.Find(new AuditQuestion(), 2)).Count);
        Assert.Single(await reader.Find(new AuditQuestion(Actor: "dana", Action: "call.*", Before: 2), 10));
        Assert.Empty(await reader.Find(new AuditQuestion(Call: "other", From: "2026-03-01", To: "2026-03-02"), 10));
        Assert.Equal(1, await Sealer(database).SealAll(Never));
        Assert.Empty((await Check(database)).Faults);
    }

    private static async Task NothingIsChanged(DatabaseProvider provider, string change)
    {
        await using var database = await Filled(provider);
        await database.Writer.Write(
            new Statement("INSERT INTO audit_erasures (day, erased_at) VALUES ('2020-01-01', '2026-01-01')"));
        await Assert.ThrowsAnyAsync<DbException>(() => database.Writer.Write(new Statement(change)));
    }

    /// <summary>Five sealed events of two days.</summary>
    private static async Task<TemporaryDatabase> Filled(DatabaseProvider provider)
    {
        var database = await TemporaryDatabase.Make(provider);
        var events = new[] { 1, 2, 3, 4, 5 }.Select(number => Event(number, Noon.AddHours(number < 4 ? number : 24)));
        await new SqlAuditTrail(database.Writer).Append(events.ToImmutableArray(), Never);
        Assert.Equal(5, await Sealer(database).SealAll(Never));
        return database;
    }

    private static AuditEvent Event(int number, DateTimeOffset at) =>
        new("call:c", number, at, "dana", "caller", "call.made", AuditEvent.Done, Detail: "Received to Queued");

    private static AuditSealer Sealer(TemporaryDatabase database) => new(
        new AuditReader(database.Database), database.Writer, TimeProvider.System, NullLogger<AuditSealer>.Instance);

    private static async Task<AuditCheck> Check(TemporaryDatabase database)
    {
        var reader = new AuditReader(database.Database);
        var check = new AuditCheck(await reader.Erased());
        await foreach (var seal in reader.Seals(Never))
        {
            check.Look(seal);
        }

        return check;
    }
}
