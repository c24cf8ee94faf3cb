using System.Collections.Concurrent;
using System.Globalization;

namespace Vrs.Silo.Storage;

/// <summary>
/// Grain state in memory, for tests and simulation; it outlives silos that are given the same object.
/// </summary>
public sealed class MemoryStorage : IStateStorage
{
    private readonly ConcurrentDictionary<StateKey, StoredState> _records = new();
    private readonly Lock _writing = new();

    /// <summary>All records, in ordinal order of their names.</summary>
    public IReadOnlyList<KeyValuePair<StateKey, StoredState>> Records =>
        [.. _records.OrderBy(record => record.Key.ToString(), StringComparer.Ordinal)];

    public Task<StoredState?> Read(StateKey key) => Task.FromResult(_records.GetValueOrDefault(key));

    public Task<string> Write(StateKey key, ReadOnlyMemory<byte> json, string? etag)
    {
        lock (_writing)
        {
            Check(key, etag, "write");
            var version = etag is null ? 1 : long.Parse(etag, CultureInfo.InvariantCulture) + 1;
            var next = version.ToString(CultureInfo.InvariantCulture);
            _records[key] = new StoredState(json.ToArray(), next);
            return Task.FromResult(next);
        }
    }

    public Task Clear(StateKey key, string etag)
    {
        lock (_writing)
        {
            Check(key, etag, "clear");
            _records.TryRemove(key, out _);
            return Task.CompletedTask;
        }
    }

    private void Check(StateKey key, string? etag, string deed)
    {
        var stored = _records.GetValueOrDefault(key)?.Etag;
        if (stored != etag)
        {
            throw new StaleStateException($"Could not {deed} {key}.", stored, etag);
        }
    }
}
