namespace Vrs.Grains.Interfaces.Registrations;

/// <summary>
/// Where one user's devices can be reached now (RFC 3261 section 10, RFC 5626); keyed by <c>UserId</c>. It also carries
/// commands to the devices, and tells the calls with a leg on a device when that device's flow is lost or back.
/// </summary>
[Alias("vrs.IRegistrationGrain")]
public interface IRegistrationGrain : IGrainWithStringKey
{
    /// <summary>REGISTER with one Contact; expiry 0 removes that device.</summary>
    [Alias("Register")]
    Task<RegisterResult> Register(RegisterDevice request);

    /// <summary>REGISTER without Contact: the current bindings, newest first.</summary>
    [Alias("GetDevices")]
    Task<ImmutableArray<DeviceBinding>> GetDevices();

    /// <summary>The flow is gone. Stale when the device has a newer one.</summary>
    [Alias("FlowLost")]
    Task FlowLost(DeviceId device, FlowId flow);

    /// <summary>
    /// Carries a command to a device's flow. Null device: the newest live one. Refused as unreachable when there is no
    /// live flow, as stale when the gateway no longer knows the leg.
    /// </summary>
    [Alias("Deliver")]
    Task<Refusal?> Deliver(DeviceId? device, LegCommand command);

    /// <summary>From now on, tell this leg's call when the device's flow is lost or back.</summary>
    [Alias("AttachLeg")]
    Task AttachLeg(LegRef leg, DeviceId device);

    /// <summary>The leg is over.</summary>
    [Alias("DetachLeg")]
    Task DetachLeg(LegRef leg);
}
