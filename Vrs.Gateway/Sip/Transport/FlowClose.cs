namespace Vrs.Gateway.Sip.Transport;

/// <summary>Why a flow ended.</summary>
public enum FlowCloseReason
{
    /// <summary>The peer closed the WebSocket.</summary>
    PeerClosed,

    /// <summary>The connection broke.</summary>
    ConnectionLost,

    /// <summary>Nothing came, not even the answer to a ping.</summary>
    NoData,

    /// <summary>The peer takes its messages too slowly.</summary>
    SlowClient,

    /// <summary>The peer sent what can't be read as SIP.</summary>
    Unparsable,

    /// <summary>The peer sent more than is ever read.</summary>
    TooLarge,

    /// <summary>This server closed it: replaced by another flow, or as the application asks.</summary>
    Ended,

    /// <summary>This server stops.</summary>
    Stopping,
}

/// <summary>How a flow ended.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Detail">One plain sentence for the log; holds nothing of any message.</param>
public sealed record FlowClose(FlowCloseReason Reason, string Detail);
