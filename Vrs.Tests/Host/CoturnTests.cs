using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Vrs.Gateway;
using Vrs.Gateway.Turn;
using Vrs.Grains.Interfaces.Accounts;

namespace Vrs.Tests.Host;

/// <summary>A real coturn relays for whoever brings a credential that the gateway made, and for nobody else.</summary>
public sealed class CoturnTests
{
    private const string Secret = "a secret of this test only";

    [CoturnFact]
    public async Task A_relay_is_opened_with_our_credential_and_not_with_another()
    {
        var port = FreePort();
        using var coturn = Start(
            "turnserver",
            $"-n --listening-ip=127.0.0.1 --relay-ip=127.0.0.1 --listening-port={port} --use-auth-secret "
            + "--realm=vrs.test --no-tls --no-dtls --no-cli --allow-loopback-peers --simple-log --log-file=stdout",
            $"--static-auth-secret={Secret}");
        try
        {
            var relay = Credential();

            var deadline = Stopwatch.StartNew();
            while (!await Relays(port, relay.Username!, relay.Credential!))
            {
                Assert.True(deadline.Elapsed < TimeSpan.FromSeconds(30), "coturn opened no relay in 30 s.");
            }

            Assert.False(await Relays(port, relay.Username!, "another"));
        }
        finally
        {
            coturn.Kill();
            await coturn.WaitForExitAsync();
        }
    }

    private static IceServer Credential()
    {
        var options = new GatewayOptions();
        options.Turn.Urls.Add("turn:127.0.0.1:3478?transport=udp");
        options.Turn.Secret = Secret;
        var servers = new IceServers(Options.Create(options), TimeProvider.System);
        return Assert.Single(servers.For(UserId.From("dana")).IceServers);
    }

    /// <summary>Whether coturn's own client got a relay and every datagram came back through it.</summary>
    private static async Task<bool> Relays(int port, string user, string password)
    {
        using var client = Start(
            "turnutils_uclient", $"-y -n 1 -m 1 -p {port}", "-u", user, "-w", password, "127.0.0.1");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        var said = await client.StandardOutput.ReadToEndAsync(limit.Token);
        await client.WaitForExitAsync(limit.Token);
        return said.Contains("Total lost packets 0 (", StringComparison.Ordinal);
    }

    private static Process Start(string program, string words, params string[] more)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        foreach (var word in words.Split(' ').Concat(more))
        {
            start.ArgumentList.Add(word);
        }

        var process = Process.Start(start)!;
        if (program == "turnserver")
        {
            // Its log is not read; a full pipe would stop it.
            process.OutputDataReceived += static (_, _) => { };
            process.BeginOutputReadLine();
        }

        return process;
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}

/// <summary>A test on coturn; skipped, and saying so, where it is not installed.</summary>
public sealed class CoturnFactAttribute : FactAttribute
{
    public CoturnFactAttribute() => Skip = Missing;

    private static string? Missing =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, "turnserver")))
            ? null
            : "coturn is not installed.";
}
