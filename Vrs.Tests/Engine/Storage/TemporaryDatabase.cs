using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Vrs.Silo.Storage;

namespace Vrs.Tests.Engine.Storage;

/// <summary>An empty database, migrated, that is gone after the test.</summary>
internal sealed class TemporaryDatabase : IAsyncDisposable
{
    private readonly Func<Task> _remove;

    private TemporaryDatabase(StorageOptions options, Func<Task> remove)
    {
        Options = options;
        _remove = remove;
        Database = Database.Open(options);
        Writer = new GroupCommitWriter(
            Database, Microsoft.Extensions.Options.Options.Create(options), NullLogger<GroupCommitWriter>.Instance);
    }

    public StorageOptions Options { get; }

    public Database Database { get; }

    public GroupCommitWriter Writer { get; }

    public static async Task<TemporaryDatabase> Make(
        DatabaseProvider provider, Action<StorageOptions>? change = null)
    {
        var options = new StorageOptions { Provider = provider };
        change?.Invoke(options);
        var database = provider == DatabaseProvider.Sqlite ? MakeSqlite(options) : await MakePostgreSql(options);
        await new Migrator(database.Database, TimeProvider.System).Migrate();
        return database;
    }

    /// <summary>The one of a server that the test may kill; it goes with the server.</summary>
    public static async Task<TemporaryDatabase> Make(PostgreSqlProcess server)
    {
        var options = new StorageOptions
        {
            Provider = DatabaseProvider.PostgreSql,
            ConnectionString = server.ConnectionString,
        };
        var database = new TemporaryDatabase(options, () => Task.CompletedTask);
        await new Migrator(database.Database, TimeProvider.System).Migrate();
        return database;
    }

    /// <summary>As somebody may who owns the database: what is never changed can be changed from now on.</summary>
    public async Task DropTriggers()
    {
        await using var connection = await Database.Source.OpenConnectionAsync();
        var triggers = await connection.QueryAsync<string>("SELECT name FROM sqlite_master WHERE type = 'trigger'");
        foreach (var trigger in triggers)
        {
            await connection.ExecuteAsync($"DROP TRIGGER {trigger}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        await Database.DisposeAsync();
        await _remove();
    }

    private static TemporaryDatabase MakeSqlite(StorageOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("vrs-").FullName;
        return new TemporaryDatabase(
            options with { DataFolder = folder },
            () =>
            {
                Directory.Delete(folder, recursive: true);
                return Task.CompletedTask;
            });
    }

    private static async Task<TemporaryDatabase> MakePostgreSql(StorageOptions options)
    {
        var server = await PostgreSqlServer.ConnectionString();
        var name = $"vrs_test_{Guid.NewGuid():N}";
        await Run(server, $"CREATE DATABASE {name}");
        var connection = new NpgsqlConnectionStringBuilder(server) { Database = name }.ToString();
        return new TemporaryDatabase(
            options with { ConnectionString = connection },
            () => Run(server, $"DROP DATABASE {name} WITH (FORCE)"));
    }

    private static async Task Run(string server, string statement)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }
}
