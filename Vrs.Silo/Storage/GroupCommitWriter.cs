using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Vrs.Silo.Storage;

/// <summary>
/// The only one who writes. Writes that come while a commit is under way are committed together with the next: one
/// fsync for many, and no two writers that wait for each other's lock. A write is answered when it is on disk. One that
/// <see cref="Statement.CanWait"/> begins no commit of its own while others come anyway.
/// </summary>
/// <remarks>
/// While the database is away, writes wait for it, up to <see cref="StorageOptions.OutageHold"/>; then each is tried
/// once, fails, and its grain reads again what is stored when the database is back. Statements are such that doing one
/// twice does it once, so one whose commit was lost on the way is simply done again.
/// A disk that is full takes what is small and fails what is not, so it counts as away until there is
/// <see cref="Room"/> again.
/// </remarks>
public sealed partial class GroupCommitWriter : IAsyncDisposable
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ProbePause = TimeSpan.FromSeconds(1);

    /// <summary>Really writes: an update of nothing would not notice a full disk.</summary>
    private static readonly Statement Probe = new(
        "INSERT INTO storage_probe (id, written_at) VALUES (1, @p0) "
        + "ON CONFLICT (id) DO UPDATE SET written_at = excluded.written_at",
        "");

    /// <summary>
    /// So much must fit, in characters, before a disk that was full is taken not to be: more than nearly any state.
    /// </summary>
    private const int Room = 1 << 20;

    /// <summary>Nothing that a database could make small.</summary>
    private static readonly Lazy<string> Filling = new(() =>
        string.Concat(Enumerable.Range(0, Room / 64).Select(number =>
            Convert.ToHexString(SHA256.HashData(BitConverter.GetBytes(number))))));

    private readonly Database _database;
    private readonly TimeSpan _outageHold;
    private readonly ILogger<GroupCommitWriter> _log;
    private readonly Channel<PendingWrite> _queue;
    private readonly int _batchLimit;
    private readonly Task _writing;
    // Wakes the writer's thread itself: by way of the thread pool it would stand behind all work of a busy service.
    private readonly AutoResetEvent _bell = new(false);
    private WriteConnection? _connection;
    private bool _isFull;
    private long _probed;
    private volatile bool _stopping;

    /// <summary>Starts the writer; it connects at the first write.</summary>
    /// <param name="database">Where to.</param>
    /// <param name="options">How many may wait, and how many are committed together.</param>
    /// <param name="log">Told about failed commits.</param>
    public GroupCommitWriter(Database database, IOptions<StorageOptions> options, ILogger<GroupCommitWriter> log)
    {
        _database = database;
        _outageHold = options.Value.OutageHold;
        _log = log;
        _batchLimit = options.Value.WriteBatchLimit;
        _queue = Channel.CreateBounded<PendingWrite>(
            new BoundedChannelOptions(options.Value.WriteQueueLimit) { SingleReader = true });
        // A thread of its own: an fsync blocks, and the thread pool has better to do.
        _writing = Task.Factory.StartNew(
            Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>How long a statement that can wait, waits for one that cannot.</summary>
    public TimeSpan Company { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Whether the database takes writes.</summary>
    public StorageState State => _database.State;

    /// <summary>Writes something that says nothing, to see whether the database takes it.</summary>
    /// <exception cref="DbException">It does not.</exception>
    public Task Touch()
    {
        var now = TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        return Write(Probe with { Values = [now] });
    }

    /// <summary>Writes; completes when it is committed.</summary>
    /// <param name="statement">What.</param>
    /// <returns>How many rows it changed.</returns>
    /// <exception cref="DbException">It failed; when the connection broke, whether it took is not known.</exception>
    /// <exception cref="ObjectDisposedException">The writer has stopped.</exception>
    public async Task<int> Write(Statement statement)
    {
        using var span = StorageInstruments.StartWrite();
        var asked = Stopwatch.GetTimestamp();
        var write = new PendingWrite(statement);
        try
        {
            await _queue.Writer.WriteAsync(write);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(GroupCommitWriter), "The database writer has stopped.");
        }

        _bell.Set();
        var changed = await write.Done.Task;
        StorageInstruments.Write.Record(Stopwatch.GetElapsedTime(asked).TotalSeconds);
        return changed;
    }

    /// <summary>Commits what is waiting and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        if (_queue.Writer.TryComplete())
        {
            _bell.Set();
        }

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
        while (WaitForWrites())
        {
            Gather(batch);
            State.Began();
            Commit(batch).GetAwaiter().GetResult();
            if (_isFull && Stopwatch.GetElapsedTime(_probed) >= ProbePause)
            {
                LookForRoom();
            }
        }
    }

    /// <summary>False when there are no more. A database that was away is looked after meanwhile.</summary>
    private bool WaitForWrites()
    {
        bool? more;
        while ((more = More(State.IsFailing ? ProbePause : Timeout.InfiniteTimeSpan)) is null)
        {
            if (_isFull)
            {
                LookForRoom();
            }
            else
            {
                Commit([new PendingWrite(Probe)]).GetAwaiter().GetResult();
            }
        }

        return more.Value;
    }

    private void LookForRoom()
    {
        var filling = new PendingWrite(Probe with { Values = [Filling.Value] });
        Commit([filling]).GetAwaiter().GetResult();
        _probed = Stopwatch.GetTimestamp();
        if (filling.Done.Task.IsCompletedSuccessfully)
        {
            _isFull = false;
            Commit([new PendingWrite(Probe)]).GetAwaiter().GetResult();
        }
    }

    /// <summary>Takes what is there; when all of it can wait, what comes within <see cref="Company"/>, too.</summary>
    private void Gather(List<PendingWrite> batch)
    {
        batch.Clear();
        var since = Stopwatch.GetTimestamp();
        var isUrgent = false;
        do
        {
            while (batch.Count < _batchLimit && _queue.Reader.TryRead(out var write))
            {
                batch.Add(write);
                isUrgent |= !write.Statement.CanWait;
            }
        }
        while (!isUrgent
            && batch.Count < _batchLimit
            && Company - Stopwatch.GetElapsedTime(since) is var left
            && left > TimeSpan.Zero
            && More(left) is true);
    }

    /// <summary>Whether there are writes to take; false when there will be none, null when the time is over.</summary>
    private bool? More(TimeSpan limit)
    {
        while (!_queue.Reader.TryPeek(out _))
        {
            if (_queue.Reader.Completion.IsCompleted)
            {
                return false;
            }

            if (!_bell.WaitOne(limit))
            {
                return null;
            }
        }

        return true;
    }

    private async Task Commit(List<PendingWrite> batch)
    {
        while (true)
        {
            var committing = false;
            try
            {
                _connection ??= await WriteConnection.Open(_database);
                var changed = await _connection.Execute(batch, () => committing = true);
                StorageInstruments.Batch.Record(batch.Count);
                Succeeded(batch, changed);
                return;
            }
            catch (Exception fault)
            {
                await DropConnection();
                if (StorageOutage.Is(fault))
                {
                    _isFull |= StorageOutage.IsFull(fault);
                    NoteOutage(fault);
                    if (!_stopping && State.FailingFor < _outageHold)
                    {
                        await Task.Delay(RetryPause);
                        continue;
                    }
                }
                else if (batch.Count > 1 && !committing)
                {
                    await CommitOneByOne(batch);
                    return;
                }

                StorageInstruments.FailedWrites.Add(batch.Count);
                Failed(batch, fault);
                return;
            }
        }
    }

    private void Succeeded(List<PendingWrite> batch, int[] changed)
    {
        if (_isFull)
        {
            State.Settled();
        }
        else
        {
            NoteBack();
        }

        for (var position = 0; position < batch.Count; position++)
        {
            batch[position].Done.TrySetResult(changed[position]);
        }
    }

    private void NoteBack()
    {
        var outage = State.FailingFor;
        StorageInstruments.Away.Record(0);
        if (State.Succeeded())
        {
            LogBack(outage.TotalSeconds);
        }
    }

    private void NoteOutage(Exception fault)
    {
        // Connections for reading would be found dead one by one.
        _database.ForgetConnections();
        StorageInstruments.Away.Record(1);
        if (State.Failed())
        {
            StorageInstruments.Outages.Add(1);
            LogAway(fault);
        }
    }

    private void Failed(List<PendingWrite> batch, Exception fault)
    {
        State.Settled();
        LogCommitFailed(batch.Count, fault);
        foreach (var write in batch)
        {
            write.Done.TrySetException(fault);
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

    [LoggerMessage(
        2, LogLevel.Error, "The database takes no writes; they wait for it.", EventName = "storage_away")]
    private partial void LogAway(Exception fault);

    [LoggerMessage(
        3, LogLevel.Warning, "The database takes writes again, after {Seconds} s.", EventName = "storage_back")]
    private partial void LogBack(double seconds);
}

/// <summary>A write on its way.</summary>
/// <param name="statement">What.</param>
internal sealed class PendingWrite(Statement statement)
{
    public Statement Statement => statement;

    public TaskCompletionSource<int> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
