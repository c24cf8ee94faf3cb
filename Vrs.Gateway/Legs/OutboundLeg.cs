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
    private bool _rang;

    private OutboundLeg(LegIdentity identity, Flow flow, LegServices services, bool lateOffer)
        : base(identity, flow, services, LegStage.Inviting)
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
        if (response.IsSuccess)
        {
            OnAnswered(transaction, response);
        }
        else if (response.IsFinal)
        {
            OnRejected(response);
        }
        else if (_early!.Accept(response, out var prack))
        {
            OnProvisional(response, prack);
        }
    }

    internal override void End(int status, string detail)
    {
        switch (Stage)
        {
            case LegStage.Inviting:
                // The final response is waited for: a 2xx that crosses the CANCEL must be acknowledged and ended.
                Stage = LegStage.Ending;
                _invite!.Cancel(LegHeaders.Reason(status, detail));
                break;
            case LegStage.Ending:
                break;
            case LegStage.Answered:
                Acknowledge(null);
                Bye(status, detail);
                break;
            default:
                Bye(status, detail);
                break;
        }
    }

    private protected override Refusal? SetUp(LegCommand command)
    {
        if (command is AcknowledgeLeg acknowledge && Stage == LegStage.Answered)
        {
            Acknowledge(acknowledge.Answer);
            Stage = LegStage.Established;
            return null;
        }

        // The same INVITE commanded again with another number would be another INVITE: this one is what there is.
        return command is InviteLeg
            ? null
            : new Refusal(RefusalReason.Stale, $"The leg is past {command.GetType().Name}.");
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

        if (response.StatusCode is SipStatus.Ringing or SipStatus.SessionProgress && !_rang)
        {
            _rang = true;
            if (Stage == LegStage.Inviting)
            {
                Report(new LegRinging(Identity.Leg.Number));
            }
        }
    }

    private void OnAnswered(ClientTransaction transaction, SipResponse response)
    {
        var dialog = _early!.Confirm(response);
        if (Stage != LegStage.Inviting)
        {
            // Section 13.2.2.4: too late, or another fork: acknowledged and ended at once.
            EndAtOnce(transaction, dialog);
            return;
        }

        Dialog = dialog;
        Timer.Take(response);
        var kind = _lateOffer ? DescriptionKind.Offer : DescriptionKind.Answer;
        var description = response.ContentType == Sdp ? response.BodyText : _earlyAnswer;
        var verdict = description is not null
            ? OfferPolicy.Check(description, kind, Services.Rules)
            : new Verdict.Refuse(SipStatus.NotAcceptableHere, 399, "The device answered without a session description");
        Stage = LegStage.Answered;
        if (verdict is Verdict.Refuse refuse)
        {
            Report(new LegRejected(Identity.Leg.Number, SipStatus.NotAcceptableHere, refuse.Text));
            End(refuse.Status, refuse.Text);
            return;
        }

        if (_lateOffer)
        {
            _answerDeadline = Flow.Schedule(
                Services.Options.AckTimeout, () => Break("The call never answered the offer"));
        }
        else
        {
            Acknowledge(null);
            Stage = LegStage.Established;
        }

        Report(new LegAnswered(Identity.Leg.Number, dialog.ToState(), verdict.Allowed!));
    }

    private void OnRejected(SipResponse response)
    {
        // A local 503 says that the flow is gone: the call learns that from the device's registration.
        var isFlowLoss = response is { IsLocal: true, StatusCode: SipStatus.ServiceUnavailable };
        if (Stage == LegStage.Inviting && !isFlowLoss)
        {
            Report(new LegRejected(Identity.Leg.Number, response.StatusCode, DetailOf(response)));
        }

        if (Dialog is null)
        {
            Finish();
        }
    }

    private static string DetailOf(SipResponse response) =>
        response.Headers[HeaderNames.Warning] is { } warning && warning.Length <= 200
            ? string.Create(CultureInfo.InvariantCulture, $"{response.ReasonPhrase} ({warning})")
            : response.ReasonPhrase;

    private void Acknowledge(SdpText? answer)
    {
        _answerDeadline?.Dispose();
        var ack = Dialog!.CreateAck(_invite!.Request.CSeq.Number);
        Identity.Mark(ack);
        if (answer is not null)
        {
            ack.SetBody(Sdp, answer.Text);
        }

        _invite.Acknowledge(ack);
    }

    private void EndAtOnce(ClientTransaction transaction, Dialog dialog)
    {
        transaction.Acknowledge(dialog.CreateAck(transaction.Request.CSeq.Number));
        var bye = dialog.CreateRequest(SipMethod.Bye);
        Identity.Mark(bye);
        bye.Headers.Add(HeaderNames.Reason, LegHeaders.Reason(SipStatus.RequestTerminated, "The call was cancelled"));
        Flow.Transactions.Send(bye, null);
        if (Stage == LegStage.Ending)
        {
            Finish();
        }
    }
}
