using Vrs.Gateway.Health;
using Vrs.Silo.Storage;

namespace Vrs.Silo.Hosting;

/// <summary>A database that takes no writes keeps no promise to a new caller; calls under way need it less.</summary>
/// <param name="writer">The way writes take.</param>
internal sealed class StorageServiceState(GroupCommitWriter writer) : IServiceState
{
    private static readonly Outage Away = new(
        "The service cannot take new calls at the moment; try again", TimeSpan.FromSeconds(10));

    /// <inheritdoc/>
    public Outage? Outage => writer.State.IsUp ? null : Away;
}
