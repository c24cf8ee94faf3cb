using Microsoft.Extensions.Logging;
using Vrs.Gateway.Sip.Checks;
using Vrs.Gateway.Sip.Dialogs;
using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Sip.Transactions;
using Vrs.Gateway.Sip.Transport;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Calls;

namespace Vrs.Gateway.Legs;

/// <summary>
/// One SIP dialog of a call on its device's flow. Lives on the flow's loop. What happens in an established dialog is
/// here;
/// how it is set up is in the leg's kind.
/// </summary>
public abstract partial class CallLeg
{
    private const string Sdp = "application/sdp";

    private readonly RequestRelay _relay;
    private readonly HashSet<long> _done = [];
    private LegStage _stage;

    private protected CallLeg(LegIdentity identity, Flow flow, LegServices services, LegStage stage)
    {
        Identity = identity;
        Flow = flow;
        Services = services;
        Reports = new LegReports(identity, services);
        Timer = new SessionTimer(flow, services.Options.SessionInterval, OnSessionExpired);
        _relay = new RequestRelay(this, flow, services);
        _stage = stage;
    }

    /// <summary>Which leg it is.</summary>
    public LegIdentity Identity { get; }

    /// <summary>Its dialog; null before the device answered our INVITE.</summary>
    public Dialog? Dialog { get; private protected set; }

    /// <summary>Where it stands.</summary>
    internal LegStage Stage
    {
        get => _stage;
        private protected set
        {
            if (_stage == value)
            {
                return;
            }

            var leg = Identity.Leg;
            LogStage(Services.Logger, leg.Call, leg.Number, Identity.Role, Identity.Session, _stage, value);
            _stage = value;
        }
    }

    /// <summary>Whether nothing more can happen on it, so that it may be forgotten.</summary>
    public bool IsOver => Stage == LegStage.Over;

    internal LegReports Reports { get; }

    private protected Flow Flow { get; }

    private protected LegServices Services { get; }

    private protected SessionTimer Timer { get; }

    /// <summary>Does a command once, however often it comes.</summary>
    /// <returns>Null when it is done; stale when it does not fit the leg (any more).</returns>
    public Refusal? Do(LegCommand command)
    {
        // Asked for its offer again, the leg tells it again: the grain may have forgotten the first answer since.
        if (command is not ReportOffer && command.Sequence != 0 && !_done.Add(command.Sequence))
        {
            return null;
        }

        switch (command)
        {
            case EndLeg end:
                End(end);
                return null;
            case ForwardRequest forward:
                _relay.Send(forward);
                return null;
            case ForwardResponse forward:
                _relay.Answer(forward);
                return null;
            default:
                return SetUp(command);
        }
    }

    /// <summary>A request in its dialog, other than ACK and CANCEL.</summary>
    public void OnRequest(ServerTransaction transaction, SipRequest request)
    {
        if (Dialog!.Accept(request) is { } status)
        {
            Respond(transaction, status);
        }
        else if (Stage == LegStage.Over)
        {
            Respond(transaction, SipStatus.CallDoesNotExist);
        }
        else if (request.Method == SipMethod.Bye)
        {
            OnBye(transaction);
        }
        else if (request.Method == SipMethod.Info)
        {
            _relay.Take(transaction, request);
        }
        else if (request.Method == SipMethod.Invite || request.Method == SipMethod.Update)
        {
            OnOffer(transaction, request);
        }
        else if (request.Method == SipMethod.Options)
        {
            Respond(transaction, Response(request, SipStatus.Ok));
        }
        else if (request.Method == SipMethod.Prack)
        {
            OnPrack(transaction, request);
        }
        else
        {
            Respond(transaction, SipStatus.MethodNotAllowed);
        }
    }

    /// <summary>The ACK to a 2xx in its dialog.</summary>
    public virtual void OnAck(SipRequest ack)
    {
    }

    /// <summary>An INVITE was cancelled; false when it was none of this leg's.</summary>
    public virtual bool OnCancelled(ServerTransaction transaction) => _relay.Cancel(transaction);

    /// <summary>The flow is gone. The call is told by the device's registration, so nothing is said here.</summary>
    public void OnFlowClosed() => Finish();

    /// <summary>
    /// Ends the leg for the device, with no word to the call: it knows, or does not know the leg at all.
    /// </summary>
    internal abstract void End(int status, string detail);

    /// <summary>The dialog does not work any more: tells the call and the device.</summary>
    internal void Break(string detail)
    {
        if (Stage == LegStage.Over)
        {
            return;
        }

        Report(new LegEnded(Identity.Leg.Number, LegEndCause.Broken));
        End(SipStatus.RequestTimeout, detail);
    }

    internal void Respond(ServerTransaction transaction, int status) =>
        Respond(transaction, Response(transaction.Request, status));

    internal void Respond(ServerTransaction transaction, SipResponse response) => transaction.Respond(response);

