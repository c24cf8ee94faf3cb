using System.Data.Common;
using System.Diagnostics;
using System.Text;
using Dapper;
using Vrs.Silo.Storage;

namespace Vrs.Bench.Storage;

/// <summary>The database by itself: a row for each call, all of them changed in one commit, again and again.</summary>
/// <param name="database">The database, migrated.</param>
/// <param name="rows">How many rows to a commit.</param>
internal sealed class RawCommits(Database database, int rows)
{
    private const string Insert =
        "INSERT INTO grain_state (grain_type, grain_key, state_name, version, body, written_at) "
        + "VALUES ('raw', @key, 'call', 1, @body, '')";

    private const string Update =
        "UPDATE grain_state SET body = @body, version = version + 1 "
        + "WHERE grain_type = 'raw' AND grain_key = @key AND state_name = 'call'";

    /// <summary>Rows committed in a second.</summary>
    public async Task<double> Measure(TimeSpan duration)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        if (database.Provider == DatabaseProvider.Sqlite)
        {
            await connection.ExecuteAsync("PRAGMA synchronous = FULL");
        }

        await connection.ExecuteAsync("DELETE FROM grain_state WHERE grain_type = 'raw'");
        await Commit(connection, Insert, 0);
        var since = Stopwatch.GetTimestamp();
        long done = 0;
        for (var round = 1; Stopwatch.GetElapsedTime(since) < duration; round++, done += rows)
        {
            await Commit(connection, Update, round);
        }

        return done / Stopwatch.GetElapsedTime(since).TotalSeconds;
    }

    /// <summary>In one round trip where there is one: as many statements as rows, in one batch.</summary>
    private async Task Commit(DbConnection connection, string sql, int round)
    {
        var body = Encoding.UTF8.GetString(SampleCall.Json(round));
        await using var transaction = await connection.BeginTransactionAsync();
        if (connection.CanCreateBatch)
        {
            await using var batch = connection.CreateBatch();
            batch.Transaction = transaction;
            for (var row = 0; row < rows; row++)
            {
                var command = batch.CreateBatchCommand();
                command.CommandText = sql;
                Add(command.Parameters, command.CreateParameter(), "key", $"{row}");
                Add(command.Parameters, command.CreateParameter(), "body", body);
                batch.BatchCommands.Add(command);
            }

            await batch.ExecuteNonQueryAsync();
        }
        else
        {
            await using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = sql;
            var key = Add(command.Parameters, command.CreateParameter(), "key", "");
            Add(command.Parameters, command.CreateParameter(), "body", body);
            for (var row = 0; row < rows; row++)
            {
                key.Value = $"{row}";
                await command.ExecuteNonQueryAsync();
            }
        }

        await transaction.CommitAsync();
    }

    private static DbParameter Add(DbParameterCollection parameters, DbParameter parameter, string name, string value)
    {
        (parameter.ParameterName, parameter.Value) = (name, value);
        parameters.Add(parameter);
        return parameter;
    }
}
