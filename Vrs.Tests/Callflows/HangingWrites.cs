using Vrs.Silo.Storage;

namespace Vrs.Tests.Callflows;

/// <summary>
/// Holds a server between storing and doing: a write takes, and whoever asked for it does not learn that. What is owed
/// after it is done by the next server that reads it.
/// </summary>
internal sealed class HangingWrites
{
    private string? _state;
    private TaskCompletionSource _hangs = new();

    /// <summary>The next write of a state of this name hangs.</summary>
    /// <param name="state">The name.</param>
    /// <returns>Completes when it took.</returns>
    public Task AfterNext(string state)
    {
        _hangs = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _state, state);
        return _hangs.Task;
    }

    /// <summary>The storage of a server, with this hold.</summary>
    public IStateStorage Of(IStateStorage storage) => new Held(this, storage);

    private sealed class Held(HangingWrites hold, IStateStorage storage) : IStateStorage
    {
        public Task<StoredState?> Read(StateKey key) => storage.Read(key);

        public Task Clear(StateKey key, string etag) => storage.Clear(key, etag);

        public async Task<string> Write(StateKey key, ReadOnlyMemory<byte> json, string? etag)
        {
            var version = await storage.Write(key, json, etag);
            if (Interlocked.CompareExchange(ref hold._state, null, key.State) == key.State)
            {
                hold._hangs.SetResult();
                await new TaskCompletionSource().Task;
            }

            return version;
        }
    }
}
