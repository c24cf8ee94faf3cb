using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Telemetry;

namespace Vrs.Gateway.Sip.Transactions;

/// <summary>A request we sent and its responses.</summary>
public sealed class ClientTransaction : Transaction
{
    private readonly IResponseHandler? _handler;

    // To tags of the 2xx seen so far (one for each fork), with the ACK once the user made it.
    private readonly Dictionary<string, SipRequest?> _acknowledged = new(StringComparer.Ordinal);

    private SipResponse? _current;
    private bool _cancelWanted;
    private bool _cancelSent;
    private bool _timedOut;
    private string? _cancelReason;

    internal ClientTransaction(
        TransactionLayer layer, TransactionKey key, SipRequest request, IResponseHandler? handler)
        : base(layer, request.Method == SipMethod.Invite ? InviteClientMachine.Table : NonInviteClientMachine.Table,
            key, request)
    {
        _handler = handler;
    }

    /// <summary>
    /// Cancels the INVITE (RFC 3261 section 9.1): at once when a provisional response was here, else as soon as one
    /// is. The final response still comes: 487 as a rule, 2xx when it crossed the CANCEL, a local 408 when the peer
    /// says nothing.
    /// </summary>
    /// <param name="reason">Value of a Reason header (RFC 3326), or null.</param>
    public void Cancel(string? reason = null)
    {
        _cancelWanted = true;
        _cancelReason ??= reason;
        if (State == TransactionState.Proceeding && IsInvite && !_cancelSent)
        {
            _cancelSent = true;
            Layer.SendCancel(Request, _cancelReason);
            Later(Layer.Timers.Timeout, () => Fire(TransactionTrigger.Abandon));
        }
    }

    /// <summary>Sends the ACK to a 2xx and keeps it for copies of that 2xx (RFC 3261 section 13.2.2.4).</summary>
    public void Acknowledge(SipRequest ack)
    {
        _acknowledged[ack.To.Tag ?? ""] = ack;
        Layer.SendAck(ack);
    }

    internal void Receive(SipResponse response)
    {
        _current = response;
        Fire(response.StatusCode switch
        {
            < 200 => TransactionTrigger.Provisional,
            < 300 => TransactionTrigger.Success,
            _ => TransactionTrigger.Failure,
        });
        if (_cancelWanted)
        {
            Cancel();
        }
    }

    internal void LimitTo(TimeSpan timeout) => Later(timeout, OnTimeout);

    private protected override void Perform(TransactionAction action)
    {
        switch (action)
        {
            case TransactionAction.SendRequest:
                if (!Layer.Transport.Send(Request))
                {
                    Fire(TransactionTrigger.TransportError);
                }

                break;
            case TransactionAction.SendAck:
                Layer.Transport.Send(FailureAck(_current!));
                break;
            case TransactionAction.PassResponse:
                Pass(_current!);
                break;
            case TransactionAction.ReportTimeout:
                SipTelemetry.TimedOut(this, "client");
                PassLocal(SipStatus.RequestTimeout);
                break;
            case TransactionAction.ReportTransportError:
                PassLocal(SipStatus.ServiceUnavailable);
                break;
            default:
                throw new InvalidOperationException($"A client transaction does not {action}.");
        }
    }

    private void Pass(SipResponse response)
    {
        if (IsInvite && response.IsSuccess)
        {
            var tag = response.To.Tag ?? "";
            if (_acknowledged.TryGetValue(tag, out var ack))
            {
                Resend(ack);
                return;
            }

            if (_acknowledged.Count == Layer.Options.MaxForks)
            {
                return;
            }

            _acknowledged.Add(tag, null);
        }

        if (_timedOut && response.StatusCode == SipStatus.RequestTerminated)
        {
            // The peer confirms our CANCEL; to the user it is the time-out that she asked for.
            PassLocal(SipStatus.RequestTimeout);
            return;
        }

        _handler?.OnResponse(this, response);
    }

    private void PassLocal(int status) =>
        _handler?.OnResponse(this, SipResponse.Local(Request, status, SipStatus.Phrase(status)));

    private void Resend(SipRequest? ack)
    {
        if (ack is not null)
        {
            Layer.Transport.Send(ack);
        }
    }

    private void OnTimeout()
    {
        if (!IsInvite)
        {
            Fire(TransactionTrigger.Abandon);
            return;
        }

        _timedOut = true;
        Cancel();
    }

    // Section 17.1.1.3: same Via, Request-URI, From, Call-ID, Route; To of the response.
    private SipRequest FailureAck(SipResponse response)
    {
        var ack = new SipRequest
        {
            Method = SipMethod.Ack,
            RequestUri = Request.RequestUri,
            Vias = [Request.Vias[0]],
            From = Request.From,
            To = response.To,
            CallId = Request.CallId,
            CSeq = new CSeq(Request.CSeq.Number, SipMethod.Ack),
        };
        TransactionLayer.CopyRoute(Request, ack);
        return ack;
    }
}
