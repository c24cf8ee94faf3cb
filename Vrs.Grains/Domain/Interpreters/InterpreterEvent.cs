using Vrs.Grains.Domain.Machines;

namespace Vrs.Grains.Domain.Interpreters;

/// <summary>Everything that can happen to an interpreter. Closed: the nested records are all there are.</summary>
public abstract record InterpreterEvent : MachineEvent
{
    private InterpreterEvent()
    {
    }

    /// <summary>
    /// She comes to work, or moves to another console. Without a console she works at whichever is newest.
    /// </summary>
    public sealed record SignIn(
        InterpreterId Interpreter, InterpreterProfile Profile, InterpreterLimits Limits, DeviceId? Console = null)
        : InterpreterEvent;

    /// <summary>She ends her work.</summary>
    public sealed record SignOut : InterpreterEvent;

    /// <summary>She wants calls.</summary>
    public sealed record GoAvailable : InterpreterEvent;

    /// <summary>She takes a break.</summary>
    public sealed record TakeBreak(BreakKind Kind, string Note = "") : InterpreterEvent;

    /// <summary>She needs longer to wrap up; the number is that of the deadline she saw.</summary>
    public sealed record ExtendWrapUp(long Deadline) : InterpreterEvent;

    /// <summary>The queue holds her for a call.</summary>
    public sealed record Reserve(CallId Call, long Offer, PoolId Pool, long Stint) : InterpreterEvent;

    /// <summary>The call puts the offer on her console.</summary>
    public sealed record Present(OfferView Offer) : InterpreterEvent;

    /// <summary>She accepts.</summary>
    public sealed record Accept(CallId Call, long Offer) : InterpreterEvent;

    /// <summary>She declines.</summary>
    public sealed record Decline(CallId Call, long Offer) : InterpreterEvent;

    /// <summary>The call lets her go.</summary>
    public sealed record Release(CallId Call, long Offer, ReleaseReason Reason) : InterpreterEvent;

    /// <summary>These consoles of hers are connected for calls now, the newest last.</summary>
    public sealed record ConsolesChanged(ImmutableArray<DeviceId> Live) : InterpreterEvent;

    /// <summary>The deadline of this number fell: end of wrap-up, of grace, or of a hold nobody let go.</summary>
    public sealed record Elapsed(long Number) : InterpreterEvent;

    /// <summary>She has worked for as long as she should without a break, in the stretch of this number.</summary>
    public sealed record BreakDue(long Stretch) : InterpreterEvent;
}
