using System.Net;
using System.Security.Claims;

namespace Vrs.Gateway.Sip.Transport;

/// <summary>The wire below a flow.</summary>
public interface IFlowConnection
{
    /// <summary>Queues bytes as one message; false when the queue is full or the connection closed.</summary>
    bool TrySend(ReadOnlyMemory<byte> message);

    /// <summary>Closes it; returns at once. A live peer is told why, otherwise the connection is cut.</summary>
    void Close(FlowClose close);
}

/// <summary>Who is at the other end of a flow.</summary>
/// <param name="Address">The IP address it comes from.</param>
/// <param name="Port">And the port.</param>
/// <param name="User">Who the HTTP request said it is; not authenticated as a rule.</param>
public sealed record FlowPeer(IPAddress Address, int Port, ClaimsPrincipal User);
