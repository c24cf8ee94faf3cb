using Vrs.Silo.Storage;

namespace Vrs.Tests.Domain.Grains;

/// <summary>Storage in memory that can be told to fail a write: before it took, or after.</summary>
internal sealed class FailingStorage : IStateStorage
{
    private readonly MemoryStorage _memory = new();
    private string? _failing;
    private bool _afterwards;
    private string? _hanging;

    /// <summary>The next write of a state of this name takes, and whoever asked for it never learns that.</summary>
    public void HangAfterNext(string state) => _hanging = state;

    /// <summary>The next write of a state of this name fails.</summary>
    public void FailNext(string state, bool afterwards) => (_failing, _afterwards) = (state, afterwards);

    public Task<StoredState?> Read(StateKey key) => _memory.Read(key);

    public Task Clear(StateKey key, string etag) => _memory.Clear(key, etag);

    public async Task<string> Write(StateKey key, ReadOnlyMemory<byte> json, string? etag)
    {
        if (_hanging is { } hanging && key.ToString().Contains(hanging))
        {
            _hanging = null;
            await _memory.Write(key, json, etag);
            return await new TaskCompletionSource<string>().Task;
        }

        if (_failing is not { } failing || !key.ToString().Contains(failing))
        {
            return await _memory.Write(key, json, etag);
        }

        _failing = null;
        if (_afterwards)
        {
            await _memory.Write(key, json, etag);
        }

        throw new IOException("The disk is gone.");
    }
}
