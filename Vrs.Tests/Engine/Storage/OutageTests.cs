using Microsoft.Data.Sqlite;
using Vrs.Silo.Storage;

namespace Vrs.Tests.Engine.Storage;

/// <summary>A database that takes no writes for a while: the writer waits, gives up, and finds it.</summary>
public sealed class OutageTests
{
    private const int Full = 13;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly StateKey Key = new(new GrainIdentity("test", "one"), "state");

    [Fact]
    public async Task A_full_disk_fails_what_does_not_fit_and_counts_as_away_until_there_is_room()
    {
        await using var database = await TemporaryDatabase.Make(
            DatabaseProvider.Sqlite, options => options.OutageHold = TimeSpan.FromMilliseconds(300));
        var storage = new SqlStorage(database.Database, database.Writer, TimeProvider.System);
        var back = new TaskCompletionSource();
        database.Writer.State.Recovered += back.SetResult;
        // SQLite itself then answers as for a full disk.
        await database.Writer.Write(new Statement("PRAGMA max_page_count = 1"));
        var large = "\""u8.ToArray().Concat(new byte[300_000].Select(_ => (byte)'x')).Append((byte)'"').ToArray();

        var fault = await Assert.ThrowsAsync<SqliteException>(() => storage.Write(Key, large, null));
        Assert.Equal(Full, fault.SqliteErrorCode);
        Assert.Null(await storage.Read(Key));

        // What is small fits all the same, and says nothing of what does not.
        await database.Writer.Touch();
        Assert.False(database.Writer.State.IsUp);
        Assert.False(back.Task.IsCompleted);

        await database.Writer.Write(new Statement("PRAGMA max_page_count = 100000"));
        await back.Task.WaitAsync(Limit);
        Assert.Equal("1", await storage.Write(Key, large, null));
        Assert.True(database.Writer.State.IsUp);
    }

    [Fact]
    public async Task A_locked_database_is_said_to_be_away_and_the_write_waits_for_it()
    {
        await using var database = await TemporaryDatabase.Make(DatabaseProvider.Sqlite);
        await using var other = await database.Database.Source.OpenConnectionAsync();
        await using var hold = other.CreateCommand();
        hold.CommandText = "BEGIN IMMEDIATE";
        await hold.ExecuteNonQueryAsync();

        var write = database.Writer.Touch();
        await Integration.Wait.Until(
            "The database is away", () => Task.FromResult(!database.Writer.State.IsUp), Limit);
        Assert.False(write.IsCompleted);

        hold.CommandText = "ROLLBACK";
        await hold.ExecuteNonQueryAsync();
        await write.WaitAsync(Limit);
        Assert.True(database.Writer.State.IsUp);
    }

    [Fact]
    public async Task While_it_takes_none_no_more_writes_are_kept_than_the_bound_and_others_wait_outside()
    {
        const int bound = 3;
        const int asked = 10;
        await using var database = await TemporaryDatabase.Make(
            DatabaseProvider.Sqlite,
            options => (options.WriteQueueLimit, options.WriteBatchLimit) = (bound, 1));
        await using var other = await database.Database.Source.OpenConnectionAsync();
        await using var hold = other.CreateCommand();
        hold.CommandText = "BEGIN IMMEDIATE";
        await hold.ExecuteNonQueryAsync();

        var writes = Enumerable.Range(0, asked).Select(_ => database.Writer.Touch()).ToList();
        var stopping = database.Writer.DisposeAsync();
        hold.CommandText = "ROLLBACK";
        await hold.ExecuteNonQueryAsync();
        await stopping.AsTask().WaitAsync(Limit);

        // What is kept is written before the writer stops, with the one that it has in hand.
        await Integration.Wait.Until(
            "All are answered", () => Task.FromResult(writes.All(write => write.IsCompleted)), Limit);
        Assert.InRange(writes.Count(write => write.IsCompletedSuccessfully), bound, bound + 1);
        Assert.All(
            writes.Where(write => write.IsFaulted),
            write => Assert.IsType<ObjectDisposedException>(write.Exception!.InnerException));
    }

    [Fact]
    public async Task A_write_that_was_stored_and_is_done_again_is_no_conflict()
    {
        await using var database = await TemporaryDatabase.Make(DatabaseProvider.Sqlite);
        var storage = new SqlStorage(database.Database, database.Writer, TimeProvider.System);

        Assert.Equal("1", await storage.Write(Key, "1"u8.ToArray(), null));
        Assert.Equal("1", await storage.Write(Key, "1"u8.ToArray(), null));
        Assert.Equal("2", await storage.Write(Key, "2"u8.ToArray(), "1"));
        Assert.Equal("2", await storage.Write(Key, "2"u8.ToArray(), "1"));
        await Assert.ThrowsAsync<StaleStateException>(() => storage.Write(Key, "3"u8.ToArray(), "1"));
    }
}
