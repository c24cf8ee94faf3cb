using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Vrs.Silo.Storage;

/// <summary>Tells a database that is away, full or locked from a statement that is wrong.</summary>
public static class StorageOutage
{
    /// <summary>SQLITE_BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN.</summary>
    private static readonly int[] SqliteOutages = [5, 6, 8, 10, 13, 14];

    /// <summary>
    /// SQLSTATE classes: connection exception, insufficient resources, operator intervention, system error.
    /// </summary>
    private static readonly string[] PostgreSqlOutages = ["08", "53", "57", "58"];

    private const int SqliteFull = 13;

    /// <summary>Whether there was no room for it.</summary>
    /// <param name="fault">What was thrown.</param>
    public static bool IsFull(Exception fault) => fault switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode == SqliteFull,
        PostgresException told => told.SqlState == PostgresErrorCodes.DiskFull,
        _ => false,
    };

    /// <summary>Whether the same statement may succeed later.</summary>
    /// <param name="fault">What was thrown.</param>
    public static bool Is(Exception fault) => fault switch
    {
        SqliteException sqlite => SqliteOutages.Contains(sqlite.SqliteErrorCode),
        PostgresException told => PostgreSqlOutages.Any(told.SqlState.StartsWith),
        NpgsqlException or SocketException or IOException or TimeoutException => true,
        _ => false,
    };

    /// <summary>
    /// Whether it was a database server that is away, or starting, so that waiting for it may help. Never of a file.
    /// </summary>
    /// <param name="fault">What was thrown.</param>
    public static bool IsOfServer(Exception fault) => fault switch
    {
        StorageException { InnerException: { } inner } => IsOfServer(inner),
        AggregateException all => all.InnerExceptions.All(IsOfServer),
        NpgsqlException => Is(fault),
        _ => false,
    };
}
