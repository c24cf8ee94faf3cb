using Vrs.Gateway.SessionPolicy;
using Vrs.Gateway.Sip.Dialogs;
using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Sip.Transactions;
using Vrs.Gateway.Sip.Transport;
using Vrs.Grains.Interfaces.Calls;

namespace Vrs.Gateway.Legs;

/// <summary>
/// Requests in a dialog this flow does not know: the page's next socket, or another gateway, carries them on. The tag
/// leads to the call, which knows the dialog. Requests of one dialog keep their order while the call is asked.
/// </summary>
internal sealed class DialogFinder(Flow flow, FlowDevices devices, FlowLegs legs, LegServices services)
{
    private const int MaxWaiting = 8;

    private readonly Dictionary<DialogId, List<ServerTransaction>> _asking = [];

    /// <summary>Takes a request; it is answered 481 when no call knows its dialog.</summary>
    public async Task Handle(ServerTransaction transaction, DialogId id)
    {
        if (_asking.TryGetValue(id, out var others))
        {
            if (others.Count >= MaxWaiting)
            {
                transaction.Respond(SipStatus.ServiceUnavailable);
                return;
            }

            others.Add(transaction);
            return;
        }

        List<ServerTransaction> waiting = [transaction];
        _asking.Add(id, waiting);
        try
        {
            var leg = await Find(id);
            foreach (var request in waiting)
            {
                Pass(request, leg);
            }
        }
        catch
        {
            // The device sees that it was not its fault; the flow logs what happened.
            waiting.ForEach(request => request.Respond(SipStatus.ServiceUnavailable));
            throw;
        }
        finally
        {
            _asking.Remove(id);
        }
    }

    /// <summary>
    /// The ACK to this 2xx was lost with an earlier connection: it is sent here. One that the call does not know was
    /// lost too, and its INVITE is sent again. The ACK to a late offer carries a description, which nobody has any
    /// more: that leg is broken, and another interpreter takes over.
    /// </summary>
    public async Task Acknowledge(SipResponse answer)
    {
        if (await Find(DialogId.OfResponse(answer)) is not { IsOver: false } leg)
        {
            return;
        }

        flow.Transactions.SendAck(leg.Dialog!.CreateAck(answer.CSeq.Number));
        if (IsOffer(answer))
        {
            leg.Break("The answer to this offer was lost");
        }
    }

    /// <summary>Only an offer leaves it open who begins with DTLS (RFC 5763 section 5).</summary>
    private bool IsOffer(SipResponse answer) =>
        services.Judge(answer.BodyText, DescriptionKind.Answer) is Verdict.Refuse;

    private static void Pass(ServerTransaction transaction, CallLeg? leg)
    {
        if (leg is { IsOver: false })
        {
            leg.OnRequest(transaction, transaction.Request);
        }
        else
        {
            transaction.Respond(SipStatus.CallDoesNotExist);
        }
    }

    private async Task<CallLeg?> Find(DialogId id)
    {
        if (devices.Holder is not { } holder || LegIdentity.CallOf(id.LocalTag) is not { } call)
        {
            return null;
        }

        var found = await services.Grains.Call(call).FindLeg(holder.User, id.CallId, id.LocalTag, id.RemoteTag);
        if (found is null || !flow.IsOpen)
        {
            return null;
        }

        var identity = new LegIdentity(new LegRef(call, found.Leg), found.Role, found.Session);
        if (legs.Find(identity.Leg) is { } present)
        {
            return present.Dialog?.Id == id ? present : null;
        }

        var leg = new AdoptedLeg(identity, flow, services, found.Dialog);
        legs.Add(leg);
        return leg;
    }
}
