using System.Text;
using Dapper;
using Vrs.Silo.Storage;

namespace Vrs.Tests.Engine.Storage;

/// <summary>What grain state, reminders and the writer promise, whatever the database.</summary>
internal static class StorageContract
{
    private static readonly StateKey Key = new(new GrainIdentity("call", "c-1"), "state");

    public static async Task State(IStateStorage storage)
    {
        Assert.Null(await storage.Read(Key));
        var first = await storage.Write(Key, Json("one"), null);
        var second = await storage.Write(Key, Json("zwei – 二"), first);
        Assert.NotEqual(first, second);
        var stored = await storage.Read(Key);
        Assert.Equal("zwei – 二", Encoding.UTF8.GetString(stored!.Json.Span));
        Assert.Equal(second, stored.Etag);

        var stale = await Assert.ThrowsAsync<StaleStateException>(() => storage.Write(Key, Json("x"), first));
        Assert.Equal((second, first), (stale.Stored, stale.Known));
        await Assert.ThrowsAsync<StaleStateException>(() => storage.Write(Key, Json("x"), null));
        await Assert.ThrowsAsync<StaleStateException>(() => storage.Clear(Key, first));
        Assert.Equal(second, (await storage.Read(Key))!.Etag);

        await storage.Clear(Key, second);
        Assert.Null(await storage.Read(Key));
        await Assert.ThrowsAsync<StaleStateException>(() => storage.Write(Key, Json("x"), second));
    }

    public static async Task Reminders(IReminderStorage table)
    {
        var grain = new GrainIdentity("call", "c-1");
        var tea = new StoredReminder(
            grain, "tea", DateTimeOffset.FromUnixTimeMilliseconds(1_893_456_000_123), TimeSpan.FromMinutes(1));
        await table.Upsert(tea);
        await table.Upsert(tea with { Name = "cake" });
        Assert.Equal(tea, await table.Read(grain, "tea"));
        await table.Upsert(tea with { Period = TimeSpan.FromMinutes(2) });
        Assert.Equal(TimeSpan.FromMinutes(2), (await table.Read(grain, "tea"))!.Period);
        await table.Remove(grain, "cake");
        await table.Remove(grain, "cake");
        Assert.Equal([tea with { Period = TimeSpan.FromMinutes(2) }], await table.ReadAll());
        Assert.Null(await table.Read(grain, "cake"));
    }

    /// <summary>Many at once: each is answered for itself, and a bad one does not take the good ones with it.</summary>
    public static async Task Writes(TemporaryDatabase database)
    {
        var insert =
            "INSERT INTO reminders (grain_type, grain_key, name, start_ms, period_ms) VALUES (@p0, @p1, 'n', @p2, 0)";
        var writes = Enumerable.Range(0, 500)
            .Select(number => database.Writer.Write(
                new Statement(insert, "t", $"{number}", number % 100 == 50 ? null : (long)number)))
            .ToArray();
        for (var number = 0; number < writes.Length; number++)
        {
            if (number % 100 == 50)
            {
                await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => writes[number]);
            }
            else
            {
                Assert.Equal(1, await writes[number]);
            }
        }

        await using var connection = await database.Database.Source.OpenConnectionAsync();
        Assert.Equal(495, await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM reminders"));
    }

    public static async Task CallRecordsExist(TemporaryDatabase database)
    {
        await using var connection = await database.Database.Source.OpenConnectionAsync();
        Assert.Equal(0, await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM call_records"));
        Assert.Empty(await new Migrator(database.Database, TimeProvider.System).Migrate());
    }

    /// <summary>The first process holds its connections, but nothing that the second would wait for.</summary>
    public static async Task ASecondProcessStarts(TemporaryDatabase database)
    {
        await using var second = Database.Open(database.Options);
        Assert.Empty(await new Migrator(second, TimeProvider.System).Migrate());
    }

    private static byte[] Json(string text) => Encoding.UTF8.GetBytes(text);
}
