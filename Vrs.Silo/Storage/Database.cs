using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Vrs.Silo.Storage;

/// <summary>The one database of the service.</summary>
public sealed class Database : IAsyncDisposable
{
    private Database(DatabaseProvider provider, DbDataSource source, string description)
    {
        Provider = provider;
        Source = source;
        Description = description;
    }

    /// <summary>Its kind.</summary>
    public DatabaseProvider Provider { get; }

    /// <summary>Connections for reading. Writes go through <see cref="GroupCommitWriter"/>.</summary>
    public DbDataSource Source { get; }

    /// <summary>Which database this is, for people; never with credentials.</summary>
    public string Description { get; }

    /// <summary>Prepares access; connects to nothing yet, but makes the data folder when it is needed.</summary>
    /// <param name="options">Where it is.</param>
    /// <exception cref="StorageException">The options can't be right.</exception>
    public static Database Open(StorageOptions options) =>
        options.Provider == DatabaseProvider.Sqlite ? OpenSqlite(options) : OpenPostgreSql(options);

    public ValueTask DisposeAsync()
    {
        if (Provider == DatabaseProvider.Sqlite)
        {
            // Pooled connections would keep the file open after the process has no more use for it.
            using var connection = (SqliteConnection)Source.CreateConnection();
            SqliteConnection.ClearPool(connection);
        }

        return Source.DisposeAsync();
    }

    private static Database OpenSqlite(StorageOptions options)
    {
        SQLitePCL.Batteries_V2.Init();
        var given = Parse(options, static text => new SqliteConnectionStringBuilder(text));
        if (string.IsNullOrEmpty(given.DataSource))
        {
            given.DataSource = Path.Combine(options.DataFolder, "vrs.db");
        }

        var file = Path.GetFullPath(given.DataSource);
        try
        {
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(
                $"The folder of the database {file} can't be made: {fault.Message} "
                + "Set Storage:DataFolder to a folder this user may write to.",
                fault);
        }

        given.DataSource = file;
        return new Database(
            DatabaseProvider.Sqlite, SqliteFactory.Instance.CreateDataSource(given.ToString()), $"SQLite file {file}");
    }

    private static Database OpenPostgreSql(StorageOptions options)
    {
        var given = Parse(options, static text => new NpgsqlConnectionStringBuilder(text));
        if (given.MaxAutoPrepare == 0)
        {
            given.MaxAutoPrepare = 50;
        }

        var builder = new NpgsqlDataSourceBuilder(given.ToString());
        return new Database(
            DatabaseProvider.PostgreSql,
            builder.Build(),
            $"PostgreSQL database {given.Database} on {given.Host}:{given.Port}");
    }

    private static TBuilder Parse<TBuilder>(StorageOptions options, Func<string?, TBuilder> parse)
    {
        try
        {
            return parse(options.ConnectionString);
        }
        catch (ArgumentException fault)
        {
            // The text itself is not shown: it may hold a password.
            throw new StorageException(
                $"Storage:ConnectionString is no connection string for {options.Provider}: {fault.Message} "
                + "Write it as Key=Value pairs separated by semicolons.",
                fault);
        }
    }
}
