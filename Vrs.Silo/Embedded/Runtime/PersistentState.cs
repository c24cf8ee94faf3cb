using Orleans.Core;
using Orleans.Runtime;
using Orleans.Storage;
using Vrs.Silo.Storage;

namespace Vrs.Silo.Embedded.Runtime;

/// <summary>A piece of state of an activation, whatever its type.</summary>
internal abstract class PersistentState
{
    /// <summary>Reads the record.</summary>
    public abstract Task ReadStateAsync();
}

/// <summary>A piece of state of an activation.</summary>
/// <typeparam name="TState">Its type.</typeparam>
/// <param name="activation">The activation.</param>
/// <param name="name">Its name within the grain.</param>
internal sealed class PersistentState<TState>(
    Activation activation, string name) : PersistentState, IPersistentState<TState>
{
    private readonly StateKey _key = new(activation.Identity, name);
    private TState? _state;

    public string? Etag { get; private set; }

    public bool RecordExists => Etag is not null;

    public TState State
    {
        get => _state ??= StateJson.Fresh<TState>();
        set => _state = value;
    }

    private IStateStorage Storage => activation.Silo.Storage;

    public override async Task ReadStateAsync()
    {
        var stored = await Storage.Read(_key);
        _state = stored is null
            ? StateJson.Fresh<TState>()
            : activation.Silo.StateJson.Read<TState>(_key, stored.Json.Span);
        Etag = stored?.Etag;
    }

    public async Task WriteStateAsync()
    {
        // Orleans begins a write in a turn of its own, and what other turns change before that is written too. Whoever
        // is wrong about that is to be found here.
        await Task.Yield();
        var json = activation.Silo.StateJson.Write(_key, State);
        try
        {
            Etag = await Storage.Write(_key, json, Etag);
        }
        catch (StaleStateException stale)
        {
            throw Inconsistent(stale);
        }
    }

    public async Task ClearStateAsync()
    {
        if (Etag is { } etag)
        {
            try
            {
                await Storage.Clear(_key, etag);
            }
            catch (StaleStateException stale)
            {
                throw Inconsistent(stale);
            }
        }

        Etag = null;
        _state = StateJson.Fresh<TState>();
    }

    Task IStorage.ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync().WaitAsync(cancellationToken);

    Task IStorage.WriteStateAsync(CancellationToken cancellationToken) =>
        WriteStateAsync().WaitAsync(cancellationToken);

    Task IStorage.ClearStateAsync(CancellationToken cancellationToken) =>
        ClearStateAsync().WaitAsync(cancellationToken);

    private static InconsistentStateException Inconsistent(StaleStateException stale) =>
        new(stale.Message, stale.Stored, stale.Known);
}
