namespace Vrs.Gateway.Admission;

/// <summary>Counts what each of many holds at a time. Thread-safe; an entry lives while it holds any.</summary>
/// <typeparam name="TKey">What holders are told apart by.</typeparam>
/// <param name="most">How many seats each may hold.</param>
internal sealed class SeatTable<TKey>(int most)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, int> _counts = [];

    /// <summary>Takes one more seat.</summary>
    /// <returns>To be disposed of when it is left; null when the holder has as many as allowed.</returns>
    public IDisposable? Enter(TKey key)
    {
        lock (_lock)
        {
            var count = _counts.GetValueOrDefault(key);
            if (count >= most)
            {
                return null;
            }

            _counts[key] = count + 1;
        }

        return new Seat(this, key);
    }

    private void Leave(TKey key)
    {
        lock (_lock)
        {
            if (--_counts[key] == 0)
            {
                _counts.Remove(key);
            }
        }
    }

    private sealed class Seat(SeatTable<TKey> table, TKey key) : IDisposable
    {
        private SeatTable<TKey>? _table = table;

        public void Dispose() => Interlocked.Exchange(ref _table, null)?.Leave(key);
    }
}
