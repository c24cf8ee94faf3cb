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
    private const int GatewayTimeout = 504;

    private readonly ServerTransaction _invite;
    private readonly SdpText _offer;
    private readonly PendingAnswers _answers;
    private readonly ReliableProvisionals _provisionals;
    private bool _progressIsOpen;
    private SipResponse? _nextProgress;
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
        _answers = new PendingAnswers(flow, flow, flow.Transactions.Timers);
        _provisionals = new ReliableProvisionals(flow, flow, flow.Transactions.Timers);
    }

    public override void OnAck(SipRequest ack) => _answers.Acknowledge(ack);

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
        if (_provisionals.Acknowledge(request))
        {
            Respond(transaction, SipStatus.Ok);
            return;
        }

        base.OnPrack(transaction, request);
    }

    private protected override void DisposeTimers()
    {
        _answers.Clear();
        _provisionals.Clear();
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

        if (ReliableProvisionals.IsDemanded(_invite.Request))
        {
            SendReliably(response);
        }
        else
        {
            _invite.Respond(response);
        }
    }

    // RFC 3262 section 3: the next one only after the PRACK; of those that wait meanwhile the newest is worth sending.
    private void SendReliably(SipResponse response)
    {
        if (_progressIsOpen)
        {
            _nextProgress = response;
            return;
        }

        _progressIsOpen = _provisionals.Send(_invite, response, OnPrackOrTimeout);
    }

    private void OnPrackOrTimeout(SipRequest? prack)
    {
        _progressIsOpen = false;
        if (Stage != LegStage.Inviting)
        {
            return;
        }

        if (prack is null)
        {
            // A reliable provisional response that is never acknowledged refuses the INVITE.
            Report(new LegEnded(Identity.Leg.Number, LegEndCause.Broken));
            End(GatewayTimeout, "No PRACK came");
        }
        else if (_nextProgress is { } next)
        {
            _nextProgress = null;
            SendReliably(next);
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
        Timer.Answer(_invite.Request, response);
        _answers.Send(_invite, response, OnAckOrTimeout);
    }

    private void OnAckOrTimeout(SipRequest? ack)
    {
        if (_endAfterAck is var (status, detail))
        {
            Bye(status, detail);
        }
        else if (ack is not null)
        {
            Stage = LegStage.Established;
            Report(new LegConfirmed(Identity.Leg.Number));
        }
        else
        {
            // RFC 3261 section 13.3.1.4: a dialog whose 2xx is never acknowledged is ended by BYE.
            Report(new LegEnded(Identity.Leg.Number, LegEndCause.Broken));
            Bye(SipStatus.RequestTimeout, "No ACK came");
        }
    }
}
