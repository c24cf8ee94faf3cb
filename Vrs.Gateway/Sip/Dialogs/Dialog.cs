using System.Collections.Immutable;
using Vrs.Gateway.Sip.Messages;
using Vrs.Grains.Interfaces.Calls;

namespace Vrs.Gateway.Sip.Dialogs;

/// <summary>
/// A dialog at this end (RFC 3261 section 12): what ties its requests together. Lives on its flow's loop; its state
/// can be stored and taken over by another gateway.
/// </summary>
public sealed class Dialog
{
    private Dialog(
        DialogId id, NameAddress local, NameAddress remote, SipUri remoteTarget, ImmutableArray<NameAddress> routeSet)
    {
        Id = id;
        Local = local.WithoutTag();
        Remote = remote.WithoutTag();
        RemoteTarget = remoteTarget;
        RouteSet = routeSet;
    }

    /// <summary>Its name.</summary>
    public DialogId Id { get; }

    /// <summary>Our address, without tag.</summary>
    public NameAddress Local { get; }

    /// <summary>The peer's address, without tag.</summary>
    public NameAddress Remote { get; }

    /// <summary>Where requests are addressed to: the peer's last Contact.</summary>
    public SipUri RemoteTarget { get; private set; }

    /// <summary>Route values, first hop first.</summary>
    public ImmutableArray<NameAddress> RouteSet { get; private set; }

    /// <summary>The last number we sent, or 0.</summary>
    public uint LocalCSeq { get; private set; }

    /// <summary>The last number we received, or 0.</summary>
    public uint RemoteCSeq { get; private set; }

    /// <summary>Early until a 2xx.</summary>
    public bool IsEarly { get; private set; }

    /// <summary>The dialog that our response to an INVITE makes (section 12.1.1).</summary>
    /// <param name="invite">The request; its Contact was checked.</param>
    /// <param name="localTag">The tag we put in To.</param>
    public static Dialog AsServer(SipRequest invite, string localTag)
    {
        var target = invite.Contact?.Uri ?? invite.From.Uri;
        var id = new DialogId(invite.CallId, localTag, invite.From.Tag ?? "");
        return new Dialog(id, invite.To, invite.From, target, [.. invite.Headers.Addresses(HeaderNames.RecordRoute)])
        {
            RemoteCSeq = invite.CSeq.Number,
            IsEarly = true,
        };
    }

    /// <summary>The dialog that a response to our INVITE makes (section 12.1.2).</summary>
    /// <param name="invite">The request we sent.</param>
    /// <param name="response">1xx with a To tag, or 2xx.</param>
    public static Dialog AsClient(SipRequest invite, SipResponse response)
    {
        var target = response.Contact?.Uri ?? invite.RequestUri;
        var dialog =
            new Dialog(DialogId.OfResponse(response), invite.From, response.To, target, ReversedRoute(response))
            {
                LocalCSeq = invite.CSeq.Number,
                IsEarly = !response.IsSuccess,
            };
        return dialog;
    }

    /// <summary>A dialog that another gateway, or this one before a restart, had.</summary>
    /// <param name="state">As stored.</param>
    /// <param name="skipCSeq">
    /// How far to skip ahead, since requests may have been sent after the state was stored: a gap is legal, a repeat
    /// is not.
    /// </param>
    public static Dialog FromState(DialogState state, uint skipCSeq = 100)
    {
        var id = new DialogId(state.CallIdHeader, state.LocalTag, state.RemoteTag);
        return new Dialog(
            id,
            NameAddress.Parse(state.LocalUri),
            NameAddress.Parse(state.RemoteUri),
            SipUri.Parse(state.RemoteTarget),
            [.. state.RouteSet.Select(NameAddress.Parse)])
        {
            LocalCSeq = state.LocalCSeq + skipCSeq,
            RemoteCSeq = state.RemoteCSeq,
        };
    }

    /// <summary>What another gateway needs to go on.</summary>
    public DialogState ToState() => new(
        Id.CallId,
        Id.LocalTag,
        Id.RemoteTag,
        Local.ToString(),
        Remote.ToString(),
        RemoteTarget.Text,
        [.. RouteSet.Select(route => route.ToString())],
        LocalCSeq,
        RemoteCSeq);

    /// <summary>The next request in this dialog (section 12.2.1.1). Not for ACK and CANCEL.</summary>
    public SipRequest CreateRequest(SipMethod method) => Create(method, ++LocalCSeq);

    /// <summary>The ACK to a 2xx to our INVITE of this number (section 13.2.2.4).</summary>
    public SipRequest CreateAck(uint inviteCSeq) => Create(SipMethod.Ack, inviteCSeq);

    /// <summary>
    /// Takes note of a request in this dialog (section 12.2.2): its number must rise, and INVITE and UPDATE renew the
    /// target.
    /// </summary>
    /// <returns>Null when in order; else the status to answer: 500 for a number that does not rise.</returns>
    public int? Accept(SipRequest request)
    {
        if (request.Method == SipMethod.Ack || request.Method == SipMethod.Cancel)
        {
            return null;
        }

        if (RemoteCSeq != 0 && request.CSeq.Number <= RemoteCSeq)
        {
            return SipStatus.ServerInternalError;
        }

        RemoteCSeq = request.CSeq.Number;
        if (IsTargetRefresh(request.Method) && request.Contact is { } contact)
        {
            RemoteTarget = contact.Uri;
        }

        return null;
    }

    /// <summary>
    /// Takes note of a response to a request of ours: confirms the dialog, renews the target (section 12.2.1.2).
    /// </summary>
    public void Accept(SipResponse response)
    {
        if (!response.IsSuccess || !IsTargetRefresh(response.CSeq.Method))
        {
            return;
        }

        if (IsEarly && response.CSeq.Method == SipMethod.Invite)
        {
            // Section 13.2.2.4: the 2xx says the route set anew.
            IsEarly = false;
            RouteSet = ReversedRoute(response);
        }

        if (response.Contact is { } contact)
        {
            RemoteTarget = contact.Uri;
        }
    }

    /// <summary>We sent a 2xx to the INVITE that made it.</summary>
    public void Confirm() => IsEarly = false;

    private static ImmutableArray<NameAddress> ReversedRoute(SipResponse response) =>
        [.. response.Headers.Addresses(HeaderNames.RecordRoute).Reverse()];

    private static bool IsTargetRefresh(SipMethod method) => method == SipMethod.Invite || method == SipMethod.Update;

    private SipRequest Create(SipMethod method, uint cseq)
    {
        var remote = Id.RemoteTag.Length == 0 ? Remote : Remote.WithTag(Id.RemoteTag);
        var (target, routes) = Addressing();
        var request = SipRequest.Create(method, target, Local.WithTag(Id.LocalTag), remote, Id.CallId, cseq);
        foreach (var route in routes)
        {
            request.Headers.Add(HeaderNames.Route, route.ToString());
        }

        return request;
    }

    // Section 12.2.1.1: a first route without lr is a strict router, which wants itself in the Request-URI.
    private (SipUri Target, ImmutableArray<NameAddress> Routes) Addressing() =>
        RouteSet.IsEmpty || RouteSet[0].Uri.Parameters.Has("lr")
            ? (RemoteTarget, RouteSet)
            : (RouteSet[0].Uri, RouteSet.RemoveAt(0).Add(new NameAddress(RemoteTarget)));
}
