using Vrs.Gateway.SessionPolicy;
using Vrs.Gateway.Sip;
using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Sip.Transactions;
using Vrs.Gateway.Sip.Transport;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Calls;

namespace Vrs.Gateway.Legs;

/// <summary>
/// Passes re-INVITE, UPDATE and INFO between a leg and its peer leg, through the call. Offers keep the rules of glare
/// (RFC 3261 section 14): one at a time on a dialog, in either direction.
/// </summary>
internal sealed class RequestRelay(CallLeg leg, Flow flow, LegServices services)
{
    private const int GatewayTimeout = 504;

    private readonly Dictionary<long, Waiting> _waiting = [];
    private long _lastNumber = services.Time.GetUtcNow().ToUnixTimeMilliseconds();
    private bool _offerSent;

    // A leg that was set up elsewhere may hold already.
    private bool? _held = leg is AdoptedLeg ? null : false;

    private bool OfferIsOpen =>
        _offerSent || _waiting.Values.Any(waiting => IsOffer(waiting.Transaction.Request.Method));

    /// <summary>A request of the device that the other leg must answer.</summary>
    public void Take(ServerTransaction transaction, SipRequest request)
    {
        if (_waiting.Count >= services.Options.MaxRelayedRequests)
        {
            leg.Respond(transaction, SipStatus.ServiceUnavailable);
        }
        else if (IsOffer(request.Method) && (leg.Stage != LegStage.Established || OfferIsOpen))
        {
            leg.Respond(transaction, SipStatus.RequestPending);
        }
        else if (!IsOffer(request.Method) && request.BodyText.Length > services.Options.MaxInfoLength)
        {
            leg.Respond(transaction, SipStatus.RequestEntityTooLarge);
        }
        else
        {
            Pass(transaction, request);
        }
    }

    /// <summary>The other leg's answer.</summary>
    public void Answer(ForwardResponse answer)
    {
        if (!_waiting.Remove(answer.Number, out var waiting))
        {
            return;
        }

        waiting.Deadline.Dispose();
        var response = leg.Response(waiting.Transaction.Request, answer.Status);
        if (answer.Body is { } body)
        {
            response.SetBody(body.ContentType, body.Text);
        }

        if (response.IsSuccess && IsOffer(waiting.Transaction.Request.Method))
        {
            leg.RespondRefreshed(waiting.Transaction, response);
            TellHold(waiting.Holds);
        }
        else
        {
            leg.Respond(waiting.Transaction, response);
        }
    }

    /// <summary>The other leg's request, or the call's own (of leg 0): whether the dialog lives.</summary>
    public void Send(ForwardRequest forward)
    {
        var method = new SipMethod(forward.Method);
        if (forward.RequestLeg == 0 && leg.Stage == LegStage.Inviting)
        {
            // The call believes that it answered, and has lost the answer: this INVITE would wait for ever.
            leg.Break("The answer was lost", SipStatus.ServiceUnavailable);
        }
        else if (leg.Stage != LegStage.Established || (IsOffer(method) && OfferIsOpen))
        {
            Report(forward, SipStatus.RequestPending, null);
        }
        else
        {
            _offerSent |= IsOffer(method);
            leg.SendRequest(method, new Responses(this, forward), request => CopyBody(forward, request));
        }
    }

    /// <summary>The device cancelled its re-INVITE.</summary>
    public bool Cancel(ServerTransaction transaction)
    {
        foreach (var (number, waiting) in _waiting)
        {
            if (waiting.Transaction == transaction)
            {
                _waiting.Remove(number);
                waiting.Deadline.Dispose();
                leg.Respond(transaction, SipStatus.RequestTerminated);
                return true;
            }
        }

        return false;
    }

    /// <summary>The leg is over: what still waits gets no answer from the other side.</summary>
    public void Abort()
    {
        foreach (var waiting in _waiting.Values)
        {
            waiting.Deadline.Dispose();
            leg.Respond(waiting.Transaction, SipStatus.RequestTerminated);
        }

        _waiting.Clear();
    }

