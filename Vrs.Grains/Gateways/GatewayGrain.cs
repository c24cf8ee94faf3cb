using Orleans.Concurrency;
using Vrs.Grains.Interfaces.Gateways;

namespace Vrs.Grains.Gateways;

/// <summary>
/// The way to one gateway process. Reentrant: commands to one flow need not wait for those to another.
/// </summary>
[Reentrant]
public sealed class GatewayGrain(TimeProvider time) : Grain, IGatewayGrain
{
    /// <summary>A gateway that was silent for so long is gone.</summary>
    private static readonly TimeSpan Expiry = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long a gateway may take to say where it is called, after this grain was activated: twice its interval.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Timestamps, not times of day: a clock that is set must not make every flow of a live gateway look lost.
    private readonly long _activatedAt = time.GetTimestamp();
    private IGatewayObserver? _gateway;
    private long _heardAt;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // The reference is only in memory; forgetting it would make the gateway unreachable until it subscribes again.
        DelayDeactivation(Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Subscribe(IGatewayObserver observer)
    {
        _gateway = observer;
        _heardAt = time.GetTimestamp();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<Refusal?> Perform(FlowId flow, LegCommand command)
    {
        if (_gateway is not { } gateway || !IsHeard)
        {
            if (_gateway is null && IsPatient)
            {
                // This grain was moved, and the gateway will say again where it is called: no flow is lost for that.
                throw new TimeoutException("The gateway has not said yet where it is called; try again.");
            }

            return new Refusal(RefusalReason.Unreachable, "The gateway of this connection is gone.");
        }

        return await gateway.Perform(flow, command);
    }

    /// <inheritdoc/>
    public Task<bool> IsLive() => Task.FromResult(IsHeard || IsPatient);

    private bool IsPatient => time.GetElapsedTime(_activatedAt) < Patience;

    private bool IsHeard => _gateway is not null && time.GetElapsedTime(_heardAt) < Expiry;
}
