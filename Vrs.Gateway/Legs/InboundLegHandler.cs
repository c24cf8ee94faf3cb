using System.Globalization;
using Microsoft.Extensions.Logging;
using Vrs.Gateway.Audit;
using Vrs.Gateway.Health;
using Vrs.Gateway.SessionPolicy;
using Vrs.Gateway.Sip;
using Vrs.Gateway.Sip.Dialogs;
using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Sip.Transactions;
using Vrs.Gateway.Sip.Transport;
using Vrs.Gateway.Tokens;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Directory;
using Vrs.Grains.Interfaces.Queues;
using Vrs.Grains.Interfaces.Registrations;

namespace Vrs.Gateway.Legs;

/// <summary>
/// INVITE outside a dialog: a caller opens a call or takes her place in line again, an interpreter dials or rejoins.
/// What
/// the call admits becomes an <see cref="InboundLeg"/>.
/// </summary>
internal sealed partial class InboundLegHandler(Flow flow, FlowDevices devices, FlowLegs legs, LegServices services)
{
    private const string RejoinUser = "rejoin";
    private const int FirstLeg = 1;
    private const int ImplicitExpiresSeconds = 3600;

    private static readonly Outage NotTaken = new(
        "The service could not take the call; try again", TimeSpan.FromSeconds(5));

    private readonly Dictionary<CallId, TaskCompletionSource> _admitting = [];
    private readonly IReadOnlyCollection<string> _emergency = services.Options.EmergencyNumberList();
    private readonly IReadOnlyCollection<string> _short = services.Options.ShortNumberList();

    /// <summary>
    /// Completes when no INVITE of this call is being admitted here: the call may give commands for a leg before this
    /// gateway learned its number.
    /// </summary>
    public Task Admitted(CallId call) =>
        _admitting.TryGetValue(call, out var admission) ? admission.Task : Task.CompletedTask;

    /// <summary>Whether an INVITE is an emergency call: by the number it calls, or by its Priority.</summary>
    public bool IsEmergency(SipRequest request) =>
        PriorityOf(request, DialedNumber.In(request.RequestUri, _short)) == PriorityClass.Emergency;

    /// <summary>Takes an INVITE whose sender is known.</summary>
    public async Task Handle(ServerTransaction transaction, SipRequest request)
    {
        if (RefuseNew(transaction, request)
            || Refuse(transaction, request)
            || Judge(transaction, request) is not { } offer)
        {
            return;
        }

        transaction.Respond(SipStatus.Trying);
        try
        {
            await Admit(transaction, request, offer);
        }
        catch (Exception fault)
        {
            LogNotAdmitted(services.Logger, fault, flow.Id, request.CallId);
            transaction.Respond(LegHeaders.Away(request, services.Domain, services.State.Outage ?? NotTaken));
        }
    }

    /// <summary>Asks a grain; for an emergency call again and again, since it is not refused for an outage.</summary>
    private Task<T> Ask<T>(SipRequest request, Func<Task<T>> question) => IsEmergency(request)
        ? services.EmergencyRetry.Run(
            question, fault => LogEmergencyRetried(services.Logger, fault, flow.Id, request.CallId))
        : question();

    /// <summary>A new call that nobody could keep is not begun; one that goes on, and an emergency, is tried.</summary>
    private bool RefuseNew(ServerTransaction transaction, SipRequest request)
    {
        if (services.State.Outage is not { } outage || LegIdentity.CallIn(request) is not null || IsEmergency(request))
        {
            return false;
        }

        NoteRefused(request, SipStatus.ServiceUnavailable, outage.Detail);
        transaction.Respond(LegHeaders.Away(request, services.Domain, outage));
        return true;
    }

    private bool Refuse(ServerTransaction transaction, SipRequest request)
    {
        if (legs.Count + _admitting.Count >= services.Options.MaxLegsPerFlow)
        {
            transaction.Respond(SipStatus.BusyHere);
            return true;
        }

        if (SessionTimer.IsTooShort(request))
        {
            var response = SipResponse.For(request, SipStatus.SessionIntervalTooSmall);
            response.Headers.Add(HeaderNames.MinSE, SessionTimer.MinSeconds);
            transaction.Respond(response);
            return true;
        }

        return false;
    }

    private SdpText? Judge(ServerTransaction transaction, SipRequest request)
    {
        var verdict = request.Body.IsEmpty
            ? new Verdict.Refuse(SipStatus.NotAcceptableHere, 399, "The INVITE must carry an offer")
            : services.Judge(request.BodyText, DescriptionKind.Offer);
        if (verdict is Verdict.Refuse refuse)
        {
            NoteRefused(request, refuse.Status, refuse.Text);
            transaction.Respond(LegHeaders.Refusing(
                SipResponse.For(request, refuse.Status), services.Domain, refuse.WarningCode, refuse.Text));
        }

        return verdict.Allowed;
    }

