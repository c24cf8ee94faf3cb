using static Vrs.Gateway.Sip.Transactions.TransactionAction;
using static Vrs.Gateway.Sip.Transactions.TransactionState;
using static Vrs.Gateway.Sip.Transactions.TransactionTrigger;

namespace Vrs.Gateway.Sip.Transactions;

/// <summary>
/// INVITE server transaction (RFC 3261 section 17.2.1 with the Accepted state of RFC 6026 section 7.1).
/// </summary>
public static class InviteServerMachine
{
    private const string Answered = "the final response was sent already";
    private const string NotArmed = "the timer belongs to another state";

    // A transport error never ends it: RFC 6026 section 7.1 has it remain until its timers do.
    public static readonly TransactionTable Table = new TransactionTable(
            "INVITE server",
            [Proceeding, Accepted, Completed, Confirmed],
            [
                Retransmission, SendProvisional, SendSuccess, SendFailure, Ack, TransportError,
                TimerG, TimerH, TimerI, TimerL,
            ],
            [])
        .On(Proceeding, Retransmission, Proceeding, ResendResponse)
        .On(Proceeding, SendProvisional, Proceeding, SendResponse)
        .On(Proceeding, SendSuccess, Accepted, SendResponse, ArmL)
        .On(Proceeding, SendFailure, Completed, SendResponse, ArmG, ArmH)
        .Ignore(Proceeding, Ack, "there is nothing to acknowledge yet")
        .On(Proceeding, TransportError, Proceeding, ReportTransportError)
        .Ignore(Proceeding, NotArmed, TimerG, TimerH, TimerI, TimerL)

        .Ignore(Accepted, Retransmission, "the user retransmits its 2xx")
        .Ignore(Accepted, Answered, SendProvisional, SendFailure)
        .On(Accepted, SendSuccess, Accepted, SendResponse)
        .On(Accepted, Ack, Accepted, PassAck)
        .On(Accepted, TransportError, Accepted, ReportTransportError)
        .On(Accepted, TimerL, Terminated)
        .Ignore(Accepted, NotArmed, TimerG, TimerH, TimerI)

        .On(Completed, Retransmission, Completed, ResendResponse)
        .Ignore(Completed, Answered, SendProvisional, SendSuccess, SendFailure)
        .On(Completed, Ack, Confirmed, ArmI)
        .On(Completed, TransportError, Completed, ReportTransportError)
        .On(Completed, TimerG, Completed, ResendResponse, ArmG)
        .On(Completed, TimerH, Terminated, ReportTimeout)
        .Ignore(Completed, NotArmed, TimerI, TimerL)

        .Ignore(Confirmed, "the ACK was here already", Retransmission, Ack)
        .Ignore(Confirmed, Answered, SendProvisional, SendSuccess, SendFailure)
        .Ignore(Confirmed, TransportError, "nothing is being sent")
        .Ignore(Confirmed, NotArmed, TimerG, TimerH, TimerL)
        .On(Confirmed, TimerI, Terminated);
}
