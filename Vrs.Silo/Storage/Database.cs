using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Vrs.Silo.Storage;

/// <summary>The one database of the service.</summary>
public sealed class Database : IAsyncDisposable
{
    /// <summary>
    /// PostgreSQL lets in 100 unless told otherwise, and they are for several processes: this one must leave room for
    /// the next version, for records and for operators. More would read no faster.
    /// </summary>
    private const int ConnectionsMax = 30;

    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(250);

    private readonly TimeSpan _outageHold;

    private Database(StorageOptions options, DbDataSource source, string description)
    {
        _outageHold = options.OutageHold;
        Provider = options.Provider;
        Source = source;
        Description = description;
    }

    /// <summary>Its kind.</summary>
    public DatabaseProvider Provider { get; }

    /// <summary>Connections for reading. Writes go through <see cref="GroupCommitWriter"/>.</summary>
    public DbDataSource Source { get; }

    /// <summary>Which database this is, for people; never with credentials.</summary>
    public string Description { get; }

    /// <summary>Whether it takes writes, as the writer finds it.</summary>
    public StorageState State { get; } = new(TimeProvider.System);

    /// <summary>Prepares access; connects to nothing yet, but makes the data folder when it is needed.</summary>
    /// <param name="options">Where it is.</param>
    /// <exception cref="StorageException">The options can't be right.</exception>
    public static Database Open(StorageOptions options) =>
        options.Provider == DatabaseProvider.Sqlite ? OpenSqlite(options) : OpenPostgreSql(options);

    /// <summary>
    /// Reads; waits for a database that is away as writes do, up to <see cref="StorageOptions.OutageHold"/>.
    /// </summary>
    /// <param name="work">Reads by the connection it is given; it may be done more than once.</param>
    /// <exception cref="DbException">It failed.</exception>
    public async Task<TResult> Read<TResult>(Func<DbConnection, Task<TResult>> work)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = await Source.OpenConnectionAsync();
                return await work(connection);
            }
            catch (Exception fault) when (StorageOutage.Is(fault)
                && State.FailingFor < _outageHold
                && TimeProvider.System.GetElapsedTime(since) < _outageHold)
            {
                ForgetConnections();
            }

            await Task.Delay(RetryPause);
        }
    }

    /// <summary>Connections that were made before are not used again: the server behind them may be gone.</summary>
    public void ForgetConnections()
    {
        if (Source is NpgsqlDataSource pooled)
        {
            pooled.Clear();
        }
    }

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
            options, SqliteFactory.Instance.CreateDataSource(given.ToString()), $"SQLite file {file}");
    }

    private static Database OpenPostgreSql(StorageOptions options)
    {
        var given = Parse(options, static text => new NpgsqlConnectionStringBuilder(text));
        if (given.MaxAutoPrepare == 0)
        {
            given.MaxAutoPrepare = 50;
        }

        if (!given.ShouldSerialize("Maximum Pool Size"))
        {
            given.MaxPoolSize = Math.Max(ConnectionsMax, given.MinPoolSize);
        }

        // A server that hangs is noticed before anybody who waits for it gives up.
        if (!given.ShouldSerialize("Timeout"))
        {
            given.Timeout = 5;
        }

        if (!given.ShouldSerialize("Command Timeout"))
        {
            given.CommandTimeout = 10;
        }

        var builder = new NpgsqlDataSourceBuilder(given.ToString());
        return new Database(
            options,
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
