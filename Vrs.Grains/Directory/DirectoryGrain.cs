using Orleans.Runtime;
using Vrs.Grains.Interfaces.Directory;

namespace Vrs.Grains.Directory;

/// <summary>One telephone number.</summary>
public sealed class DirectoryGrain(
    [PersistentState("number")] IPersistentState<KeptNumber> store) : Grain, IDirectoryGrain
{
    /// <inheritdoc/>
    public Task<DirectoryEntry?> Resolve() => Task.FromResult(store.State.Entry);

    /// <inheritdoc/>
    public Task Assign(DirectoryEntry? entry)
    {
        if (entry is null)
        {
            return store.RecordExists ? store.ClearStateAsync() : Task.CompletedTask;
        }

        store.State = new KeptNumber { Entry = entry };
        return store.WriteStateAsync();
    }
}

/// <summary>What is stored of a number.</summary>
public sealed record KeptNumber
{
    /// <summary>Whose it is; null when nobody's.</summary>
    public DirectoryEntry? Entry { get; init; }
}
