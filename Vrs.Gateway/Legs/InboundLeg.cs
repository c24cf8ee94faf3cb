using System.Globalization;
using Vrs.Gateway.Sip.Dialogs;
using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Sip.Transactions;
using Vrs.Gateway.Sip.Transport;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Calls;

namespace Vrs.Gateway.Legs;

/// <summary>A leg the device opened: its INVITE waits here until the call answers or ends it.</summary>
public sealed class InboundLeg : CallLeg
{
    private readonly ServerTransaction _invite;
    private readonly SdpText _offer;
    private readonly ReliableProvisionals? _reliable;
    private IDisposable? _ackDeadline;
    private (int Status, string Detail)? _endAfterAck;

    /// <summary>The leg of an INVITE that the call admitted.</summary>
    /// <param name="identity">Which leg it is.</param>
    /// <param name="flow">The device's flow.</param>
    /// <param name="services">What legs share.</param>
    /// <param name="invite">The INVITE's transaction.</param>
    /// <param name="dialog">The dialog with the tag that the call knows.</param>
    /// <param name="offer">The offer, after session policy.</param>
    public InboundLeg(
        LegIdentity identity,
        Flow flow,
        LegServices services,
        ServerTransaction invite,
        Dialog dialog,
        SdpText offer)
        : base(identity, flow, services, LegStage.Inviting)
    {
        _invite = invite;
        _offer = offer;
        Dialog = dialog;
        if (invite.Request.Headers.HasToken(HeaderNames.Require, ReliableProvisionals.Option))
        {
            _reliable = new ReliableProvisionals(invite, flow, services.Options.AckTimeout, OnNeverAcknowledged);
        }
    }

    public override void OnAck(SipRequest ack)
    {
        if (Stage != LegStage.Answered)
        {
            return;
        }

        _ackDeadline?.Dispose();
        if (_endAfterAck is var (status, detail))
        {
            Bye(status, detail);
            return;
        }

        Stage = LegStage.Established;
        Report(new LegConfirmed(Identity.Leg.Number));
    }

    public override bool OnCancelled(ServerTransaction transaction)
    {
        if (transaction != _invite)
        {
            return base.OnCancelled(transaction);
        }

        if (Stage == LegStage.Inviting)
        {
            Respond(_invite, SipStatus.RequestTerminated);
            Report(new LegEnded(Identity.Leg.Number, LegEndCause.Cancelled));
            Finish();
        }

        return true;
    }

    internal override void End(int status, string detail)
    {
        switch (Stage)
        {
            case LegStage.Inviting:
                var response = LegHeaders.Refusing(Response(_invite.Request, status), Services.Domain, 399, detail);
                response.Headers.Add(HeaderNames.Reason, LegHeaders.Reason(status, detail));
                Respond(_invite, response);
                Finish();
                break;
            case LegStage.Answered:
                // RFC 3261 section 15: no BYE before the ACK.
                _endAfterAck ??= (status, detail);
                break;
            default:
                Bye(status, detail);
                break;
        }
    }

    private protected override Refusal? SetUp(LegCommand command)
    {
        switch (command)
        {
            case SendProgress progress when Stage == LegStage.Inviting:
                Progress(progress);
                return null;
            case AnswerLeg answer when Stage == LegStage.Inviting:
                Answer(answer);
                return null;
            case ReportOffer when Stage == LegStage.Inviting:
                Report(new LegOffer(Identity.Leg.Number, _offer));
                return null;
            default:
                return new Refusal(RefusalReason.Stale, $"The leg is past {command.GetType().Name}.");
        }
    }

    private protected override void OnBye(ServerTransaction transaction)
    {
        if (Stage == LegStage.Inviting)
        {
            // RFC 3261 section 15.1.2: a BYE in the early dialog ends the INVITE too.
            Respond(_invite, SipStatus.RequestTerminated);
        }

        base.OnBye(transaction);
    }

    private protected override void OnPrack(ServerTransaction transaction, SipRequest request)
    {
        if (_reliable?.Acknowledge(request) == true)
        {
            Respond(transaction, SipStatus.Ok);
            return;
        }

        base.OnPrack(transaction, request);
    }

    private protected override void DisposeTimers()
    {
        _ackDeadline?.Dispose();
        _reliable?.Dispose();
    }

    private void Progress(SendProgress progress)
    {
        var response = Response(_invite.Request, progress.Status, Phrase(progress));
        if (progress.Queue is { } place)
        {
            var wait = place.EstimatedWaitSeconds?.ToString(CultureInfo.InvariantCulture) ?? "unknown";
            response.Headers.Add(
                LegIdentity.QueueHeader,
                string.Create(
                    CultureInfo.InvariantCulture, $"position={place.Position};waiting={place.Waiting};wait={wait}"));
        }

        if (_reliable is not null)
        {
            _reliable.Send(response);
        }
        else
        {
            _invite.Respond(response);
        }
    }

    private static string? Phrase(SendProgress progress) => progress.Queue is { } place
        ? string.Create(CultureInfo.InvariantCulture, $"Queued: number {place.Position} of {place.Waiting}")
        : null;

    private void Answer(AnswerLeg answer)
    {
        var response = Response(_invite.Request, SipStatus.Ok);
        response.SetBody("application/sdp", answer.Answer.Text);
        Dialog!.Confirm();
        Stage = LegStage.Answered;
        _reliable?.Dispose();
        _ackDeadline = Flow.Schedule(Services.Options.AckTimeout, OnNoAck);
        RespondRefreshed(_invite, response);
    }

    // RFC 3261 section 13.3.1.4: a dialog whose 2xx is never acknowledged is ended by BYE.
    private void OnNoAck()
    {
        if (_endAfterAck is null)
        {
            Report(new LegEnded(Identity.Leg.Number, LegEndCause.Broken));
        }

        var (status, detail) = _endAfterAck ?? (SipStatus.RequestTimeout, "No ACK came");
        Bye(status, detail);
    }

    // RFC 3262 section 3: a reliable provisional response that is never acknowledged refuses the INVITE.
    private void OnNeverAcknowledged()
    {
        Report(new LegEnded(Identity.Leg.Number, LegEndCause.Broken));
        End(504, "No PRACK came");
    }
}
