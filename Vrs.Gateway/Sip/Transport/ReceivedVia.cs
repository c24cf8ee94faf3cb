using System.Globalization;
using System.Net;
using Vrs.Gateway.Sip.Messages;

namespace Vrs.Gateway.Sip.Transport;

/// <summary>
/// Notes in the topmost Via where a request really came from (RFC 3261 section 18.2.1, RFC 3581): browsers write a host
/// that does not exist.
/// </summary>
internal static class ReceivedVia
{
    public static void Mark(SipRequest request, FlowPeer peer)
    {
        var via = request.Vias[0];
        var address = peer.Address.IsIPv4MappedToIPv6 ? peer.Address.MapToIPv4() : peer.Address;
        var same = IPAddress.TryParse(via.Host, out var written) && written.Equals(address);
        var asksPort = via.Parameters.Has("rport");
        if (same && !asksPort)
        {
            return;
        }

        var parameters = via.Parameters.With("received", address.ToString());
        if (asksPort)
        {
            parameters = parameters.With("rport", peer.Port.ToString(CultureInfo.InvariantCulture));
        }

        request.Vias = request.Vias.SetItem(0, via with { Parameters = parameters });
    }
}
