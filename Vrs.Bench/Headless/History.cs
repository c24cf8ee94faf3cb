using System.Diagnostics;

namespace Vrs.Bench.Headless;

/// <summary>Everything of one kind that happened, in order; somebody may wait for what has not happened yet.</summary>
/// <typeparam name="T">What happens.</typeparam>
public sealed class History<T>
{
    private readonly Lock _lock = new();
    private readonly List<T> _items = [];
    private readonly List<long> _times = [];
    private readonly List<Waiter> _waiters = [];

    /// <summary>What happened so far.</summary>
    public IReadOnlyList<T> Items
    {
        get
        {
            lock (_lock)
            {
                return [.. _items];
            }
        }
    }

    /// <summary>What happened after so many items, each with its <see cref="Stopwatch"/> time.</summary>
    /// <param name="from">How many to leave out.</param>
    public IReadOnlyList<(long At, T Item)> Since(int from)
    {
        lock (_lock)
        {
            return [.. _times.Zip(_items).Skip(from)];
        }
    }

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _items.Count;
            }
        }
    }

    public void Add(T item)
    {
        List<Waiter>? woken = null;
        lock (_lock)
        {
            _items.Add(item);
            _times.Add(Stopwatch.GetTimestamp());
            for (var i = _waiters.Count - 1; i >= 0; i--)
            {
                if (_waiters[i].Wanted(item))
                {
                    (woken ??= []).Add(_waiters[i]);
                    _waiters.RemoveAt(i);
                }
            }
        }

        foreach (var waiter in woken ?? [])
        {
            waiter.Found.TrySetResult(item);
        }
    }

    /// <summary>The first item that fits, among those that happened at or after <paramref name="from"/>.</summary>
    /// <param name="what">What is waited for, in words for the failure.</param>
    /// <param name="wanted">Which item fits; called under a lock, so it must be quick.</param>
    /// <param name="within">The deadline.</param>
    /// <param name="from">How many items to skip.</param>
    /// <exception cref="TimeoutException">Nothing fitting happened in time; the message says what did.</exception>
    public async Task<T> First(string what, Func<T, bool> wanted, TimeSpan within, int from = 0)
    {
        Waiter waiter;
        lock (_lock)
        {
            for (var i = from; i < _items.Count; i++)
            {
                if (wanted(_items[i]))
                {
                    return _items[i];
                }
            }

            waiter = new Waiter(wanted, new(TaskCreationOptions.RunContinuationsAsynchronously));
            _waiters.Add(waiter);
        }

        try
        {
            return await waiter.Found.Task.WaitAsync(within);
        }
        catch (TimeoutException)
        {
            lock (_lock)
            {
                _waiters.Remove(waiter);
            }

            var seen = Items;
            throw new TimeoutException(
                $"{what} did not come within {within.TotalSeconds:0.#} s; seen: " +
                (seen.Count == 0 ? "nothing" : string.Join(" | ", seen)));
        }
    }

    private sealed record Waiter(Func<T, bool> Wanted, TaskCompletionSource<T> Found);
}
