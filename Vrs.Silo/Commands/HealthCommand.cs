using System.Net;
using System.Net.Sockets;
using Vrs.Gateway;
using Vrs.Gateway.Management;
using Vrs.Silo.Hosting;

namespace Vrs.Silo.Commands;

/// <summary>
/// Asks the server of this machine whether it can serve calls: the health check of a container that has no shell.
/// </summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);

    /// <summary>Asks, prints the answer, and fails unless the server is ready.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(HostArguments arguments, CancellationToken stop)
    {
        var listen = VrsHost.ReadConfiguration(arguments).GetSection(ManagementOptions.Section)
            .Get<ManagementOptions>()?.Listen ?? new ManagementOptions().Listen;
        if (GatewayOptions.TryReadListen(listen) is not { } endPoint)
        {
            return Fail($"Management:Listen is no address: '{listen}'.");
        }

        // This machine asks itself: that a certificate is shown is enough, whatever name it has.
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null;
        using var http = new HttpClient(handler) { Timeout = Limit };
        try
        {
            var host = endPoint.AddressFamily == AddressFamily.InterNetworkV6
                ? $"[{IPAddress.IPv6Loopback}]"
                : $"{IPAddress.Loopback}";
            using var answer = await http.GetAsync($"https://{host}:{endPoint.Port}{GatewayPaths.Ready}", stop);
            Console.WriteLine(await answer.Content.ReadAsStringAsync(stop));
            return answer.IsSuccessStatusCode ? ExitCode.Done : ExitCode.Failed;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            return Fail($"Nobody answers at {listen}: {fault.Message}");
        }
    }

    private static int Fail(string text)
    {
        Console.Error.WriteLine(text);
        return ExitCode.Failed;
    }
}
