using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using Vrs.Silo.Storage;

namespace Vrs.Silo.Cluster;

/// <summary>
/// Grain state of Orleans where the embedded engine keeps it, in the same form: what one engine wrote, the other reads
/// (docs/adr/0005).
/// </summary>
/// <param name="storage">The table.</param>
/// <param name="json">The form.</param>
internal sealed class ClusterGrainStorage(IStateStorage storage, StateJson json) : IGrainStorage
{
    /// <inheritdoc/>
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = KeyOf(stateName, grainId);
        var stored = await storage.Read(key);
        grainState.State = stored is null ? StateJson.Fresh<T>() : json.Read<T>(key, stored.Json.Span);
        grainState.ETag = stored?.Etag;
        grainState.RecordExists = stored is not null;
    }

    /// <inheritdoc/>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = KeyOf(stateName, grainId);
        // Written out before the first await: all of it is of one moment. Orleans calls some turns after it was asked.
        var body = json.Write(key, grainState.State);
        try
        {
            grainState.ETag = await storage.Write(key, body, grainState.ETag);
            grainState.RecordExists = true;
        }
        catch (StaleStateException stale)
        {
            throw Inconsistent(stale);
        }
    }

    /// <inheritdoc/>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (grainState.ETag is { } etag)
        {
            try
            {
                await storage.Clear(KeyOf(stateName, grainId), etag);
            }
            catch (StaleStateException stale)
            {
                throw Inconsistent(stale);
            }
        }

        grainState.State = StateJson.Fresh<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    private static StateKey KeyOf(string stateName, GrainId grain) => new(grain.ToIdentity(), stateName);

    private static InconsistentStateException Inconsistent(StaleStateException stale) =>
        new(stale.Message, stale.Stored ?? "none", stale.Known ?? "none");
}
