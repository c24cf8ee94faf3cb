using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Vrs.Silo.Storage;

/// <summary>
/// The only one who writes. Writes that come while a commit is under way are committed together with the next: one
/// fsync for many, and no two writers that wait for each other's lock. A write is answered when it is on disk.
/// </summary>
public sealed partial class GroupCommitWriter : IAsyncDisposable
{
    private readonly Database _database;
    private readonly ILogger<GroupCommitWriter> _log;
    private readonly Channel<PendingWrite> _queue;
    private readonly int _batchLimit;
    private readonly Task _writing;
    private WriteConnection? _connection;

    /// <summary>Starts the writer; it connects at the first write.</summary>
    /// <param name="database">Where to.</param>
    /// <param name="options">How many may wait, and how many are committed together.</param>
    /// <param name="log">Told about failed commits.</param>
    public GroupCommitWriter(Database database, IOptions<StorageOptions> options, ILogger<GroupCommitWriter> log)
    {
        _database = database;
        _log = log;
        _batchLimit = options.Value.WriteBatchLimit;
        _queue = Channel.CreateBounded<PendingWrite>(
            new BoundedChannelOptions(options.Value.WriteQueueLimit) { SingleReader = true });
        // A thread of its own: an fsync blocks, and the thread pool has better to do.
        _writing = Task.Factory.StartNew(
            Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Writes; completes when it is committed.</summary>
    /// <param name="statement">What.</param>
    /// <returns>How many rows it changed.</returns>
    /// <exception cref="DbException">It failed; when the connection broke, whether it took is not known.</exception>
    /// <exception cref="ObjectDisposedException">The writer has stopped.</exception>
    public async Task<int> Write(Statement statement)
    {
        var write = new PendingWrite(statement);
        try
        {
            await _queue.Writer.WriteAsync(write);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(GroupCommitWriter), "The database writer has stopped.");
        }

        return await write.Done.Task;
    }

    /// <summary>Commits what is waiting and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writing;
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
            _connection = null;
        }
    }

    private void Run()
    {
        var batch = new List<PendingWrite>(_batchLimit);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            batch.Clear();
            while (batch.Count < _batchLimit && _queue.Reader.TryRead(out var write))
            {
                batch.Add(write);
            }

            Commit(batch).GetAwaiter().GetResult();
        }
    }

    private async Task Commit(List<PendingWrite> batch)
    {
        var committing = false;
        try
        {
            _connection ??= await WriteConnection.Open(_database);
            var changed = await _connection.Execute(batch, () => committing = true);
            for (var position = 0; position < batch.Count; position++)
            {
                batch[position].Done.TrySetResult(changed[position]);
            }
        }
        catch (Exception fault)
        {
            await DropConnection();
            if (batch.Count > 1 && !committing && fault is DbException { IsTransient: false })
            {
                await CommitOneByOne(batch);
                return;
            }

            LogCommitFailed(batch.Count, fault);
            foreach (var write in batch)
            {
                write.Done.TrySetException(fault);
            }
        }
    }

    // One bad statement must not take the good ones of its batch with it. Nothing of the batch was committed.
    private async Task CommitOneByOne(List<PendingWrite> batch)
    {
        foreach (var write in batch.ToArray())
        {
            await Commit([write]);
        }
    }

    private async Task DropConnection()
    {
        if (_connection is { } broken)
        {
            _connection = null;
            await broken.DisposeAsync();
        }
    }

    [LoggerMessage(1, LogLevel.Error, "A commit of {Count} writes failed.")]
    private partial void LogCommitFailed(int count, Exception fault);
}

/// <summary>A write on its way.</summary>
/// <param name="statement">What.</param>
internal sealed class PendingWrite(Statement statement)
{
    public Statement Statement => statement;

    public TaskCompletionSource<int> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
