using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace Vrs.Gateway.Admission;

/// <summary>
/// Bounds the connections of one address whose TLS handshake is not finished. Above the bound the oldest is closed and
/// the newest taken: an honest client is done in a moment, and who only holds connections open gets no more of them.
/// Thread-safe.
/// </summary>
/// <param name="most">How many one address may have.</param>
internal sealed class HalfOpenConnections(int most)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, LinkedList<ConnectionContext>> _open = [];

    /// <summary>How many there are of an address.</summary>
    public int CountOf(IPAddress address)
    {
        lock (_lock)
        {
            return _open.TryGetValue(Site.Of(address), out var list) ? list.Count : 0;
        }
    }

    /// <summary>Counts a connection that came.</summary>
    /// <returns>To be disposed of when its handshake is finished or it is over.</returns>
    public Handshake Enter(ConnectionContext connection)
    {
        var site = Site.Of((connection.RemoteEndPoint as IPEndPoint)?.Address);
        ConnectionContext? oldest = null;
        LinkedListNode<ConnectionContext> node;
        lock (_lock)
        {
            if (!_open.TryGetValue(site, out var list))
            {
                _open[site] = list = [];
            }

            node = list.AddLast(connection);
            if (list.Count > most)
            {
                oldest = list.First!.Value;
                list.RemoveFirst();
            }
        }

        oldest?.Abort(new ConnectionAbortedException("Too many connections of this address finish no TLS handshake."));
        return new Handshake(this, site, node);
    }

    private void Leave(IPAddress site, LinkedListNode<ConnectionContext> node)
    {
        lock (_lock)
        {
            if (node.List is not { } list)
            {
                return;
            }

            list.Remove(node);
            if (list.Count == 0)
            {
                _open.Remove(site);
            }
        }
    }

    /// <summary>On the connection while its handshake is under way.</summary>
    internal sealed class Handshake(
        HalfOpenConnections table, IPAddress site, LinkedListNode<ConnectionContext> node) : IDisposable
    {
        public void Dispose() => table.Leave(site, node);
    }
}

/// <summary>How a listener counts half-open connections.</summary>
internal static class HalfOpenListener
{
    /// <summary>Puts TLS on the listener, with the connections counted that have not finished its handshake.</summary>
    /// <param name="listener">The listener.</param>
    /// <param name="tls">What a handshake is offered.</param>
    public static void UseCountedHttps(this ListenOptions listener, TlsHandshakeCallbackOptions tls)
    {
        var connections = listener.ApplicationServices.GetRequiredService<HalfOpenConnections>();
        listener.Use(next => async connection =>
        {
            using var handshake = connections.Enter(connection);
            if (await Opening.IsSaid(connection))
            {
                connection.Features.Set(handshake);
                await next(connection);
            }
        });
        listener.UseHttps(tls);
        listener.Use(next => connection =>
        {
            connection.Features.Get<HalfOpenConnections.Handshake>()?.Dispose();
            return next(connection);
        });
    }
}