    private async Task Admit(ServerTransaction transaction, SipRequest request, SdpText offer)
    {
        var holder = devices.Holder!;
        var account = await Ask(request, services.Grains.Account(holder.User).Get);
        if (account is null)
        {
            transaction.Respond(SipStatus.Forbidden);
            return;
        }

        var device = await Ask(request, () => DeviceOf(request, holder.User));
        var party = new Party(
            account.User, device, account.DisplayName, account.Number, flow.Peer.Address.ToString());
        var invite = new Invite(transaction, request, offer, party);
        var named = LegIdentity.CallIn(request);
        await (account.Role switch
        {
            AccountRole.Interpreter => Dial(invite, named),
            AccountRole.Caller or AccountRole.Phone => Call(invite, account, named),
            _ => Refuse(invite, new Refusal(RefusalReason.Forbidden, "Operators place no calls.")),
        });
    }

    private async Task Dial(Invite invite, CallId? call)
    {
        if (call is not { } id)
        {
            await Refuse(invite, new Refusal(RefusalReason.Forbidden, "An interpreter dials only within a call."));
            return;
        }

        var uri = invite.Request.RequestUri;
        var rejoins = string.Equals(uri.DecodedUser, RejoinUser, StringComparison.OrdinalIgnoreCase);
        var number = rejoins ? null : DialedNumber.In(uri, _short);
        var entry = number is null ? null : await services.Grains.Directory(number).Resolve();
        if (!rejoins && entry is null)
        {
            await Refuse(invite, UnknownNumber);
            return;
        }

        await Admit(invite, id, LegRole.InterpreterToCallee, dialog => services.Grains.Call(id).Dial(
            new DialCallee(invite.Party, number, entry?.User, dialog, invite.Offer)));
    }

    private async Task Call(Invite invite, Account account, CallId? resumed)
    {
        if (resumed is { } place)
        {
            await Admit(invite, place, LegRole.Caller, dialog => services.Grains.Call(place).Resume(
                new ResumeCall(invite.Party, dialog, invite.Offer)));
            return;
        }

        var number = DialedNumber.In(invite.Request.RequestUri, _short);
        var callee = number is null
            ? null
            : await Ask(invite.Request, services.Grains.Directory(number).Resolve);
        if (callee is null && number is not null && _short.Contains(number))
        {
            // Never refused: who answers it is found when the interpreter dials.
            callee = new DirectoryEntry(
                new UserId(number),
                AccountRole.Phone,
                _emergency.Contains(number) ? "Emergency services" : "Test of emergency calling");
        }

        if (number is null || callee is null)
        {
            await Refuse(invite, UnknownNumber);
            return;
        }

        if (DirectionOf(account, callee.Role) is not { } direction || callee.User == account.User)
        {
            await Refuse(invite, new Refusal(
                RefusalReason.Forbidden, "A relay call connects a Deaf person and a hearing person."));
            return;
        }

        var isDeafCaller = direction == CallDirection.DeafToHearing;
        var called = await Ask(invite.Request, services.Grains.Account(callee.User).Get);
        var deaf = isDeafCaller ? account : called;
        if (deaf is null || deaf.Pools.IsDefaultOrEmpty)
        {
            await Refuse(invite, new Refusal(RefusalReason.Forbidden, "No interpreters serve this account."));
            return;
        }

        if (CallWishes.For(invite.Request, deaf, isDeafCaller ? called : account, isDeafCaller) is not { } wishes)
        {
            invite.Transaction.Respond(LegHeaders.Refusing(
                SipResponse.For(invite.Request, SipStatus.BadRequest),
                services.Domain,
                399,
                $"The {CallWishes.Header} header is not understood"));
            return;
        }

        var call = CallId.From(services.Identifiers.Next());
        var session = LegIdentity.SessionIn(invite.Request) ?? SessionId.From(Guid.NewGuid().ToString("N"));
        var first = new LegIdentity(new LegRef(call, FirstLeg), LegRole.Caller, session);
        await Begin(invite, first, dialog => new StartCall(
            session,
            direction,
            invite.Party,
            number,
            deaf.Pools[0],
            PriorityOf(invite.Request, number),
            wishes.Required,
            invite.Request.RequestUri.Text,
            dialog,
            invite.Offer,
            wishes.Preference));
    }

    private async Task Begin(Invite invite, LegIdentity first, Func<DialogState, StartCall> start)
    {
        var call = first.Leg.Call;
        try
        {
            await Admit(
                invite, call, LegRole.Caller, dialog => services.Grains.Call(call).Start(start(dialog)));
        }
        catch
        {
            // Refused, and maybe stored all the same, now or when the database is back: nobody may be called for it.
            _ = new LegReports(first, services).Send(new LegEnded(FirstLeg, LegEndCause.Cancelled));
            throw;
        }
    }

    private async Task Admit(Invite invite, CallId call, LegRole role, Func<DialogState, Task<LegAdmission>> ask)
    {
        var admission = new TaskCompletionSource();
        if (!_admitting.TryAdd(call, admission))
        {
            invite.Transaction.Respond(SipStatus.RequestPending);
            return;
        }

        try
        {
            var dialog = Dialog.AsServer(invite.Request, LegIdentity.NewTag(call, services.Identifiers));
            var answer = await Ask(invite.Request, () => ask(dialog.ToState()));
            if (answer.Refusal is { } refusal)
            {
                await Refuse(invite, refusal);
                return;
            }

            Add(invite, new LegIdentity(new LegRef(call, answer.Leg), role, answer.Session), dialog);
        }
        finally
        {
            _admitting.Remove(call);
            admission.SetResult();
        }
    }

