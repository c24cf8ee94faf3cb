using System.Globalization;
using Vrs.Gateway.SessionPolicy;
using Vrs.Gateway.Sip.Checks;
using Vrs.Gateway.Sip.Dialogs;
using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Sip.Transactions;
using Vrs.Gateway.Sip.Transport;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;

namespace Vrs.Gateway.Legs;

/// <summary>A leg the call opened: our INVITE to the device.</summary>
public sealed class OutboundLeg : CallLeg, IResponseHandler
{
    private const string Sdp = "application/sdp";

    private readonly bool _lateOffer;
    private ClientTransaction? _invite;
    private EarlyDialogs? _early;
    private string? _earlyAnswer;
    private IDisposable? _answerDeadline;
    private SipResponse? _response;
    private Verdict? _verdict;
    private SdpText? _answer;

    private OutboundLeg(LegIdentity identity, Flow flow, LegServices services, bool lateOffer)
        : base(identity, flow, services, LegMachines.Outbound)
    {
        _lateOffer = lateOffer;
    }

    /// <summary>Sends the INVITE that a command asks for.</summary>
    /// <param name="command">The command.</param>
    /// <param name="user">Whose device it is.</param>
    /// <param name="contact">The device's Contact: the Request-URI.</param>
    /// <param name="flow">The device's flow.</param>
    /// <param name="services">What legs share.</param>
    public static OutboundLeg Invite(
        InviteLeg command, UserId user, SipUri contact, Flow flow, LegServices services)
    {
        var identity = new LegIdentity(command.Leg, command.Role, command.Session);
        var leg = new OutboundLeg(identity, flow, services, command.Offer is null);
        var from = new NameAddress(
            command.FromName, SipUri.Create(command.FromNumber ?? "anonymous", services.Domain), SipParameters.Empty);
        var invite = SipRequest.Create(
            SipMethod.Invite,
            contact,
            from.WithTag(LegIdentity.NewTag(command.Leg.Call, services.Identifiers)),
            new NameAddress(SipUri.Create(user.Value, services.Domain)),
            services.Identifiers.Next(),
            1);
        identity.Mark(invite);
        invite.Headers.Add(HeaderNames.Contact, LegHeaders.Contact(services.Domain));
        invite.Headers.Add(HeaderNames.Allow, UasCapabilities.Default.Allow);
        leg.Timer.Offer(invite);
        if (command.TakesOver is { } old)
        {
            invite.Headers.Add(LegIdentity.TakesOverHeader, LegIdentity.TakesOver(old));
        }

        if (command.Offer is { } offer)
        {
            // An offer that came in a reliable 1xx would have to be answered in its PRACK: too early for a late offer.
            invite.Headers.Add(HeaderNames.Supported, ReliableProvisionals.OptionTag);
            invite.SetBody(Sdp, offer.Text);
        }

        leg.Send(invite, command.RingFor);
        return leg;
    }

    public void OnResponse(ClientTransaction transaction, SipResponse response)
    {
        _response = response;
        if (response.IsSuccess)
        {
            OnAnswered(response);
        }
        else if (response.IsFinal)
        {
            // A local 503 says that the flow is gone: the call learns that from the device's registration.
            var isFlowLoss = response is { IsLocal: true, StatusCode: SipStatus.ServiceUnavailable };
            Fire(isFlowLoss ? LegTrigger.FlowLost : LegTrigger.GotRefusal);
        }
        else if (_early!.Accept(response, out var prack))
        {
            OnProvisional(response, prack);
        }
    }

    private protected override Refusal? SetUp(LegCommand command)
    {
        switch (command)
        {
            case AcknowledgeLeg acknowledge:
                _answer = Stage == LegStage.Answered ? acknowledge.Answer : null;
                return FireWanted(LegTrigger.AckWanted);
            case InviteLeg:
                // Commanded again: the INVITE that was sent is what there is.
                return null;
            case ReportDescription:
                return FireWanted(LegTrigger.DescriptionWanted);
            case SendProgress:
                return FireWanted(LegTrigger.ProgressWanted);
            default:
                return FireWanted(LegTrigger.AnswerWanted);
        }
    }

