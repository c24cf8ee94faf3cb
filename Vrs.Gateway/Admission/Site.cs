using System.Net;
using System.Net.Sockets;

namespace Vrs.Gateway.Admission;

/// <summary>Whom an address stands for.</summary>
internal static class Site
{
    private const int PrefixBytes = 8;

    /// <summary>
    /// The address by which floods are counted: IPv4 as it is, of IPv6 the first 64 bits, since a site has all the
    /// others.
    /// </summary>
    public static IPAddress Of(IPAddress? address)
    {
        if (address is null)
        {
            return IPAddress.None;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily is not AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(PrefixBytes).Clear();
        return new IPAddress(bytes);
    }
}
