using Vrs.Grains.Domain.Machines;

namespace Vrs.Grains.Domain.Interpreters;

/// <summary>Everything that can happen to an interpreter. Closed: the nested records are all there are.</summary>
public abstract record InterpreterEvent : MachineEvent
{
    private InterpreterEvent()
    {
    }

    /// <summary>She comes to work.</summary>
    public sealed record SignIn(InterpreterId Interpreter, InterpreterProfile Profile, InterpreterLimits Limits)
        : InterpreterEvent;

    /// <summary>She ends her work.</summary>
    public sealed record SignOut : InterpreterEvent;

    /// <summary>She wants calls.</summary>
    public sealed record GoAvailable : InterpreterEvent;

    /// <summary>She takes a break.</summary>
    public sealed record TakeBreak(string Reason) : InterpreterEvent;

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

    /// <summary>Her console's device is registered.</summary>
    public sealed record ConsoleUp(DeviceId Device) : InterpreterEvent;

    /// <summary>Her console's device is gone.</summary>
    public sealed record ConsoleDown : InterpreterEvent;

    /// <summary>The deadline of this number fell: end of wrap-up, of grace, or of a hold nobody let go.</summary>
    public sealed record Elapsed(long Number) : InterpreterEvent;
}
