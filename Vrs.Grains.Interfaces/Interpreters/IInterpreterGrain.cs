namespace Vrs.Grains.Interfaces.Interpreters;

/// <summary>One interpreter, the authority on what she is doing; keyed by <see cref="InterpreterId"/>.</summary>
[Alias("vrs.IInterpreterGrain")]
public interface IInterpreterGrain : IGrainWithStringKey
{
    /// <summary>
    /// She comes to work (on break at first), or moves to another console: her next call comes there, and a call she
    /// serves goes on where it is. Repeating it is harmless: a page that reconnects does.
    /// </summary>
    /// <param name="console">The device she works at; null for whichever is newest.</param>
    [Alias("SignIn")]
    Task<Refusal?> SignIn(DeviceId? console);

    /// <summary>She ends her work. Refused while she serves a call.</summary>
    [Alias("SignOut")]
    Task<Refusal?> SignOut();

    /// <summary>She wants calls. Refused when her console's SIP device is not registered. Ends wrap-up early.</summary>
    [Alias("GoAvailable")]
    Task<Refusal?> GoAvailable();

    /// <summary>She takes a break; refused while she serves a call.</summary>
    /// <param name="kind">Why.</param>
    /// <param name="note">Her own words, or nothing; at most 100 characters.</param>
    [Alias("TakeBreak")]
    Task<Refusal?> TakeBreak(BreakKind kind, string note);

    /// <summary>
    /// She needs longer to wrap up. Refused when wrap-up is over or can't be longer; asked twice about the same
    /// deadline, it is extended once.
    /// </summary>
    /// <param name="deadline">The number of the deadline to extend.</param>
    [Alias("ExtendWrapUp")]
    Task<Refusal?> ExtendWrapUp(long deadline);

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

    /// <summary>Her registration tells which of her SIP devices are connected now.</summary>
    /// <param name="live">The devices, the newest last.</param>
    [Alias("ConsolesChanged")]
    Task ConsolesChanged(ImmutableArray<DeviceId> live);

    /// <summary>What consoles and operators see, or null when this account is no interpreter.</summary>
    [Alias("GetView")]
    Task<InterpreterView?> GetView();
}
