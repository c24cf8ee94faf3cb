using Microsoft.Extensions.Diagnostics.HealthChecks;
using Vrs.Silo.Storage;

namespace Vrs.Silo.Hosting;

/// <summary>State can be stored: the database takes writes. A full or read-only disk shows here first.</summary>
/// <param name="writer">The way writes take.</param>
internal sealed class StorageCheck(GroupCommitWriter writer) : IHealthCheck
{
    private static readonly Statement Touch =
        new("UPDATE grain_state SET version = version WHERE grain_type = '' AND grain_key = '' AND state_name = ''");

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default)
    {
        await writer.Write(Touch).WaitAsync(cancellationToken);
        return HealthCheckResult.Healthy("A write was committed.");
    }
}
