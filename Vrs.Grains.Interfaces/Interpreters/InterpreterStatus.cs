namespace Vrs.Grains.Interfaces.Interpreters;

/// <summary>What an interpreter is doing.</summary>
[GenerateSerializer, Alias("vrs.InterpreterStatus")]
public enum InterpreterStatus
{
    /// <summary>Not at work.</summary>
    SignedOut,

    /// <summary>Free to be offered a call.</summary>
    Available,

    /// <summary>Held for one call and being asked.</summary>
    Reserved,

    /// <summary>Serving a call.</summary>
    OnCall,

    /// <summary>Finishing up after a call; becomes available by herself at the deadline.</summary>
    WrapUp,

    /// <summary>At work, not to be offered calls.</summary>
    Break,

    /// <summary>Her console's connection is lost; its grace runs. A call she serves waits for her meanwhile.</summary>
    Lost,
}
