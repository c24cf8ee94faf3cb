namespace Vrs.Gateway.Sip.Transactions;

/// <summary>States of the four machines together; each table names those it has.</summary>
public enum TransactionState
{
    /// <summary>INVITE client: sent, nothing heard.</summary>
    Calling,

    /// <summary>Other requests: sent or received, nothing answered.</summary>
    Trying,

    /// <summary>A provisional response was sent or received; an INVITE server transaction starts here.</summary>
    Proceeding,

    /// <summary>A 2xx to INVITE was sent or received (RFC 6026).</summary>
    Accepted,

    /// <summary>A final response (to INVITE: not 2xx) was sent or received.</summary>
    Completed,

    /// <summary>INVITE server: the ACK came.</summary>
    Confirmed,

    /// <summary>Over; absorbs everything.</summary>
    Terminated,
}

/// <summary>What can happen to a transaction.</summary>
public enum TransactionTrigger
{
    /// <summary>The same request came in again.</summary>
    Retransmission,

    /// <summary>The user sends 1xx.</summary>
    SendProvisional,

    /// <summary>The user sends 2xx.</summary>
    SendSuccess,

    /// <summary>The user sends 3xx to 6xx.</summary>
    SendFailure,

    /// <summary>An ACK came in for this INVITE.</summary>
    Ack,

    /// <summary>1xx came in.</summary>
    Provisional,

    /// <summary>2xx came in.</summary>
    Success,

    /// <summary>3xx to 6xx came in.</summary>
    Failure,

    /// <summary>The user waits no longer for an answer.</summary>
    Abandon,

    /// <summary>The transport could not send.</summary>
    TransportError,

    TimerA,
    TimerB,
    TimerD,
    TimerE,
    TimerF,
    TimerG,
    TimerH,
    TimerI,
    TimerJ,
    TimerK,
    TimerL,
    TimerM,
}

/// <summary>What a step asks the layer to do.</summary>
public enum TransactionAction
{
    /// <summary>Send the request (again).</summary>
    SendRequest,

    /// <summary>Send the user's response and keep it.</summary>
    SendResponse,

    /// <summary>Send the last response again; nothing when there was none.</summary>
    ResendResponse,

    /// <summary>Acknowledge a failure (RFC 3261 section 17.1.1.3).</summary>
    SendAck,

    /// <summary>Give the response to the user.</summary>
    PassResponse,

    /// <summary>Give the ACK to the user.</summary>
    PassAck,

    /// <summary>Tell the user that no answer, or no ACK, came in time.</summary>
    ReportTimeout,

    /// <summary>Tell the user that the transport failed.</summary>
    ReportTransportError,

    ArmA,
    ArmB,
    ArmD,
    ArmE,
    ArmF,
    ArmG,
    ArmH,
    ArmI,
    ArmJ,
    ArmK,
    ArmL,
    ArmM,
}
