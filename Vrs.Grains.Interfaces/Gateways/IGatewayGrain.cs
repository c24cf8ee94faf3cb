namespace Vrs.Grains.Interfaces.Gateways;

/// <summary>
/// The way from grains to one gateway process; keyed by <see cref="GatewayId"/>. Holds no persistent state.
/// </summary>
[Alias("vrs.IGatewayGrain")]
public interface IGatewayGrain : IGrainWithStringKey
{
    /// <summary>The gateway says where it is called; repeated well within the observer's expiry.</summary>
    [Alias("Subscribe")]
    Task Subscribe(IGatewayObserver observer);

    /// <summary>
    /// Carries a command to a flow of this gateway. Refused as unreachable when gateway or flow is gone.
    /// </summary>
    [Alias("Perform")]
    Task<Refusal?> Perform(FlowId flow, LegCommand command);

    /// <summary>
    /// Whether the gateway has said where it is called and not fallen silent since. A grain that was just activated
    /// gives its gateway the time to say so.
    /// </summary>
    [Alias("IsLive")]
    Task<bool> IsLive();
}
