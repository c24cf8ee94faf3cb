using Microsoft.Extensions.Logging;
using Vrs.Gateway.Admission;
using Vrs.Gateway.Audit;
using Vrs.Gateway.Health;
using Vrs.Gateway.Sip.Checks;
using Vrs.Gateway.Sip.Dialogs;
using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Sip.Registrar;
using Vrs.Gateway.Sip.Transactions;
using Vrs.Gateway.Sip.Transport;
using Vrs.Gateway.Tokens;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Audit;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Registrations;
using Vrs.Grains.Interfaces.Telemetry;

namespace Vrs.Gateway.Legs;

/// <summary>
/// The user agent core of one flow: gives each request to who answers it, and each command to its leg.
/// </summary>
public sealed partial class FlowHandler : IFlowHandler
{
    /// <summary>By then connections that were lost unseen have been noticed.</summary>
    private static readonly TimeSpan ConnectionsGoneBy = TimeSpan.FromMinutes(1);

    private static readonly Outage NotStored = new(
        "The registration could not be stored; try again", TimeSpan.FromSeconds(2));

    private readonly Flow _flow;
    private readonly LegServices _services;
    private readonly FlowDevices _devices = new();
    private readonly FlowLegs _legs = new();
    private readonly InboundLegHandler _inbound;
    private readonly DialogFinder _finder;
    private readonly Action _forget;
    private Task _registering = Task.CompletedTask;
    private volatile string? _signIn;
    private int _forged;

    /// <summary>The core of a flow that was opened.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="services">What legs share.</param>
    /// <param name="forget">Called when the flow is closed.</param>
    public FlowHandler(Flow flow, LegServices services, Action forget)
    {
        _forget = forget;
        _flow = flow;
        _services = services;
        _inbound = new InboundLegHandler(flow, _devices, _legs, services);
        _finder = new DialogFinder(flow, _devices, _legs, services);
        flow.Schedule(services.Options.SignInWithin, CloseUnlessSignedIn);
    }

    public void OnRequest(ServerTransaction transaction, SipRequest request)
    {
        if (DialogId.OfRequest(request) is { } dialog)
        {
            OnRequestInDialog(transaction, request, dialog);
        }
        else if (request.Method == SipMethod.Options)
        {
            if (IsAdmitted(transaction, AdmissionKind.Options))
            {
                transaction.Respond(Capabilities(request));
            }
        }
        else if (request.Method == SipMethod.Register)
        {
            if (IsAdmitted(transaction, AdmissionKind.Register)
                && Authenticate(transaction, request, request.To) is { } user)
            {
                _flow.Answer(transaction, () => _registering = Register(transaction, request, user));
            }
        }
        else if (request.Method == SipMethod.Invite)
        {
            if (Authenticate(transaction, request, request.From) is not null
                && (_inbound.IsEmergency(request) || IsAdmitted(transaction, AdmissionKind.Invite)))
            {
                _flow.Answer(transaction, () => _inbound.Handle(transaction, request));
            }
        }
        else
        {
            // BYE, UPDATE, INFO, PRACK belong to a dialog, and this one names none (RFC 3261 section 12.2.2).
            transaction.Respond(SipStatus.CallDoesNotExist);
        }
    }

    public void OnCancelled(ServerTransaction inviteTransaction, SipRequest cancel)
    {
        if (!_legs.All.Any(leg => leg.OnCancelled(inviteTransaction)))
        {
            // Its call is still being asked; it is told when it answers.
            inviteTransaction.Respond(SipStatus.RequestTerminated);
        }
    }

    public void OnAck(SipRequest ack)
    {
        if (DialogId.OfRequest(ack) is { } dialog)
        {
            _legs.Find(dialog)?.OnAck(ack);
        }
    }

    public void OnAnsweredElsewhere(SipResponse answer) => _flow.Start(() => _finder.Acknowledge(answer));

    public void OnTransactionFailed(ServerTransaction transaction, TransactionFailure failure) =>
        LogTransactionFailed(_services.Logger, _flow.Id, transaction.Request.Method.Name, failure);

