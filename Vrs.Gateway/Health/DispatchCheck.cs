using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orleans;
using Vrs.Grains.Interfaces.Operations;
using Vrs.Grains.Interfaces.Queues;

namespace Vrs.Gateway.Health;

/// <summary>Interpreters can be found for calls: the board and every line that is known answer.</summary>
/// <param name="grains">Reaches them.</param>
internal sealed class DispatchCheck(IGrainFactory grains) : IHealthCheck
{
    private const string Board = "board";

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default)
    {
        var board = await grains.GetGrain<IOperationsGrain>(Board).GetBoard().WaitAsync(cancellationToken);
        await Task.WhenAll(board.Queues.Select(line => grains.GetGrain<IQueueGrain>(line.Pool.Value).GetView()))
            .WaitAsync(cancellationToken);
        return HealthCheckResult.Healthy($"{board.Queues.Length} lines answer.");
    }
}
