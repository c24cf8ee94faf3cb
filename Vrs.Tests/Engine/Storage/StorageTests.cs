using Dapper;
using Npgsql;
using Vrs.Silo.Storage;

namespace Vrs.Tests.Engine.Storage;

/// <summary>
/// The contract of storage on memory, SQLite and PostgreSQL, and what an operator sees when something is wrong.
/// </summary>
[Trait("Suite", "Engine")]
public sealed class StorageTests
{
    [Fact]
    public async Task Memory_keeps_state_and_reminders()
    {
        await StorageContract.State(new MemoryStorage());
        await StorageContract.Reminders(new MemoryReminderStorage());
    }

    [Fact]
    public Task Sqlite_keeps_state_reminders_and_records() => Keeps(DatabaseProvider.Sqlite);

    [PostgreSqlFact]
    public Task PostgreSql_keeps_state_reminders_and_records() => Keeps(DatabaseProvider.PostgreSql);

    /// <summary>PostgreSQL takes 100 connections, and one process is not alone with it.</summary>
    [PostgreSqlFact]
    public async Task However_many_read_at_once_PostgreSql_has_room_for_others()
    {
        await using var database = await TemporaryDatabase.Make(DatabaseProvider.PostgreSql);
        var reads = Task.WhenAll(Enumerable.Range(0, 200).Select(_ => database.Database.Read(connection =>
            connection.ExecuteScalarAsync<long>(
                "SELECT COUNT(*) FROM pg_stat_activity, pg_sleep(0.2) WHERE datname = current_database()"))));

        Assert.InRange((await reads).Max(), 2, 40);
    }

    [Fact]
    public async Task Limits_that_the_connection_string_does_not_set_are_ours()
    {
        await using var ours = Database.Open(For("Host=db"));
        await using var theirs = Database.Open(For("Host=db;MaxPoolSize=7;Timeout=8;CommandTimeout=9"));

        Assert.Equal((30, 5, 10), LimitsOf(ours));
        Assert.Equal((7, 8, 9), LimitsOf(theirs));
    }

    [Fact]
    public async Task Sqlite_uses_a_write_ahead_log()
    {
        await using var database = await TemporaryDatabase.Make(DatabaseProvider.Sqlite);
        await using var connection = await database.Database.Source.OpenConnectionAsync();
        Assert.Equal("wal", await connection.ExecuteScalarAsync<string>("PRAGMA journal_mode"));
    }

    [Fact]
    public void Both_databases_have_the_same_migrations()
    {
        var names = typeof(Migrator).Assembly.GetManifestResourceNames();
        string[] Of(string folder) =>
            [.. names.Where(name => name.StartsWith(folder, StringComparison.Ordinal))
                .Select(name => name[folder.Length..]).Order()];
        Assert.NotEmpty(Of("sqlite/"));
        Assert.Equal(Of("sqlite/"), Of("postgresql/"));
    }

    [Fact]
    public async Task A_writer_that_has_stopped_says_so()
    {
        await using var database = await TemporaryDatabase.Make(DatabaseProvider.Sqlite);
        await database.Writer.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => database.Writer.Write(new Statement("SELECT 1")));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_named_with_a_remedy()
    {
        var folder = Directory.CreateTempSubdirectory("vrs-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "vrs.db"), new string('x', 5000));
        var fault = await Refused(new StorageOptions { DataFolder = folder });
        Assert.Contains("no SQLite database", fault, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_database_of_something_else_is_left_alone()
    {
        var folder = Directory.CreateTempSubdirectory("vrs-").FullName;
        var options = new StorageOptions { DataFolder = folder };
        await using (var database = Database.Open(options))
        {
            await using var connection = await database.Source.OpenConnectionAsync();
            await connection.ExecuteAsync("CREATE TABLE recipes (name TEXT)");
        }

        Assert.Contains("recipes", await Refused(options), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_left_alone()
    {
        await using var database = await TemporaryDatabase.Make(DatabaseProvider.Sqlite);
        await database.Writer.Write(
            new Statement("INSERT INTO schema_versions (number, name, applied_at) VALUES (900, 'later', 'now')"));
        Assert.Contains("newer version (schema 900", await Refused(database.Options), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named_with_a_remedy()
    {
        var file = Path.GetTempFileName();
        var fault = await Refused(new StorageOptions { DataFolder = Path.Combine(file, "data") });
        Assert.Contains("Set Storage:DataFolder", fault, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite, "nonsense")]
    [InlineData(DatabaseProvider.PostgreSql, "Host=localhost;Pasword=secret")]
    public async Task A_wrong_connection_string_is_explained_without_being_shown(DatabaseProvider provider, string text)
    {
        var fault = await Refused(new StorageOptions { Provider = provider, ConnectionString = text });
        Assert.Contains("Storage:ConnectionString", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_named_with_a_remedy()
    {
        var fault = await Refused(new StorageOptions
        {
            Provider = DatabaseProvider.PostgreSql,
            ConnectionString = "Host=127.0.0.1;Port=1;Database=vrs;Username=vrs;Password=secret",
        });
        Assert.Contains("PostgreSQL database vrs on 127.0.0.1:1", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_of_the_options_are_told_at_once()
    {
        var result = new StorageOptionsValidator().Validate(null, new StorageOptions
        {
            Provider = DatabaseProvider.PostgreSql,
            DataFolder = " ",
            WriteQueueLimit = 0,
            WriteBatchLimit = 0,
        });
        Assert.Equal(4, result.Failures!.Count());
    }

    private static async Task Keeps(DatabaseProvider provider)
    {
        await using var database = await TemporaryDatabase.Make(provider);
        await StorageContract.State(new SqlStorage(database.Database, database.Writer, TimeProvider.System));
        await StorageContract.Reminders(new SqlReminderStorage(database.Database, database.Writer));
        await database.Writer.Write(new Statement("DELETE FROM reminders"));
        await StorageContract.Writes(database);
        await StorageContract.CallRecordsExist(database);
        await StorageContract.ASecondProcessStarts(database);
    }

    // What an operator reads when the service starts over this.
    private static async Task<string> Refused(StorageOptions options)
    {
        var fault = await Assert.ThrowsAsync<StorageException>(async () =>
        {
            await using var database = Database.Open(options);
            await new Migrator(database, TimeProvider.System).Migrate();
        });
        return fault.Message;
    }

    private static StorageOptions For(string connection) =>
        new() { Provider = DatabaseProvider.PostgreSql, ConnectionString = connection };

    private static (int Connections, int ConnectSeconds, int CommandSeconds) LimitsOf(Database database)
    {
        var given = new NpgsqlConnectionStringBuilder(database.Source.ConnectionString);
        return (given.MaxPoolSize, given.Timeout, given.CommandTimeout);
    }
}