    public void OnClosed(FlowClose close)
    {
        _forget();
        foreach (var leg in _legs.All)
        {
            leg.OnFlowClosed();
        }

        if (_devices.Holder is { } holder)
        {
            foreach (var device in _devices.All.ToArray())
            {
                _ = ReportLost(holder.User, device);
            }
        }
    }

    /// <summary>Closes the flow when it belongs to a sign-in that is over. Thread-safe.</summary>
    internal void CloseIfOf(string signIn)
    {
        if (_signIn == signIn)
        {
            _flow.Close(FlowCloseReason.Ended, "Its user signed out.");
        }
    }

    /// <summary>Does a command on one of this flow's legs. Called on the flow's loop.</summary>
    internal async Task<Refusal?> Perform(LegCommand command)
    {
        using var span = CallTrace.Start($"command {command.GetType().Name}", command.Session, command.Leg.Call);
        if (_legs.Find(command.Leg) is null)
        {
            await _inbound.Admitted(command.Leg.Call);
        }

        if (_devices.Target is null)
        {
            // The registration may know of a binding, and have used it, before its answer is back here.
            await _registering;
        }

        return _legs.Find(command.Leg) is { } leg ? leg.Do(command) : PerformWithoutLeg(command);
    }

    private Refusal? PerformWithoutLeg(LegCommand command)
    {
        if (_legs.WasHere(command.Leg))
        {
            return command is EndLeg or InviteLeg ? null : Stale;
        }

        return command switch
        {
            InviteLeg invite => Invite(invite),
            EndLeg { Dialog: { RemoteTag.Length: > 0 } dialog } => Adopt(command, dialog),
            ForwardRequest forward => Adopt(command, forward.Dialog),
            _ => Stale,
        };
    }

    private Refusal? Invite(InviteLeg command)
    {
        if (_devices is not { Holder: { } holder, Target: { } contact })
        {
            return new Refusal(RefusalReason.Unreachable, "No device is bound to this flow.");
        }

        if (_legs.Count >= _services.Options.MaxLegsPerFlow)
        {
            return new Refusal(RefusalReason.Overloaded, "The device has too many legs.");
        }

        _legs.Add(OutboundLeg.Invite(command, holder.User, contact, _flow, _services));
        return null;
    }

    private Refusal? Adopt(LegCommand command, DialogState dialog)
    {
        var leg = new AdoptedLeg(new LegIdentity(command.Leg, null, command.Session), _flow, _services, dialog);
        _legs.Add(leg);
        return leg.Do(command);
    }

    private void OnRequestInDialog(ServerTransaction transaction, SipRequest request, DialogId dialog)
    {
        // Never challenged: a browser hangs up when it is. A token is looked at only to learn whose new flow this is.
        if (_devices.Holder is null && _services.Authenticator.HolderOf(request) is { } holder)
        {
            BelongTo(holder);
        }

        if (_legs.Find(dialog) is { } leg)
        {
            leg.OnRequest(transaction, request);
        }
        else
        {
            _flow.Answer(transaction, () => _finder.Handle(transaction, dialog));
        }
    }

    private void CloseUnlessSignedIn()
    {
        if (_devices.Holder is null)
        {
            _flow.Close(FlowCloseReason.Ended, "Nobody signed in on it.");
        }
    }

    private bool BelongTo(TokenHolder holder)
    {
        if (!_flow.Gate.BelongTo(holder.User) || !_devices.TryBelongTo(holder))
        {
            return false;
        }

        _signIn = holder.SignIn;
        return true;
    }

    private bool IsAdmitted(ServerTransaction transaction, AdmissionKind kind)
    {
        var wait = _flow.Gate.Ask(kind);
        if (wait > TimeSpan.Zero)
        {
            RefuseFor(transaction, wait, $"Too many {transaction.Request.Method.Name} in a short time");
        }

        return wait == TimeSpan.Zero;
    }

    private void RefuseFor(ServerTransaction transaction, TimeSpan wait, string reason)
    {
        var response = SipResponse.For(transaction.Request, SipStatus.ServiceUnavailable);
        response.Headers.Add(HeaderNames.RetryAfter, RetryAfter.Seconds(wait));
        transaction.Respond(LegHeaders.Refusing(response, _services.Domain, 399, reason));
    }