    private protected override void Perform(LegAction action)
    {
        switch (action)
        {
            case LegAction.SendAck:
                Acknowledge();
                break;
            case LegAction.SendCancel:
                _invite!.Cancel(LegHeaders.Reason(Reason.Status, Reason.Detail));
                break;
            case LegAction.EndLateDialog:
                EndLateDialog();
                break;
            case LegAction.AwaitAnswer:
                _answerDeadline = Flow.Schedule(Services.Options.AckTimeout, OnAnswerOverdue);
                break;
            case LegAction.TellRinging:
                Report(new LegRinging(Identity.Leg.Number));
                break;
            case LegAction.TellAnswered:
                Report(new LegAnswered(Identity.Leg.Number, Dialog!.ToState(), _verdict!.Allowed!));
                break;
            case LegAction.TellRefused:
                Report(new LegRejected(Identity.Leg.Number, _response!.StatusCode, DetailOf(_response)));
                break;
            case LegAction.TellUnacceptable:
                Report(new LegRejected(Identity.Leg.Number, SipStatus.NotAcceptableHere, Reason.Detail));
                break;
            default:
                base.Perform(action);
                break;
        }
    }

    private protected override void DisposeTimers() => _answerDeadline?.Dispose();

    private void Send(SipRequest invite, TimeSpan ringFor)
    {
        _early = new EarlyDialogs(invite);
        _invite = Flow.Transactions.Send(invite, this, ringFor);
    }

    private void OnProvisional(SipResponse response, SipRequest? prack)
    {
        if (prack is not null)
        {
            // RFC 3261 section 13.2.1: what a reliable response answers is answered; the 2xx need not say it again.
            _earlyAnswer ??= response.ContentType == Sdp ? response.BodyText : null;
            Identity.Mark(prack);
            Flow.Transactions.Send(prack, null);
        }

        if (response.StatusCode is SipStatus.Ringing or SipStatus.SessionProgress)
        {
            Fire(LegTrigger.Rang);
        }
    }

    private void OnAnswered(SipResponse response)
    {
        // Section 13.2.2.4: after a CANCEL, or of another fork: acknowledged and ended at once.
        if (Stage is not (LegStage.Inviting or LegStage.Ringing))
        {
            Fire(LegTrigger.GotLateAnswer);
            return;
        }

        Dialog = _early!.Confirm(response);
        Timer.Take(response);
        var kind = _lateOffer ? DescriptionKind.Offer : DescriptionKind.Answer;
        var description = response.ContentType == Sdp ? response.BodyText : _earlyAnswer;
        _verdict = description is not null
            ? Services.Judge(description, kind)
            : new Verdict.Refuse(SipStatus.NotAcceptableHere, 399, "The device answered without a session description");
        if (_verdict is Verdict.Refuse refuse)
        {
            GiveReason(refuse.Status, refuse.Text);
            Fire(LegTrigger.GotBadAnswer);
            return;
        }

        Fire(_lateOffer ? LegTrigger.GotOffer : LegTrigger.GotAnswer);
    }

    private void OnAnswerOverdue()
    {
        GiveReason(SipStatus.RequestTimeout, "The call never answered the offer");
        Fire(LegTrigger.AckOverdue);
    }

    private static string DetailOf(SipResponse response) =>
        response.Headers[HeaderNames.Warning] is { } warning && warning.Length <= 200
            ? string.Create(CultureInfo.InvariantCulture, $"{response.ReasonPhrase} ({warning})")
            : response.ReasonPhrase;

    private void Acknowledge()
    {
        _answerDeadline?.Dispose();
        var ack = Dialog!.CreateAck(_invite!.Request.CSeq.Number);
        Identity.Mark(ack);
        if (_answer is { } answer)
        {
            ack.SetBody(Sdp, answer.Text);
        }

        _invite.Acknowledge(ack);
    }

    private void EndLateDialog()
    {
        var invite = _invite!;
        var late = _early!.Confirm(_response!);
        invite.Acknowledge(late.CreateAck(invite.Request.CSeq.Number));
        var bye = late.CreateRequest(SipMethod.Bye);
        Identity.Mark(bye);
        bye.Headers.Add(HeaderNames.Reason, LegHeaders.Reason(SipStatus.RequestTerminated, "The call was cancelled"));
        Flow.Transactions.Send(bye, null);
    }
}