    private void Add(Invite invite, LegIdentity identity, Dialog dialog)
    {
        var leg = new InboundLeg(identity, flow, services, invite.Transaction, dialog, invite.Offer);
        if (invite.Transaction.IsAnswered)
        {
            // Cancelled while the call was asked.
            _ = leg.Reports.Send(new LegEnded(identity.Leg.Number, LegEndCause.Cancelled));
            leg.OnFlowClosed();
        }
        else if (!flow.IsOpen)
        {
            // The registration told the call of the loss, maybe before this leg was attached.
            _ = leg.Reports.Send(new LegEnded(identity.Leg.Number, LegEndCause.Broken));
        }
        else
        {
            LogAdmitted(
                services.Logger, identity.Leg.Call, identity.Leg.Number, identity.Role, identity.Session, flow.Id);
        }

        legs.Add(leg);
    }

    private Task Refuse(Invite invite, Refusal refusal)
    {
        var status = RefusalStatus.Of(refusal.Reason);
        NoteRefused(invite.Request, status, refusal.Detail);
        var response = SipResponse.For(invite.Request, status);
        invite.Transaction.Respond(LegHeaders.Refusing(response, services.Domain, 399, refusal.Detail));
        return Task.CompletedTask;
    }

    private void NoteRefused(SipRequest request, int status, string detail)
    {
        LogRefused(services.Logger, flow.Id, request.CallId, status, detail);
        if (devices.Holder is { } holder)
        {
            services.Audit(AuditLog.Of(
                holder.User.Value,
                RoleNames.ToName(holder.Role),
                "sip.invite",
                status.ToString(CultureInfo.InvariantCulture)) with
            {
                Call = LegIdentity.CallIn(request),
                Session = LegIdentity.SessionIn(request),
                Address = flow.Peer.Address.ToString(),
                Detail = detail,
            });
        }
    }

    // A call needs a device that commands can be delivered to; one that never registered is bound by its INVITE.
    private async Task<DeviceId> DeviceOf(SipRequest request, UserId user)
    {
        var contact = request.Contact!.Uri;
        if (devices.Find(contact) is { } known)
        {
            return known;
        }

        var device = DeviceId.From(contact.Text);
        devices.Bind(device, contact.Text);
        await services.Grains.Registration(user).Register(new RegisterDevice(
            device,
            flow.Id,
            services.Gateway,
            contact.Text,
            flow.Peer.Address.ToString(),
            0,
            request.CallId,
            request.CSeq.Number,
            ImplicitExpiresSeconds));
        return device;
    }

    private static CallDirection? DirectionOf(Account caller, AccountRole callee) => (caller.Role, callee) switch
    {
        (AccountRole.Caller, AccountRole.Phone) => CallDirection.DeafToHearing,
        (AccountRole.Phone, AccountRole.Caller) => CallDirection.HearingToDeaf,
        _ => null,
    };

    // RFC 3261 section 20.26.
    private PriorityClass PriorityOf(SipRequest request, string? number) =>
        number is not null && _emergency.Contains(number)
            ? PriorityClass.Emergency
            : request.Headers[HeaderNames.Priority]?.Trim().ToLowerInvariant() switch
            {
                "emergency" => PriorityClass.Emergency,
                "urgent" => PriorityClass.Urgent,
                _ => PriorityClass.Standard,
            };

    private static readonly Refusal UnknownNumber = new(RefusalReason.UnknownNumber, "Nobody has this number.");

    private sealed record Invite(ServerTransaction Transaction, SipRequest Request, SdpText Offer, Party Party);

    [LoggerMessage(EventId = 220, EventName = "leg_admitted", Level = LogLevel.Information,
        Message = "Call {correlation_id} leg {leg} ({actor_role}, session {session_id}) opened on flow {flow}.")]
    private static partial void LogAdmitted(
        ILogger logger, CallId correlation_id, int leg, LegRole? actor_role, SessionId session_id, FlowId flow);

    [LoggerMessage(EventId = 221, EventName = "invite_refused", Level = LogLevel.Information,
        Message = "Flow {correlation_id}: INVITE {call_id} was refused with {status}: {reason}")]
    private static partial void LogRefused(
        ILogger logger, FlowId correlation_id, string call_id, int status, string reason);

    [LoggerMessage(EventId = 223, EventName = "emergency_retried", Level = LogLevel.Error,
        Message = "Flow {correlation_id}: emergency call {call_id} could not be taken yet; trying again.")]
    private static partial void LogEmergencyRetried(
        ILogger logger, Exception fault, FlowId correlation_id, string call_id);

    [LoggerMessage(EventId = 222, EventName = "invite_failed", Level = LogLevel.Error,
        Message = "Flow {correlation_id}: INVITE {call_id} could not be given to a call.")]
    private static partial void LogNotAdmitted(
        ILogger logger, Exception fault, FlowId correlation_id, string call_id);
}
