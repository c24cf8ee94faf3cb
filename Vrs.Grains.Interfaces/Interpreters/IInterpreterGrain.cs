namespace Vrs.Grains.Interfaces.Interpreters;

/// <summary>One interpreter, the authority on what she is doing; keyed by <see cref="InterpreterId"/>.</summary>
[Alias("vrs.IInterpreterGrain")]
public interface IInterpreterGrain : IGrainWithStringKey
{
    /// <summary>She comes to work (on break at first). Repeating it is harmless: a page that reconnects does.</summary>
    [Alias("SignIn")]
    Task<Refusal?> SignIn();

    /// <summary>She ends her work. Refused while she serves a call.</summary>
    [Alias("SignOut")]
    Task<Refusal?> SignOut();

    /// <summary>She wants calls. Refused when her console's SIP device is not registered. Ends wrap-up early.</summary>
    [Alias("GoAvailable")]
    Task<Refusal?> GoAvailable();

    /// <summary>She takes a break; refused while she serves a call.</summary>
    [Alias("TakeBreak")]
    Task<Refusal?> TakeBreak(string reason);

    /// <summary>She accepts the offer of this number; refused as stale when it lapsed.</summary>
    [Alias("Accept")]
    Task<Refusal?> Accept(CallId call, long offer);

    /// <summary>She declines the offer of this number; refused as stale when it lapsed.</summary>
    [Alias("Decline")]
    Task<Refusal?> Decline(CallId call, long offer);

    /// <summary>
    /// The queue holds her for a call: compare-and-set on being available in this stint. Returns null when she is not;
    /// the same (call, offer) asked again gets the same answer.
    /// </summary>
    [Alias("Reserve")]
    Task<Reservation?> Reserve(CallId call, long offer, PoolId pool, long stint);

    /// <summary>The call puts the offer on her console.</summary>
    [Alias("Present")]
    Task Present(OfferView offer);

    /// <summary>The call lets her go; stale when the offer number is not the one she holds.</summary>
    [Alias("Release")]
    Task Release(CallId call, long offer, ReleaseReason reason);

    /// <summary>
    /// Her registration tells that her console's SIP device came or went. Null device: none is registered.
    /// </summary>
    [Alias("ConsoleChanged")]
    Task ConsoleChanged(DeviceId? device);

    /// <summary>What consoles and operators see, or null when this account is no interpreter.</summary>
    [Alias("GetView")]
    Task<InterpreterView?> GetView();
}
