using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orleans;
using Vrs.Grains.Interfaces.Accounts;

namespace Vrs.Gateway.Health;

/// <summary>Sessions can be held: a grain answers.</summary>
/// <param name="grains">Reaches the grain.</param>
internal sealed class SessionCheck(IGrainFactory grains) : IHealthCheck
{
    /// <summary>No account can have this name, so the answer is always "none".</summary>
    private const string Nobody = "-readiness";

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default)
    {
        await grains.GetGrain<IAccountGrain>(Nobody).Get().WaitAsync(cancellationToken);
        return HealthCheckResult.Healthy("A grain answers.");
    }
}
