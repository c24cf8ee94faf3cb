using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Vrs.Gateway.Telemetry;

namespace Vrs.Gateway.Health;

/// <summary>
/// Devices can connect: the public listener takes a connection and shows a certificate that holds today. It is asked
/// over the network, as a device would, so whatever certificate it uses now is the one that is looked at.
/// </summary>
/// <param name="server">Knows where it listens.</param>
/// <param name="time">The clock.</param>
internal sealed class SignalingCheck(IServer server, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan WarnBefore = TimeSpan.FromDays(14);

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default)
    {
        if (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is not { } address)
        {
            return HealthCheckResult.Unhealthy("Nothing listens yet.");
        }

        var (from, until) = await ShownCertificate(EndPointOf(new Uri(address)), cancellationToken);
        var now = time.GetUtcNow();
        GatewayInstruments.CertificateLife.Record((until - now).TotalSeconds);
        var holds = $"The certificate holds from {from:u} to {until:u}.";
        return now < from || now >= until ? HealthCheckResult.Unhealthy(holds)
            : until - now < WarnBefore ? HealthCheckResult.Degraded(holds)
            : HealthCheckResult.Healthy(holds);
    }

    // A listener on every address is asked on loopback.
    private static IPEndPoint EndPointOf(Uri address)
    {
        var listens = IPAddress.TryParse(address.Host.Trim('[', ']'), out var parsed) ? parsed : IPAddress.Any;
        return new IPEndPoint(
            listens.Equals(IPAddress.Any) || listens.Equals(IPAddress.IPv6Any) ? IPAddress.Loopback : listens,
            address.Port);
    }

    private static async Task<(DateTimeOffset From, DateTimeOffset Until)> ShownCertificate(
        IPEndPoint listener, CancellationToken cancellation)
    {
        using var socket = new TcpClient(listener.AddressFamily);
        await socket.ConnectAsync(listener, cancellation);
        await using var tls = new SslStream(socket.GetStream());
        X509Certificate2? shown = null;
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "localhost",
                    RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                    {
                        // Who is asked is known; whom the certificate names and who signed it is for devices to judge.
                        shown = certificate is X509Certificate2 full ? new X509Certificate2(full) : null;
                        return shown is not null;
                    },
                },
                cancellation);
            return (shown!.NotBefore, shown.NotAfter);
        }
        catch (AuthenticationException) when (shown is not null)
        {
            return (shown.NotBefore, shown.NotAfter);
        }
        finally
        {
            shown?.Dispose();
        }
    }
}
