using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Vrs.Gateway;
using Vrs.Gateway.Health;
using Vrs.Gateway.Turn;
using Vrs.Tests.Integration;

namespace Vrs.Tests.Host;

/// <summary>Health of media: a relay is really asked for, of a real coturn.</summary>
public sealed class MediaCheckTests
{
    private const string Secret = "a secret of this test only";

    [Fact]
    public async Task Without_a_relay_there_is_nothing_to_miss() =>
        Assert.Equal(HealthStatus.Healthy, (await Check("stun:127.0.0.1:3478", Secret)).Status);

    [Fact]
    public async Task A_server_that_is_not_there_is_named()
    {
        var port = FreePort();

        var result = await Check($"turn:127.0.0.1:{port}?transport=tcp", Secret);

        Assert.Equal(HealthStatus.Degraded, result.Status);
        Assert.Contains($"turn:127.0.0.1:{port}", result.Description, StringComparison.Ordinal);
    }

    [CoturnTheory]
    [InlineData("udp")]
    [InlineData("tcp")]
    public async Task A_server_that_gives_a_relay_is_healthy_and_one_that_does_not_know_us_is_not(string transport)
    {
        var port = FreePort();
        using var coturn = Start(port);
        try
        {
            var url = $"turn:127.0.0.1:{port}?transport={transport}";
            await Wait.Until(
                "coturn gives a relay",
                async () => (await Check(url, Secret)).Status == HealthStatus.Healthy,
                TimeSpan.FromSeconds(30));

            var stranger = await Check(url, "another secret");
            Assert.Equal(HealthStatus.Degraded, stranger.Status);
            Assert.Contains("It gave no relay (401)", stranger.Description, StringComparison.Ordinal);
        }
        finally
        {
            coturn.Kill();
            await coturn.WaitForExitAsync();
        }
    }

    private static async Task<HealthCheckResult> Check(string url, string secret)
    {
        var options = new GatewayOptions();
        options.Turn.Urls.Add(url);
        options.Turn.Secret = secret;
        var bound = Options.Create(options);
        var check = new MediaCheck(bound, new IceServers(bound, TimeProvider.System), TimeProvider.System);
        return await check.CheckHealthAsync(new HealthCheckContext());
    }

    private static Process Start(int port)
    {
        var start = new ProcessStartInfo("turnserver") { RedirectStandardOutput = true };
        foreach (var word in $"-n --listening-ip=127.0.0.1 --relay-ip=127.0.0.1 --listening-port={port} "
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Concat(["--use-auth-secret", "--realm=vrs.test", "--no-tls", "--no-dtls", "--no-cli"])
            .Concat(["--allow-loopback-peers", "--simple-log", "--log-file=stdout"])
            .Append($"--static-auth-secret={Secret}"))
        {
            start.ArgumentList.Add(word);
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}

/// <summary>A theory on coturn; skipped, and saying so, where it is not installed.</summary>
public sealed class CoturnTheoryAttribute : TheoryAttribute
{
    public CoturnTheoryAttribute() => Skip = new CoturnFactAttribute().Skip;
}
