using Microsoft.Extensions.Diagnostics.HealthChecks;
using Vrs.Silo.Storage;

namespace Vrs.Silo.Hosting;

/// <summary>State can be stored: the database takes writes. A full or read-only disk shows here first.</summary>
/// <param name="writer">The way writes take.</param>
internal sealed class StorageCheck(GroupCommitWriter writer) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default)
    {
        var isUp = writer.State.IsUp;
        StorageInstruments.Away.Record(isUp ? 0 : 1);
        if (!isUp)
        {
            return HealthCheckResult.Unhealthy("The database takes no writes.");
        }

        await writer.Touch().WaitAsync(StorageState.StallLimit, cancellationToken);
        return HealthCheckResult.Healthy("A write was committed.");
    }
}
