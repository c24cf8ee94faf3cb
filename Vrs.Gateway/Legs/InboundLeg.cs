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
    private SendProgress? _progress;
    private SdpText? _answer;
    private bool _progressIsOpen;
    private SipResponse? _nextProgress;

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
        : base(identity, flow, services, LegMachines.Inbound)
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

        Fire(LegTrigger.Cancelled);
        return true;
    }

    private protected override Refusal? SetUp(LegCommand command)
    {
        switch (command)
        {
            case SendProgress progress:
                _progress = progress;
                return FireWanted(LegTrigger.ProgressWanted);
            case AnswerLeg answer:
                _answer = answer.Answer;
                return FireWanted(LegTrigger.AnswerWanted);
            case ReportDescription:
                return FireWanted(LegTrigger.DescriptionWanted);
            default:
                return FireWanted(LegTrigger.AckWanted);
        }
    }

    private protected override void Perform(LegAction action)
    {
        switch (action)
        {
            case LegAction.SendProgress:
                Send(Progress(_progress!));
                break;
            case LegAction.SendAnswer:
                Answer(_answer!);
                break;
            case LegAction.SendFinal:
                Refuse();
                break;
            case LegAction.SendTerminated:
                Respond(_invite, SipStatus.RequestTerminated);
                break;
            case LegAction.TellOffer:
                Report(new LegOffer(Identity.Leg.Number, _offer));
                break;
            case LegAction.TellConfirmed:
                Report(new LegConfirmed(Identity.Leg.Number));
                break;
            default:
                base.Perform(action);
                break;
        }
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

    private SipResponse Progress(SendProgress progress)
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

        return response;
    }

    private static string? Phrase(SendProgress progress) => progress.Queue is { } place
        ? string.Create(CultureInfo.InvariantCulture, $"Queued: number {place.Position} of {place.Waiting}")
        : null;

    // RFC 3262 section 3: a reliable one only after the PRACK to the one before; of those that wait meanwhile the
    // newest
    // is worth sending.
    private void Send(SipResponse progress)
    {
        if (!ReliableProvisionals.IsDemanded(_invite.Request))
        {
            _invite.Respond(progress);
        }
        else if (_progressIsOpen)
        {
            _nextProgress = progress;
        }
        else
        {
            _progressIsOpen = _provisionals.Send(_invite, progress, OnPrackOrTimeout);
        }
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
            Break("No PRACK came", GatewayTimeout);
        }
        else if (_nextProgress is { } next)
        {
            _nextProgress = null;
            Send(next);
        }
    }

    private void Answer(SdpText answer)
    {
        var response = Response(_invite.Request, SipStatus.Ok);
        response.SetBody("application/sdp", answer.Text);
        Dialog!.Confirm();
        Timer.Answer(_invite.Request, response);
        _answers.Send(_invite, response, OnAckOrTimeout);
    }

    // RFC 3261 section 13.3.1.4: a dialog whose 2xx is never acknowledged is ended by BYE.
    private void OnAckOrTimeout(SipRequest? ack)
    {
        if (ack is null)
        {
            GiveReason(SipStatus.RequestTimeout, "No ACK came");
        }

        Fire(ack is null ? LegTrigger.AckOverdue : LegTrigger.Acknowledged);
    }

    private void Refuse()
    {
        var (status, detail) = Reason;
        var response = LegHeaders.Refusing(Response(_invite.Request, status), Services.Domain, 399, detail);
        response.Headers.Add(HeaderNames.Reason, LegHeaders.Reason(status, detail));
        if (RetryAfter is { } later)
        {
            response.Headers.Add(HeaderNames.RetryAfter, (int)Math.Ceiling(later.TotalSeconds));
        }

        Respond(_invite, response);
    }
}