    private static void CopyBody(ForwardRequest forward, SipRequest request)
    {
        if (forward.Body is { } body)
        {
            request.SetBody(body.ContentType, body.Text);
        }
    }

    private static bool IsOffer(SipMethod method) => method == SipMethod.Invite || method == SipMethod.Update;

    private void Pass(ServerTransaction transaction, SipRequest request)
    {
        BodyText? body = null;
        var holds = false;
        if (IsOffer(request.Method))
        {
            var verdict = services.Judge(request.BodyText, DescriptionKind.Offer);
            if (verdict is Verdict.Refuse refuse)
            {
                leg.Respond(transaction, LegHeaders.Refusing(
                    leg.Response(request, refuse.Status), services.Domain, refuse.WarningCode, refuse.Text));
                return;
            }

            body = new BodyText("application/sdp", verdict.Allowed!.Text);
            holds = HoldOffer.Holds(verdict.Allowed);
        }
        else if (!request.Body.IsEmpty)
        {
            body = new BodyText(request.Headers[HeaderNames.ContentType] ?? "text/plain", request.BodyText);
        }

        var number = ++_lastNumber;
        var deadline = flow.Schedule(services.Options.RelayTimeout, () => Fail(number, GatewayTimeout));
        _waiting.Add(number, new Waiting(transaction, deadline, holds));
        var sent = leg.Reports.Send(new LegRequest(leg.Identity.Leg.Number, number, request.Method.Name, body));
        flow.Start(async () =>
        {
            if (await sent is { } refusal)
            {
                Fail(number, RefusalStatus.Of(refusal.Reason));
            }
        });
    }

    // A 481 would make browsers end the call; that the other leg is not there now is no reason to.
    private void Fail(long number, int status) =>
        Answer(new ForwardResponse(
            leg.Identity.Leg,
            0,
            leg.Identity.Session,
            number,
            status == SipStatus.CallDoesNotExist ? SipStatus.TemporarilyUnavailable : status,
            null));

    private void OnResponse(ForwardRequest forward, ClientTransaction transaction, SipResponse response)
    {
        if (response.IsProvisional)
        {
            return;
        }

        _offerSent &= !IsOffer(transaction.Request.Method);
        leg.Dialog!.Accept(response);
        if (response.IsSuccess && transaction.IsInvite)
        {
            transaction.Acknowledge(leg.Dialog.CreateAck(transaction.Request.CSeq.Number));
        }

        var (status, body) = Judge(transaction.Request.Method, response);
        Report(forward, status, body);

        // RFC 3261 section 12.2.1.2: the peer does not know the dialog, or does not answer in it.
        if (response.StatusCode == SipStatus.CallDoesNotExist || response.StatusCode == SipStatus.RequestTimeout)
        {
            leg.Break("The device does not answer in this dialog");
        }
    }

    private (int Status, BodyText? Body) Judge(SipMethod method, SipResponse response)
    {
        if (!response.IsSuccess || !IsOffer(method))
        {
            return (Math.Max(response.StatusCode, 200), null);
        }

        var allowed = services.Judge(response.BodyText, DescriptionKind.Answer).Allowed;
        return allowed is null
            ? (SipStatus.NotAcceptableHere, null)
            : (response.StatusCode, new BodyText("application/sdp", allowed.Text));
    }

    private void Report(ForwardRequest forward, int status, BodyText? body) => _ = leg.Reports.Send(
        new LegResponse(leg.Identity.Leg.Number, forward.RequestLeg, forward.Number, status, body));

    // Most offers are about something else: only a change is told.
    private void TellHold(bool holds)
    {
        if (_held != holds)
        {
            _held = holds;
            _ = leg.Reports.Send(new LegHeld(leg.Identity.Leg.Number, holds));
        }
    }

    private sealed record Waiting(ServerTransaction Transaction, IDisposable Deadline, bool Holds);

    private sealed class Responses(RequestRelay relay, ForwardRequest forward) : IResponseHandler
    {
        public void OnResponse(ClientTransaction transaction, SipResponse response) =>
            relay.OnResponse(forward, transaction, response);
    }
}
