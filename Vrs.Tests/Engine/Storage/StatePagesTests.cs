using System.Globalization;
using Dapper;
using Vrs.Silo.Storage;

namespace Vrs.Tests.Engine.Storage;

/// <summary>How grain state lies in a SQLite file, and that a file from before is brought to it with all that is in
/// it.</summary>
[Trait("Suite", "Engine")]
public sealed class StatePagesTests
{
    private const int LaysStateOut = 13;
    private const int FrameBytes = 4096 + 24;
    private const int States = 200;

    [Fact]
    public async Task A_step_of_a_call_writes_one_page()
    {
        await using var database = await TemporaryDatabase.Make(DatabaseProvider.Sqlite);
        var etags = await Store(database);
        await using var connection = await database.Database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync("PRAGMA wal_checkpoint(TRUNCATE)");

        var storage = new SqlStorage(database.Database, database.Writer, TimeProvider.System);
        for (var i = 0; i < States; i++)
        {
            await storage.Write(Key(i), Body(i + 1), etags[i]);
        }

        var log = new FileInfo(Path.Combine(database.Options.DataFolder, "vrs.db-wal"));
        Assert.InRange((double)log.Length / FrameBytes / States, 0.9, 1.5);
    }

    [Fact]
    public async Task State_of_an_earlier_version_is_kept()
    {
        await using var database = await TemporaryDatabase.Make(DatabaseProvider.Sqlite);
        await BackTo001(database);
        var etags = await Store(database);

        var applied = await new Migrator(database.Database, TimeProvider.System).Migrate();

        Assert.Equal([LaysStateOut], applied);
        var storage = new SqlStorage(database.Database, database.Writer, TimeProvider.System);
        for (var i = 0; i < States; i++)
        {
            var stored = await storage.Read(Key(i));
            Assert.Equal(etags[i], stored?.Etag);
            Assert.Equal(Body(i), stored?.Json.ToArray());
        }

        Assert.Equal("2", await storage.Write(Key(0), Body(1), etags[0]));
        await Assert.ThrowsAsync<StaleStateException>(() => storage.Write(Key(0), Body(2), etag: null));
    }

    /// <summary>The table as the first version made it.</summary>
    private static async Task BackTo001(TemporaryDatabase database)
    {
        await using var script = typeof(Migrator).Assembly.GetManifestResourceStream("sqlite/001_grains.sql")!;
        using var reader = new StreamReader(script);
        var first = await reader.ReadToEndAsync();
        await using var connection = await database.Database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync("DROP TABLE grain_state");
        await connection.ExecuteAsync(first[..(first.IndexOf(';', StringComparison.Ordinal) + 1)]);
        await connection.ExecuteAsync($"DELETE FROM schema_versions WHERE number = {LaysStateOut}");
    }

    private static async Task<string[]> Store(TemporaryDatabase database)
    {
        var storage = new SqlStorage(database.Database, database.Writer, TimeProvider.System);
        return await Task.WhenAll(Enumerable.Range(0, States).Select(i => storage.Write(Key(i), Body(i), etag: null)));
    }

    private static StateKey Key(int number) => new(
        new GrainIdentity("call", Convert.ToHexStringLower(BitConverter.GetBytes(number * 2_654_435_761L))), "call");

    /// <summary>As long as a call's state is.</summary>
    private static byte[] Body(int number) => System.Text.Encoding.UTF8.GetBytes(
        $$"""{"number":{{number.ToString(CultureInfo.InvariantCulture)}},"text":"{{new string('x', 1700)}}"}""");
}
