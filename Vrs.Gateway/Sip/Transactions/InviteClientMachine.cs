using static Vrs.Gateway.Sip.Transactions.TransactionAction;
using static Vrs.Gateway.Sip.Transactions.TransactionState;
using static Vrs.Gateway.Sip.Transactions.TransactionTrigger;

namespace Vrs.Gateway.Sip.Transactions;

/// <summary>
/// INVITE client transaction (RFC 3261 section 17.1.1 with the Accepted state of RFC 6026 section 7.2).
/// </summary>
public static class InviteClientMachine
{
    private const string NotArmed = "the timer belongs to another state";

    public static readonly TransactionTable Table = new TransactionTable(
            "INVITE client",
            [Calling, Proceeding, Accepted, Completed],
            [Provisional, Success, Failure, Abandon, TransportError, TimerA, TimerB, TimerD, TimerM],
            [SendRequest, ArmA, ArmB])
        .On(Calling, Provisional, Proceeding, PassResponse)
        .On(Calling, Success, Accepted, ArmM, PassResponse)
        .On(Calling, Failure, Completed, SendAck, ArmD, PassResponse)
        .On(Calling, Abandon, Terminated, ReportTimeout)
        .On(Calling, TransportError, Terminated, ReportTransportError)
        .On(Calling, TimerA, Calling, SendRequest, ArmA)
        .On(Calling, TimerB, Terminated, ReportTimeout)
        .Ignore(Calling, NotArmed, TimerD, TimerM)

        .On(Proceeding, Provisional, Proceeding, PassResponse)
        .On(Proceeding, Success, Accepted, ArmM, PassResponse)
        .On(Proceeding, Failure, Completed, SendAck, ArmD, PassResponse)
        .On(Proceeding, Abandon, Terminated, ReportTimeout)
        .On(Proceeding, TransportError, Terminated, ReportTransportError)
        .Ignore(Proceeding, "a response was here already", TimerA, TimerB)
        .Ignore(Proceeding, NotArmed, TimerD, TimerM)

        .Ignore(Accepted, "the call was answered already", Provisional, Failure, Abandon)
        .On(Accepted, Success, Accepted, PassResponse)
        .Ignore(Accepted, TransportError, "the ACK is the user's")
        .On(Accepted, TimerM, Terminated)
        .Ignore(Accepted, NotArmed, TimerA, TimerB, TimerD)

        .Ignore(Completed, "the call was refused already", Provisional, Success, Abandon)
        .On(Completed, Failure, Completed, SendAck)
        .On(Completed, TransportError, Terminated, ReportTransportError)
        .On(Completed, TimerD, Terminated)
        .Ignore(Completed, NotArmed, TimerA, TimerB, TimerM);
}
