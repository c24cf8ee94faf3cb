using static Vrs.Gateway.Sip.Transactions.TransactionAction;
using static Vrs.Gateway.Sip.Transactions.TransactionState;
using static Vrs.Gateway.Sip.Transactions.TransactionTrigger;

namespace Vrs.Gateway.Sip.Transactions;

/// <summary>Server transaction of every other method (RFC 3261 section 17.2.2).</summary>
public static class NonInviteServerMachine
{
    public static readonly TransactionTable Table = new TransactionTable(
            "non-INVITE server",
            [Trying, Proceeding, Completed],
            [Retransmission, SendProvisional, SendSuccess, SendFailure, TransportError, TimerJ],
            [])
        .Ignore(Trying, Retransmission, "the user is still at it")
        .On(Trying, SendProvisional, Proceeding, SendResponse)
        .On(Trying, SendSuccess, Completed, SendResponse, ArmJ)
        .On(Trying, SendFailure, Completed, SendResponse, ArmJ)
        .On(Trying, TransportError, Terminated, ReportTransportError)
        .Ignore(Trying, TimerJ, "the timer belongs to Completed")

        .On(Proceeding, Retransmission, Proceeding, ResendResponse)
        .On(Proceeding, SendProvisional, Proceeding, SendResponse)
        .On(Proceeding, SendSuccess, Completed, SendResponse, ArmJ)
        .On(Proceeding, SendFailure, Completed, SendResponse, ArmJ)
        .On(Proceeding, TransportError, Terminated, ReportTransportError)
        .Ignore(Proceeding, TimerJ, "the timer belongs to Completed")

        .On(Completed, Retransmission, Completed, ResendResponse)
        .Ignore(Completed, "the final response was sent already", SendProvisional, SendSuccess, SendFailure)
        .On(Completed, TransportError, Terminated, ReportTransportError)
        .On(Completed, TimerJ, Terminated);
}
