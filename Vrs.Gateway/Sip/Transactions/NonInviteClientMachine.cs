using static Vrs.Gateway.Sip.Transactions.TransactionAction;
using static Vrs.Gateway.Sip.Transactions.TransactionState;
using static Vrs.Gateway.Sip.Transactions.TransactionTrigger;

namespace Vrs.Gateway.Sip.Transactions;

/// <summary>Client transaction of every other method (RFC 3261 section 17.1.2).</summary>
public static class NonInviteClientMachine
{
    public static readonly TransactionTable Table = new TransactionTable(
            "non-INVITE client",
            [Trying, Proceeding, Completed],
            [Provisional, Success, Failure, Abandon, TransportError, TimerE, TimerF, TimerK],
            [SendRequest, ArmE, ArmF])
        .On(Trying, Provisional, Proceeding, PassResponse)
        .On(Trying, Success, Completed, ArmK, PassResponse)
        .On(Trying, Failure, Completed, ArmK, PassResponse)
        .On(Trying, Abandon, Terminated, ReportTimeout)
        .On(Trying, TransportError, Terminated, ReportTransportError)
        .On(Trying, TimerE, Trying, SendRequest, ArmE)
        .On(Trying, TimerF, Terminated, ReportTimeout)
        .Ignore(Trying, TimerK, "the timer belongs to Completed")

        .On(Proceeding, Provisional, Proceeding, PassResponse)
        .On(Proceeding, Success, Completed, ArmK, PassResponse)
        .On(Proceeding, Failure, Completed, ArmK, PassResponse)
        .On(Proceeding, Abandon, Terminated, ReportTimeout)
        .On(Proceeding, TransportError, Terminated, ReportTransportError)
        .On(Proceeding, TimerE, Proceeding, SendRequest, ArmE)
        .On(Proceeding, TimerF, Terminated, ReportTimeout)
        .Ignore(Proceeding, TimerK, "the timer belongs to Completed")

        .Ignore(Completed, "the final response was here already", Provisional, Success, Failure, Abandon)
        .Ignore(Completed, "the request was answered", TransportError, TimerE, TimerF)
        .On(Completed, TimerK, Terminated);
}