    /// <summary>A response with everything that responses on this leg have.</summary>
    internal SipResponse Response(SipRequest request, int status, string? reason = null)
    {
        var response = SipResponse.For(request, status, Dialog?.Id.LocalTag, reason);
        Identity.Mark(response);
        if (status is > 100 and < 300 && (request.Method == SipMethod.Invite || request.Method == SipMethod.Update))
        {
            response.Headers.Add(HeaderNames.Contact, LegHeaders.Contact(Services.Domain));
        }

        if (request.Method == SipMethod.Invite
            || request.Method == SipMethod.Options
            || status == SipStatus.MethodNotAllowed)
        {
            response.Headers.Add(HeaderNames.Allow, UasCapabilities.Default.Allow);
        }

        return response;
    }

    /// <summary>Counts a request as a session refresh, says the interval, and sends its 2xx.</summary>
    internal void RespondRefreshed(ServerTransaction transaction, SipResponse response)
    {
        Timer.Answer(transaction.Request, response);
        transaction.Respond(response);
    }

    /// <summary>Sends a request in the dialog.</summary>
    internal ClientTransaction SendRequest(SipMethod method, IResponseHandler? handler, Action<SipRequest>? with = null)
    {
        var request = Dialog!.CreateRequest(method);
        Identity.Mark(request);
        if (method == SipMethod.Invite || method == SipMethod.Update)
        {
            request.Headers.Add(HeaderNames.Contact, LegHeaders.Contact(Services.Domain));
        }

        with?.Invoke(request);
        return Flow.Transactions.Send(request, handler);
    }

    private protected abstract Refusal? SetUp(LegCommand command);

    /// <summary>The device hangs up.</summary>
    private protected virtual void OnBye(ServerTransaction transaction)
    {
        Respond(transaction, SipStatus.Ok);
        Report(new LegEnded(Identity.Leg.Number, LegEndCause.HungUp));
        Finish();
    }

    private protected virtual void OnPrack(ServerTransaction transaction, SipRequest request) =>
        Respond(transaction, SipStatus.CallDoesNotExist);

    /// <summary>Ends the dialog with BYE.</summary>
    private protected void Bye(int status, string detail)
    {
        Stage = LegStage.Over;
        SendRequest(SipMethod.Bye, null, bye => bye.Headers.Add(HeaderNames.Reason, LegHeaders.Reason(status, detail)));
        Finish();
    }

    /// <summary>Nothing more happens on this leg.</summary>
    private protected void Finish()
    {
        Stage = LegStage.Over;
        _relay.Abort();
        Timer.Dispose();
        DisposeTimers();
    }

    private protected virtual void DisposeTimers()
    {
    }

    /// <summary>Tells the call; a call that does not know the leg any more has the leg ended.</summary>
    private protected void Report(LegReport report)
    {
        var sent = Reports.Send(report);
        Flow.Start(async () =>
        {
            var refusal = await sent;
            if (refusal is { Reason: RefusalReason.Stale or RefusalReason.NotFound } && Stage != LegStage.Over)
            {
                End(SipStatus.CallDoesNotExist, refusal.Detail);
            }
        });
    }

    private void End(EndLeg command)
    {
        if (Stage != LegStage.Over)
        {
            End(command.Status, command.Detail);
        }
    }

    // RFC 3311 section 5.2 and RFC 3261 section 14.2: an offer belongs to the other leg, a refresh without one is ours.
    private void OnOffer(ServerTransaction transaction, SipRequest request)
    {
        if (!request.Body.IsEmpty && request.ContentType != Sdp)
        {
            var response = Response(request, SipStatus.UnsupportedMediaType);
            response.Headers.Add(HeaderNames.Accept, Sdp);
            Respond(transaction, response);
        }
        else if (!request.Body.IsEmpty)
        {
            _relay.Take(transaction, request);
        }
        else if (request.Method == SipMethod.Update)
        {
            RespondRefreshed(transaction, Response(request, SipStatus.Ok));
        }
        else
        {
            Respond(transaction, LegHeaders.Refusing(
                Response(request, SipStatus.NotAcceptableHere),
                Services.Domain,
                399,
                "A re-INVITE needs an offer here"));
        }
    }

    private void OnSessionExpired() => Break("The session was not refreshed in time");

    [LoggerMessage(EventId = 210, EventName = "leg_changed", Level = LogLevel.Information,
        Message = "Call {correlation_id} leg {leg} ({actor_role}, session {session_id}): {state_from} to {state_to}.")]
    private static partial void LogStage(
        ILogger logger,
        CallId correlation_id,
        int leg,
        LegRole? actor_role,
        SessionId session_id,
        LegStage state_from,
        LegStage state_to);
}

/// <summary>Where a leg's dialog stands.</summary>
internal enum LegStage
{
    /// <summary>The INVITE has no final response.</summary>
    Inviting,

    /// <summary>A 2xx was sent or received; the ACK is missing.</summary>
    Answered,

    /// <summary>Acknowledged.</summary>
    Established,

    /// <summary>Ended for the call; only the device has not confirmed it yet.</summary>
    Ending,

    /// <summary>Nothing more can happen.</summary>
    Over,
}
