using Vrs.Gateway.Sip.Messages;

namespace Vrs.Gateway.Sip.Transactions;

/// <summary>What is above the transactions of one flow. Called on the flow's loop; must not block it.</summary>
public interface ITransactionUser
{
    /// <summary>A new request that passed the checks; never ACK or CANCEL. Answer it now or later, once.</summary>
    void OnRequest(ServerTransaction transaction, SipRequest request);

    /// <summary>
    /// The INVITE was cancelled before its final response: answer it 487 (section 9.2). The CANCEL is answered.
    /// </summary>
    void OnCancelled(ServerTransaction inviteTransaction, SipRequest cancel);

    /// <summary>The ACK to a 2xx.</summary>
    void OnAck(SipRequest ack);

    /// <summary>
    /// A 2xx to an INVITE that this layer did not send, or forgot: its ACK was lost with an earlier connection, and the
    /// device says it again until it comes (section 13.3.1.4).
    /// </summary>
    void OnAnsweredElsewhere(SipResponse answer);

    /// <summary>No ACK to a failure came (timer H), or the response could not be sent.</summary>
    void OnTransactionFailed(ServerTransaction transaction, TransactionFailure failure);
}

/// <summary>Why a server transaction came to nothing.</summary>
public enum TransactionFailure
{
    /// <summary>No ACK came in time.</summary>
    NotAcknowledged,

    /// <summary>The transport could not send the response.</summary>
    TransportFailed,
}

/// <summary>Who asked for a request to be sent. Called on the flow's loop.</summary>
public interface IResponseHandler
{
    /// <summary>
    /// A response. Provisional ones first, then exactly one final one; a 408 or 503 that no peer sent has
    /// <see cref="SipResponse.IsLocal"/>. To INVITE, a second 2xx with another To tag may follow (another fork):
    /// acknowledge
    /// it and send BYE. Copies of a 2xx are answered with the kept ACK and don't get here.
    /// </summary>
    void OnResponse(ClientTransaction transaction, SipResponse response);
}

/// <summary>Where a transaction layer sends to: a flow.</summary>
public interface ITransactionTransport
{
    /// <summary>Whether retransmissions are needless.</summary>
    bool IsReliable { get; }

    /// <summary>Transport of our Via: WSS.</summary>
    string ViaTransport { get; }

    /// <summary>sent-by of our Via.</summary>
    string ViaHost { get; }

    /// <summary>Queues a message; false when the flow is gone.</summary>
    bool Send(SipMessage message);
}

/// <summary>Runs work later on a flow's loop.</summary>
public interface IFlowScheduler
{
    /// <summary>Runs the work on the loop after the delay, unless disposed before or the flow is gone.</summary>
    IDisposable Schedule(TimeSpan delay, Action work);
}

/// <summary>Where branches, tags and Call-IDs come from.</summary>
public interface ISipIdentifiers
{
    /// <summary>A new text of letters and digits, at least 64 bits of it random (section 19.3).</summary>
    string Next();
}
