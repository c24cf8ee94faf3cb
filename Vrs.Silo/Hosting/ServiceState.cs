using Vrs.Gateway.Health;
using Vrs.Silo.Storage;

namespace Vrs.Silo.Hosting;

/// <summary>
/// A process that is about to stop, and a database that takes no writes, keep no promise to a new caller; calls under
/// way need less.
/// </summary>
/// <param name="writer">The way writes take.</param>
/// <param name="health">Knows whether this process drains.</param>
internal sealed class ServiceState(GroupCommitWriter writer, HealthMonitor health) : IServiceState
{
    private static readonly Outage Away = new(
        "The service cannot take new calls at the moment; try again", TimeSpan.FromSeconds(10));

    private static readonly Outage Draining = new(
        "This server is about to be replaced; try again", TimeSpan.FromSeconds(2));

    /// <inheritdoc/>
    public Outage? Outage => health.IsDraining ? Draining : writer.State.IsUp ? null : Away;
}
