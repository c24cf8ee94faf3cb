using System.Net;
using System.Net.Sockets;

namespace Vrs.Gateway.Sip.Transport;

/// <summary>
/// Counts, for each address, the connections on which nobody has signed in yet. Strangers who flood fill the share of
/// their own address; whoever has signed in is counted no more, so good accounts behind the same address stay.
/// Thread-safe; holds an entry only while there are strangers.
/// </summary>
/// <param name="most">How many there may be at one address.</param>
internal sealed class StrangerTable(int most)
{
    private const int SitePrefixBytes = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _counts = [];

    /// <summary>Counts one more stranger.</summary>
    /// <param name="address">Whence; of IPv6 the first 64 bits count, since a site has all the others.</param>
    /// <returns>To be disposed of when she has signed in or gone; null when there are too many.</returns>
    public IDisposable? Enter(IPAddress address)
    {
        var site = SiteOf(address);
        lock (_lock)
        {
            var count = _counts.GetValueOrDefault(site);
            if (count >= most)
            {
                return null;
            }

            _counts[site] = count + 1;
        }

        return new Seat(this, site);
    }

    private void Leave(IPAddress site)
    {
        lock (_lock)
        {
            if (--_counts[site] == 0)
            {
                _counts.Remove(site);
            }
        }
    }

    private static IPAddress SiteOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily is not AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(SitePrefixBytes).Clear();
        return new IPAddress(bytes);
    }

    private sealed class Seat(StrangerTable table, IPAddress site) : IDisposable
    {
        private StrangerTable? _table = table;

        public void Dispose() => Interlocked.Exchange(ref _table, null)?.Leave(site);
    }
}
