using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Telemetry;

namespace Vrs.Gateway.Sip.Transactions;

/// <summary>A request that came in and its responses.</summary>
public sealed class ServerTransaction : Transaction
{
    private SipResponse? _next;
    private SipRequest? _ack;

    internal ServerTransaction(TransactionLayer layer, TransactionKey key, SipRequest request)
        : base(layer, request.Method == SipMethod.Invite ? InviteServerMachine.Table : NonInviteServerMachine.Table,
            key, request)
    {
    }

    /// <summary>The response last sent, or null.</summary>
    public SipResponse? LastResponse { get; private set; }

    /// <summary>Whether a final response was sent.</summary>
    public bool IsAnswered => LastResponse is { IsFinal: true };

    /// <summary>
    /// Sends a response; false when nothing was sent, because a final one was sent before or the flow is gone.
    /// </summary>
    public bool Respond(SipResponse response)
    {
        _next = response;
        return Fire(response.StatusCode switch
        {
            < 200 => TransactionTrigger.SendProvisional,
            < 300 => TransactionTrigger.SendSuccess,
            _ => TransactionTrigger.SendFailure,
        });
    }

    /// <summary>Sends a response without a body and, unless To has a tag already, with a stateless one.</summary>
    public bool Respond(int status, string? reason = null) => Respond(SipResponse.For(Request, status, null, reason));

    internal void Acknowledge(SipRequest ack)
    {
        _ack = ack;
        Fire(TransactionTrigger.Ack);
    }

    private protected override void Perform(TransactionAction action)
    {
        switch (action)
        {
            case TransactionAction.SendResponse:
                LastResponse = _next;
                Send();
                break;
            case TransactionAction.ResendResponse:
                Send();
                break;
            case TransactionAction.PassAck:
                Layer.User.OnAck(_ack!);
                break;
            case TransactionAction.ReportTimeout:
                SipTelemetry.TimedOut(this, "server");
                Layer.User.OnTransactionFailed(this, TransactionFailure.NotAcknowledged);
                break;
            case TransactionAction.ReportTransportError:
                Layer.User.OnTransactionFailed(this, TransactionFailure.TransportFailed);
                break;
            default:
                throw new InvalidOperationException($"A server transaction does not {action}.");
        }
    }

    private void Send()
    {
        if (LastResponse is not null && !Layer.Transport.Send(LastResponse))
        {
            Fire(TransactionTrigger.TransportError);
        }
    }
}
