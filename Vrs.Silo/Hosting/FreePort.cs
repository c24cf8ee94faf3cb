using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Vrs.Silo.Hosting;

/// <summary>Finds out before anything is started whether the listener will get its address.</summary>
internal static class FreePort
{
    /// <summary>What to do when the public listener's port is taken.</summary>
    public const string ListenRemedy =
        "Stop what uses it, or choose another port with --listen https://0.0.0.0:9443, or ./vrs up --port 9443.";

    /// <summary>What to do when the management listener's port is taken.</summary>
    public const string ManagementRemedy =
        "Stop what uses it, or choose another port with --set Management:Listen=https://127.0.0.1:9465.";

    /// <summary>Returns when the address can be listened on.</summary>
    /// <param name="address">The address.</param>
    /// <param name="remedy">What to do when it cannot; a sentence.</param>
    /// <exception cref="AddressInUseException">It cannot; the message says why and what to do.</exception>
    public static void Require(IPEndPoint address, string remedy)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(address);
        }
        catch (SocketException fault)
        {
            throw new AddressInUseException($"{Describe(fault.SocketErrorCode, address)} {remedy}", fault);
        }
    }

    private static string Describe(SocketError error, IPEndPoint address) => error switch
    {
        SocketError.AddressAlreadyInUse => $"port {address.Port} is in use by another program.",
        SocketError.AccessDenied => $"this user may not listen on port {address.Port}.",
        SocketError.AddressNotAvailable => $"this machine does not have the address {address.Address}.",
        _ => $"nothing can listen on {address} ({error}).",
    };
}
