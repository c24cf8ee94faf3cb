namespace Vrs.Gateway.Admission;

/// <summary>
/// A <see cref="TokenBucket"/> for each of many askers. Thread-safe. It remembers a bounded number of them: full
/// buckets are forgotten first, and when there are still too many, all newcomers share one bucket.
/// </summary>
/// <typeparam name="TKey">What askers are told apart by.</typeparam>
/// <param name="rate">The rate of each.</param>
/// <param name="most">How many are remembered.</param>
/// <param name="time">The clock.</param>
internal sealed class BucketTable<TKey>(Rate rate, int most, TimeProvider time)
    where TKey : notnull
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, TokenBucket> _buckets = [];
    private readonly TokenBucket _newcomers = new(rate, TimeSpan.Zero);
    private readonly long _start = time.GetTimestamp();
    private TimeSpan _swept = TimeSpan.MinValue;

    /// <summary>How many askers are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _buckets.Count;
            }
        }
    }

    /// <inheritdoc cref="TokenBucket.TryTake"/>
    public TimeSpan TryTake(TKey key, double amount = 1)
    {
        lock (_lock)
        {
            var now = time.GetElapsedTime(_start);
            return BucketOf(key, now).TryTake(now, amount);
        }
    }

    /// <inheritdoc cref="TokenBucket.Take"/>
    public TimeSpan Take(TKey key, double amount = 1)
    {
        lock (_lock)
        {
            var now = time.GetElapsedTime(_start);
            return BucketOf(key, now).Take(now, amount);
        }
    }

    private TokenBucket BucketOf(TKey key, TimeSpan now)
    {
        if (_buckets.TryGetValue(key, out var known))
        {
            return known;
        }

        Sweep(now);
        if (_buckets.Count >= most)
        {
            return _newcomers;
        }

        return _buckets[key] = new TokenBucket(rate, now);
    }

    // A flood from ever new addresses must not make each of its messages walk the whole table.
    private void Sweep(TimeSpan now)
    {
        if (_buckets.Count < most || now < _swept + SweepInterval)
        {
            return;
        }

        _swept = now;
        foreach (var (key, bucket) in _buckets)
        {
            if (bucket.IsFull(now))
            {
                _buckets.Remove(key);
            }
        }
    }
}
