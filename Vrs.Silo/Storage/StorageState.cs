namespace Vrs.Silo.Storage;

/// <summary>Whether the database takes writes, as the one writer finds it. Thread-safe.</summary>
/// <param name="time">The clock.</param>
public sealed class StorageState(TimeProvider time)
{
    /// <summary>A commit that takes longer than this is as good as none.</summary>
    public static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private long? _failingSince;
    private long? _writingSince;

    /// <summary>Told, on the writer's thread, that the database is back.</summary>
    public event Action? Recovered;

    /// <summary>Whether a write that is asked for now may be expected to be done soon.</summary>
    public bool IsUp
    {
        get
        {
            lock (_lock)
            {
                return _failingSince is null
                    && (_writingSince is not { } since || time.GetElapsedTime(since) < StallLimit);
            }
        }
    }

    /// <summary>Whether the last attempt failed because the database is away.</summary>
    public bool IsFailing
    {
        get
        {
            lock (_lock)
            {
                return _failingSince is not null;
            }
        }
    }

    /// <summary>Since the first attempt that failed; zero when the last one succeeded.</summary>
    public TimeSpan FailingFor
    {
        get
        {
            lock (_lock)
            {
                return _failingSince is { } since ? time.GetElapsedTime(since) : TimeSpan.Zero;
            }
        }
    }

    /// <summary>An attempt begins.</summary>
    internal void Began()
    {
        lock (_lock)
        {
            _writingSince = time.GetTimestamp();
        }
    }

    /// <summary>The database took a write.</summary>
    /// <returns>Whether it is back with this.</returns>
    internal bool Succeeded()
    {
        bool isBack;
        lock (_lock)
        {
            isBack = _failingSince is not null;
            (_failingSince, _writingSince) = (null, null);
        }

        if (isBack)
        {
            Recovered?.Invoke();
        }

        return isBack;
    }

    /// <summary>The database is away.</summary>
    /// <returns>Whether it was there before.</returns>
    internal bool Failed()
    {
        lock (_lock)
        {
            var isNew = _failingSince is null;
            _failingSince ??= time.GetTimestamp();
            return isNew;
        }
    }

    /// <summary>
    /// The attempt is over, and says nothing new: its writes failed, or fitted into what little room there is.
    /// </summary>
    internal void Settled()
    {
        lock (_lock)
        {
            _writingSince = null;
        }
    }
}
