using Vrs.Silo.Storage;

namespace Vrs.Tests.Domain.Grains;

/// <summary>Storage that can be told to fail a write: before it took, or after.</summary>
/// <param name="storage">Where what does not fail is stored.</param>
internal sealed class FailingStorage(IStateStorage storage) : IStateStorage
{
    private string? _failing;
    private bool _afterwards;
    private string? _hanging;

    /// <summary>Told of every write before it takes.</summary>
    public Action<StateKey, ReadOnlyMemory<byte>>? Writing { get; set; }

    /// <summary>What every write waits for first; null when it takes no time.</summary>
    public Func<Task>? Delay { get; set; }

    /// <summary>Whether somebody waits for a write and never learns that it took.</summary>
    public bool IsHanging { get; private set; }

    /// <summary>The next write of a state of this name takes, and whoever asked for it never learns that.</summary>
    public void HangAfterNext(string state) => _hanging = state;

    /// <summary>Whoever waited is gone.</summary>
    public void Forget() => IsHanging = false;

    /// <summary>The next write of a state of this name fails.</summary>
    public void FailNext(string state, bool afterwards) => (_failing, _afterwards) = (state, afterwards);

    public Task<StoredState?> Read(StateKey key) => storage.Read(key);

    public Task Clear(StateKey key, string etag) => storage.Clear(key, etag);

    public async Task<string> Write(StateKey key, ReadOnlyMemory<byte> json, string? etag)
    {
        Writing?.Invoke(key, json);
        await (Delay?.Invoke() ?? Task.CompletedTask);
        if (_hanging is { } hanging && key.ToString().Contains(hanging))
        {
            _hanging = null;
            IsHanging = true;
            await storage.Write(key, json, etag);
            return await new TaskCompletionSource<string>().Task;
        }

        if (_failing is not { } failing || !key.ToString().Contains(failing))
        {
            return await storage.Write(key, json, etag);
        }

        _failing = null;
        if (_afterwards)
        {
            await storage.Write(key, json, etag);
        }

        throw new IOException("The disk is gone.");
    }
}
