namespace Vrs.Grains.Interfaces.Calls;

/// <summary>Where a relay call stands.</summary>
[GenerateSerializer, Alias("vrs.CallPhase")]
public enum CallPhase
{
    /// <summary>Nothing has happened yet: the state of a call id that was never used.</summary>
    New,

    /// <summary>The caller's INVITE is here and is being admitted.</summary>
    Received,

    /// <summary>Waiting in line for an interpreter.</summary>
    Queued,

    /// <summary>One interpreter is reserved and is being asked.</summary>
    Offered,

    /// <summary>The interpreter accepted; her leg is being set up.</summary>
    Connecting,

    /// <summary>Caller and interpreter are connected; nobody is on the other side (yet, or any more).</summary>
    Connected,

    /// <summary>The other party is being called.</summary>
    Dialing,

    /// <summary>All three are connected.</summary>
    Relaying,

    /// <summary>The interpreter was lost mid-call; another is being found, the other legs are kept.</summary>
    Recovering,

    /// <summary>Over; absorbs everything.</summary>
    Ended,
}
