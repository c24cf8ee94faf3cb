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
/// One SIP dialog of a call on its device's flow: a stage, the table it follows, and what its actions do. Lives on the
/// flow's loop. What happens in an established dialog is here; how it is set up is in the leg's kind.
/// </summary>
public abstract partial class CallLeg
{
    private const string Sdp = "application/sdp";

    private readonly LegTable _table;
    private readonly RequestRelay _relay;
    private readonly HashSet<long> _done = [];
    private ServerTransaction? _bye;
    private IDisposable? _handover;
    private bool _successorIsShown;

    private protected CallLeg(LegIdentity identity, Flow flow, LegServices services, LegTable table)
    {
        Identity = identity;
        Flow = flow;
        Services = services;
        Reports = new LegReports(identity, services);
        Timer = new SessionTimer(flow, services.Options.SessionInterval, OnSessionExpired);
        _relay = new RequestRelay(this, flow, services);
        _table = table;
        Stage = table.Initial;
        services.Live.Began();
    }

    /// <summary>Which leg it is.</summary>
    public LegIdentity Identity { get; }

    /// <summary>Its dialog; null before the device answered our INVITE.</summary>
    public Dialog? Dialog { get; private protected set; }

    /// <summary>Where it stands.</summary>
    internal LegStage Stage { get; private set; }

    /// <summary>Whether nothing more can happen on it, so that it may be forgotten.</summary>
    public bool IsOver => Stage == LegStage.Over;

    internal LegReports Reports { get; }

    private protected Flow Flow { get; }

    private protected LegServices Services { get; }

    private protected SessionTimer Timer { get; }

    /// <summary>Why the leg ends, as Reason and Warning say it.</summary>
    private protected (int Status, string Detail) Reason { get; private set; }

    /// <summary>When calling again is worth while; null when that is not known.</summary>
    private protected TimeSpan? RetryAfter { get; private set; }

    /// <summary>Does a command once, however often it comes.</summary>
    /// <returns>Null when it is done; stale when it does not fit the leg (any more).</returns>
    public Refusal? Do(LegCommand command)
    {
        // Asked for its description again, the leg tells it again: the grain may have forgotten the first time since.
        if (command is not ReportDescription && command.Sequence != 0 && !_done.Add(command.Sequence))
        {
            return null;
        }

        switch (command)
        {
            case EndLeg end:
                RetryAfter = end.RetryAfter;
                End(end.Status, end.Detail, MayWait(end) ? LegTrigger.HandoverWanted : LegTrigger.EndWanted);
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
        else if (request.Method == SipMethod.Bye)
        {
            OnBye(transaction);
        }
        else if (request.Method == SipMethod.Info && request.Headers[LegIdentity.ShownHeader] is not null)
        {
            Respond(transaction, Response(request, SipStatus.Ok));
            Fire(LegTrigger.SuccessorShown);
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
    public void OnFlowClosed() => Fire(LegTrigger.FlowLost);

    /// <summary>The dialog does not work any more: tells the call and the device.</summary>
    internal void Break(string detail, int status = SipStatus.RequestTimeout)
    {
        GiveReason(status, detail);
        Fire(LegTrigger.Broken);
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

    /// <summary>Applies a trigger: the next stage, then its actions.</summary>
    private protected LegStep Fire(LegTrigger trigger)
    {
        var step = _table[Stage, trigger];
        if (Stage != step.Next)
        {
            var leg = Identity.Leg;
            LogStage(Services.Logger, leg.Call, leg.Number, Identity.Role, Identity.Session, Stage, step.Next);
            Stage = step.Next;
            if (Stage == LegStage.Over)
            {
                Services.Live.Ended();
            }
        }

        foreach (var action in step.Actions)
        {
            Perform(action);
        }

        if (Stage == LegStage.Over)
        {
            _relay.Abort();
            _handover?.Dispose();
            Timer.Dispose();
            DisposeTimers();
        }

        return step;
    }

    /// <summary>Applies a trigger that a command of the call means.</summary>
    private protected Refusal? FireWanted(LegTrigger trigger) =>
        Fire(trigger).RefusedBecause is { } reason ? new Refusal(RefusalReason.Stale, $"{trigger}: {reason}.") : null;

    /// <summary>
    /// Ends the leg for the device, with no word to the call: it knows, or does not know the leg at all.
    /// </summary>
    private protected void End(int status, string detail, LegTrigger wanted = LegTrigger.EndWanted)
    {
        GiveReason(status, detail);
        Fire(wanted);
    }

    /// <summary>
    /// A leg of which the device has the successor ends when that shows, so that no picture is missing.
    /// </summary>
    private bool MayWait(EndLeg end) => end.Superseded && Stage == LegStage.Established && !_successorIsShown;

    /// <summary>Says why the leg ends, unless that was said before.</summary>
    private protected void GiveReason(int status, string detail)
    {
        if (Stage != LegStage.Ending)
        {
            Reason = (status, detail);
        }
    }

    private protected abstract Refusal? SetUp(LegCommand command);

    /// <summary>Does what every kind of leg does; each kind adds its own.</summary>
    private protected virtual void Perform(LegAction action)
    {
        switch (action)
        {
            case LegAction.ConfirmBye:
                Respond(_bye!, SipStatus.Ok);
                break;
            case LegAction.SendBye:
                var reason = LegHeaders.Reason(Reason.Status, Reason.Detail);
                SendRequest(SipMethod.Bye, null, bye => bye.Headers.Add(HeaderNames.Reason, reason));
                break;
            case LegAction.AwaitSuccessor:
                _handover = Flow.Schedule(Services.Options.HandoverTimeout, () => Fire(LegTrigger.SuccessorShown));
                break;
            case LegAction.NoteShown:
                _successorIsShown = true;
                break;
            case LegAction.TellHungUp:
                TellHungUp(_bye!);
                break;
            case LegAction.TellCancelled:
                Report(new LegEnded(Identity.Leg.Number, LegEndCause.Cancelled));
                break;
            case LegAction.TellBroken:
                Report(new LegEnded(Identity.Leg.Number, LegEndCause.Broken));
                break;
            default:
                throw new InvalidOperationException($"{GetType().Name} does not {action}.");
        }
    }

    private protected virtual void OnPrack(ServerTransaction transaction, SipRequest request) =>
        Respond(transaction, SipStatus.CallDoesNotExist);

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

    /// <summary>
    /// A server that dies in between leaves the BYE unanswered, and the device sends it again on its next connection.
    /// </summary>
    private void TellHungUp(ServerTransaction bye)
    {
        var sent = Reports.Send(new LegEnded(Identity.Leg.Number, LegEndCause.HungUp));
        Flow.Start(async () =>
        {
            var isUntold = await sent is { Reason: RefusalReason.Unreachable };
            Respond(bye, isUntold ? SipStatus.ServiceUnavailable : SipStatus.Ok);
        });
    }

    private void OnBye(ServerTransaction transaction)
    {
        _bye = transaction;
        if (Fire(LegTrigger.HungUp).IgnoredBecause is not null)
        {
            Respond(transaction, SipStatus.CallDoesNotExist);
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
