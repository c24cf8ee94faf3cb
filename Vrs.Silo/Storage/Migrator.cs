using System.Data.Common;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Vrs.Silo.Storage;

/// <summary>
/// Brings the database to the form this version needs, at start: applies the numbered scripts it has not had yet,
/// each in a transaction of its own. It never changes a database that it does not know.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="time">For the time of application.</param>
public sealed class Migrator(Database database, TimeProvider time)
{
    /// <summary>
    /// Any number, the same in all versions: two processes that start at once migrate one after the other.
    /// </summary>
    private const long PostgreSqlLock = 7_105_206;

    /// <summary>A large table takes its time, and another process may be at it.</summary>
    private const int PatienceSeconds = 600;

    private const int SqliteNotADatabase = 26;
    private const int SqliteCannotOpen = 14;
    private const int SqliteReadOnly = 8;

    private string Folder => database.Provider == DatabaseProvider.Sqlite ? "sqlite" : "postgresql";

    /// <summary>Migrates.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The numbers of the scripts that were applied now.</returns>
    /// <exception cref="StorageException">The database can't be reached, is not ours, or is newer than this
    /// version.</exception>
    public async Task<IReadOnlyList<int>> Migrate(CancellationToken cancellationToken = default)
    {
        try
        {
            await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
            await Lock(connection, "SELECT pg_advisory_lock(@PostgreSqlLock)");
            try
            {
                return await Apply(connection, cancellationToken);
            }
            finally
            {
                // The connection goes back to a pool and lives on, and the lock with it.
                await Lock(connection, "SELECT pg_advisory_unlock(@PostgreSqlLock)");
            }
        }
        catch (DbException fault)
        {
            throw new StorageException($"{database.Description} can't be used: {Explain(fault)}", fault);
        }
    }

    /// <summary>The scripts of this version, in order.</summary>
    internal IReadOnlyList<Migration> Known() =>
        [.. typeof(Migrator).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder + "/", StringComparison.Ordinal))
            .Select(name => new Migration(
                int.Parse(name.AsSpan(Folder.Length + 1, 3), CultureInfo.InvariantCulture), name))
            .OrderBy(migration => migration.Number)];

    private async Task<IReadOnlyList<int>> Apply(DbConnection connection, CancellationToken cancellationToken)
    {
        await Prepare(connection);
        var applied = (await connection.QueryAsync<int>("SELECT number FROM schema_versions")).ToHashSet();
        var known = Known();
        var newest = applied.DefaultIfEmpty(0).Max();
        if (newest > known[^1].Number)
        {
            throw new StorageException(
                $"{database.Description} was written by a newer version (schema {newest}; this one knows "
                + $"{known[^1].Number}). "
                + "Start that version, or restore a backup made before it.");
        }

        var done = new List<int>();
        foreach (var migration in known.Where(migration => !applied.Contains(migration.Number)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await connection.ExecuteAsync(
                migration.Read(), transaction: transaction, commandTimeout: PatienceSeconds);
            await connection.ExecuteAsync(
                "INSERT INTO schema_versions (number, name, applied_at) VALUES (@Number, @Name, @At)",
                new
                {
                    migration.Number,
                    migration.Name,
                    At = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
                },
                transaction);
            await transaction.CommitAsync(cancellationToken);
            done.Add(migration.Number);
        }

        return done;
    }

    private async Task Prepare(DbConnection connection)
    {
        if (database.Provider == DatabaseProvider.Sqlite)
        {
            await connection.ExecuteAsync("PRAGMA journal_mode = WAL");
        }

        var tables = database.Provider == DatabaseProvider.Sqlite
            ? "SELECT name FROM sqlite_master WHERE type = 'table'"
            : "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()";
        var names = (await connection.QueryAsync<string>(tables)).ToList();
        if (names.Count > 0 && !names.Contains("schema_versions", StringComparer.Ordinal))
        {
            throw new StorageException(
                $"{database.Description} holds tables of something else ({names[0]}). "
                + "Give an empty database: set Storage:ConnectionString or Storage:DataFolder.");
        }

        await connection.ExecuteAsync(
            "CREATE TABLE IF NOT EXISTS schema_versions "
            + "(number INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL)");
    }

    private Task Lock(DbConnection connection, string sql) => database.Provider == DatabaseProvider.PostgreSql
        ? connection.ExecuteAsync(sql, new { PostgreSqlLock }, commandTimeout: PatienceSeconds)
        : Task.CompletedTask;

    private static string Explain(DbException fault) =>
        fault switch
        {
            SqliteException { SqliteErrorCode: SqliteNotADatabase } =>
                "the file is no SQLite database, or it is damaged. Restore it from a backup, or move it away "
                + "to start empty.",
            SqliteException { SqliteErrorCode: SqliteCannotOpen } =>
                "the file can't be opened. Set Storage:DataFolder to a folder this user may write to.",
            SqliteException { SqliteErrorCode: SqliteReadOnly } =>
                "the file can't be written. Give this user the right to write it and its folder.",
            _ => $"{fault.Message} Check Storage:ConnectionString, and that the server runs and lets this user in.",
        };
}

/// <summary>One script.</summary>
/// <param name="Number">Its number; scripts are applied in this order.</param>
/// <param name="Name">Its resource.</param>
internal sealed record Migration(int Number, string Name)
{
    /// <summary>The text of the script.</summary>
    public string Read()
    {
        using var stream = typeof(Migrator).Assembly.GetManifestResourceStream(Name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
