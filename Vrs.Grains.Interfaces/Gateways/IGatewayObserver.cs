namespace Vrs.Grains.Interfaces.Gateways;

/// <summary>A gateway process as grains see it.</summary>
[Alias("vrs.IGatewayObserver")]
public interface IGatewayObserver : IGrainObserver
{
    /// <summary>
    /// Puts a command on a flow's leg. Null: accepted, and done once for each (leg, sequence). Refused as unreachable
    /// when the flow is gone, as stale when the flow does not know the leg and the command brings no dialog.
    /// </summary>
    [Alias("Perform")]
    Task<Refusal?> Perform(FlowId flow, LegCommand command);
}