    private UserId? Authenticate(ServerTransaction transaction, SipRequest request, NameAddress address)
    {
        var result = _services.Authenticator.Check(request, address);
        if (result.Refusal is { } refusal)
        {
            transaction.Respond(refusal);
            if (result.IsForged)
            {
                CountForged();
            }

            return null;
        }

        var holder = result.Holder!;
        if (_devices.Holder is { } known && known.User != holder.User)
        {
            transaction.Respond(SipStatus.Forbidden, "This connection belongs to another account");
            return null;
        }

        if (!BelongTo(holder))
        {
            RefuseFor(transaction, ConnectionsGoneBy, "Too many connections of this account");
            return null;
        }

        return holder.User;
    }

    private void CountForged()
    {
        _flow.Gate.Guessed();
        _services.Audit(
            AuditLog.Of(AuditEvent.Unknown, AuditEvent.Unknown, "sip.token", "forged") with
            {
                Address = _flow.Peer.Address.ToString(),
            });
        if (++_forged >= _services.Options.MaxForgedTokens)
        {
            _flow.Close(FlowCloseReason.Ended, "Its tokens are not of this service.");
        }
    }

    private async Task Register(ServerTransaction transaction, SipRequest request, UserId user)
    {
        try
        {
            var from = new RegisteringFlow(_flow.Id, _services.Gateway, _flow.Peer.Address.ToString());
            var done = await _services.Registrar.Answer(request, user, from);
            if (done.Bound is { } bound)
            {
                _devices.Bind(bound.Device, bound.Contact);
            }

            if (done.Unbound is { } gone)
            {
                _devices.Unbind(gone);
            }

            transaction.Respond(done.Response);
            if (!_flow.IsOpen && done.Bound is { } late)
            {
                await ReportLost(user, late.Device);
            }
        }
        catch (Exception fault)
        {
            LogNotRegistered(_services.Logger, fault, _flow.Id);
            transaction.Respond(LegHeaders.Away(request, _services.Domain, _services.State.Outage ?? NotStored));
        }
    }

    private async Task ReportLost(UserId user, DeviceId device)
    {
        try
        {
            await _services.PatientRetry.Run(
                async () =>
                {
                    await _services.Grains.Registration(user).FlowLost(device, _flow.Id);
                    return true;
                },
                fault => LogLossUntold(_services.Logger, fault, _flow.Id));
        }
        catch (Exception fault)
        {
            // The binding ends by itself when its life is over.
            LogLossUntold(_services.Logger, fault, _flow.Id);
        }
    }

    private static SipResponse Capabilities(SipRequest request)
    {
        var response = SipResponse.For(request, SipStatus.Ok);
        response.Headers.Add(HeaderNames.Allow, UasCapabilities.Default.Allow);
        response.Headers.Add(HeaderNames.Supported, UasCapabilities.Default.Supported);
        response.Headers.Add(HeaderNames.Accept, UasCapabilities.Default.Accept);
        return response;
    }

    private static readonly Refusal Stale = new(RefusalReason.Stale, "This flow has no such leg.");

    [LoggerMessage(EventId = 230, EventName = "transaction_failed", Level = LogLevel.Warning,
        Message = "Flow {correlation_id}: {method} failed: {failure}.")]
    private static partial void LogTransactionFailed(
        ILogger logger, FlowId correlation_id, string method, TransactionFailure failure);

    [LoggerMessage(EventId = 231, EventName = "register_failed", Level = LogLevel.Error,
        Message = "Flow {correlation_id}: the registration could not be stored.")]
    private static partial void LogNotRegistered(ILogger logger, Exception fault, FlowId correlation_id);

    [LoggerMessage(EventId = 232, EventName = "flow_loss_untold", Level = LogLevel.Warning,
        Message = "Flow {correlation_id}: its registration could not be told that it is gone.")]
    private static partial void LogLossUntold(ILogger logger, Exception fault, FlowId correlation_id);
}
