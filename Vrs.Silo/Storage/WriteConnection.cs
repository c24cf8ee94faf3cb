using System.Data.Common;
using Dapper;
using Npgsql;

namespace Vrs.Silo.Storage;

/// <summary>The writer's connection: runs a batch of statements in one transaction.</summary>
internal abstract class WriteConnection(DbConnection connection) : IAsyncDisposable
{
    protected DbConnection Connection => connection;

    /// <summary>Connects.</summary>
    public static async Task<WriteConnection> Open(Database database)
    {
        var connection = await database.Source.OpenConnectionAsync();
        if (database.Provider == DatabaseProvider.PostgreSql)
        {
            return new PostgreSqlWrites((NpgsqlConnection)connection);
        }

        // FULL: a commit that was answered survives a power cut.
        await connection.ExecuteAsync("PRAGMA synchronous = FULL");
        return new SqliteWrites(connection);
    }

    /// <summary>Runs the statements and commits.</summary>
    /// <param name="batch">The statements.</param>
    /// <param name="committing">Told before the commit: from then on a failure leaves open whether it took.</param>
    /// <returns>How many rows each changed.</returns>
    public async Task<int[]> Execute(IReadOnlyList<PendingWrite> batch, Action committing)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var changed = new int[batch.Count];
        await Run(batch, transaction, changed);
        committing();
        await transaction.CommitAsync();
        return changed;
    }

    public virtual ValueTask DisposeAsync() => connection.DisposeAsync();

    protected abstract Task Run(IReadOnlyList<PendingWrite> batch, DbTransaction transaction, int[] changed);

    /// <summary>In process: one prepared command for each text, used again and again.</summary>
    private sealed class SqliteWrites(DbConnection connection) : WriteConnection(connection)
    {
        private readonly Dictionary<string, DbCommand> _prepared = new(StringComparer.Ordinal);

        public override async ValueTask DisposeAsync()
        {
            foreach (var command in _prepared.Values)
            {
                await command.DisposeAsync();
            }

            await base.DisposeAsync();
        }

        protected override async Task Run(IReadOnlyList<PendingWrite> batch, DbTransaction transaction, int[] changed)
        {
            for (var position = 0; position < batch.Count; position++)
            {
                var statement = batch[position].Statement;
                if (!_prepared.TryGetValue(statement.Sql, out var command))
                {
                    command = Connection.CreateCommand();
                    command.CommandText = statement.Sql;
                    _prepared.Add(statement.Sql, command);
                }

                statement.Bind(command.Parameters, command.CreateParameter);
                command.Transaction = transaction;
                changed[position] = await command.ExecuteNonQueryAsync();
            }
        }
    }

    /// <summary>Over the network: all statements in one round trip.</summary>
    private sealed class PostgreSqlWrites(NpgsqlConnection connection) : WriteConnection(connection)
    {
        protected override async Task Run(IReadOnlyList<PendingWrite> batch, DbTransaction transaction, int[] changed)
        {
            await using var commands = Connection.CreateBatch();
            commands.Transaction = transaction;
            foreach (var write in batch)
            {
                var command = commands.CreateBatchCommand();
                command.CommandText = write.Statement.Sql;
                write.Statement.Bind(command.Parameters, static () => new NpgsqlParameter());
                commands.BatchCommands.Add(command);
            }

            await commands.ExecuteNonQueryAsync();
            for (var position = 0; position < batch.Count; position++)
            {
                changed[position] = commands.BatchCommands[position].RecordsAffected;
            }
        }
    }
}
