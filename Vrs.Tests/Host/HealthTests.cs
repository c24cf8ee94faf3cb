using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Vrs.Bench.Headless;
using Vrs.Gateway.Health;
using Vrs.Tests.Integration;

namespace Vrs.Tests.Host;

/// <summary>What supervisors, load balancers and operators are told about a server's health, and where.</summary>
public sealed class HealthTests
{
    private const string Healthy = """{"status":"healthy"}""";

    [Fact]
    public async Task The_public_is_told_one_word()
    {
        await using var server = await StartReady();

        foreach (var question in new[] { "live", "ready", "startup" })
        {
            Assert.Equal(Healthy, await server.Http.GetStringAsync($"/health/{question}"));
        }
    }

    [Fact]
    public async Task Operators_are_told_what_each_check_found()
    {
        await using var server = await StartReady();
        using var http = SignedIn.HttpFor(server.Management);

        using var answer = JsonDocument.Parse(await http.GetStringAsync("/health/ready"));
        var checks = answer.RootElement.GetProperty("checks");
        Assert.Equal(
            ["dispatch", "media", "session", "signaling", "storage"],
            checks.EnumerateObject().Select(check => check.Name));
        Assert.All(checks.EnumerateObject(), check =>
        {
            Assert.Equal("healthy", check.Value.GetProperty("status").GetString());
            Assert.NotEmpty(check.Value.GetProperty("detail").GetString()!);
        });
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/sip")]
    [InlineData("/hubs/operations")]
    [InlineData("/api/sign-in")]
    public async Task The_management_listener_has_nothing_else(string path)
    {
        await using var server = await StartReady();
        using var http = SignedIn.HttpFor(server.Management);

        using var answer = await http.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_host_header_opens_no_way_from_the_public_listener_to_the_other()
    {
        await using var server = await StartReady();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/ready");
        request.Headers.Host = server.Management.Authority;

        using var answer = await server.Http.SendAsync(request);

        Assert.Equal(Healthy, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_failing_check_makes_it_unready_but_not_dead_and_only_operators_learn_which()
    {
        var broken = new BreakableCheck();
        await using var server = await StartReady(broken);
        using var http = SignedIn.HttpFor(server.Management);
        broken.Fault = "the disk is full";

        await Becomes(() => HasStatus(server.Http, "ready", HttpStatusCode.ServiceUnavailable));

        Assert.Equal(
            """{"status":"unhealthy"}""",
            await (await server.Http.GetAsync("/health/ready")).Content.ReadAsStringAsync());
        Assert.Contains(
            "the disk is full",
            await (await http.GetAsync("/health/ready")).Content.ReadAsStringAsync(),
            StringComparison.Ordinal);
        Assert.True(await HasStatus(server.Http, "live", HttpStatusCode.OK));
        Assert.True(await HasStatus(server.Http, "startup", HttpStatusCode.OK));

        broken.Fault = null;
        await Becomes(() => HasStatus(server.Http, "ready", HttpStatusCode.OK));
    }

    [Fact]
    public async Task It_has_not_started_before_it_was_ready_once()
    {
        var broken = new BreakableCheck { Fault = "not yet" };
        await using var server = await Start(broken);

        Assert.True(await HasStatus(server.Http, "live", HttpStatusCode.OK));
        Assert.True(await HasStatus(server.Http, "startup", HttpStatusCode.ServiceUnavailable));

        broken.Fault = null;
        await Becomes(() => HasStatus(server.Http, "startup", HttpStatusCode.OK));
    }

    [Theory]
    [InlineData(-2, -1, HttpStatusCode.ServiceUnavailable, "unhealthy")]
    [InlineData(1, 100, HttpStatusCode.ServiceUnavailable, "unhealthy")]
    [InlineData(-100, 7, HttpStatusCode.OK, "degraded")]
    [InlineData(-100, 30, HttpStatusCode.OK, "healthy")]
    public async Task The_certificate_must_hold_today(int fromDays, int toDays, HttpStatusCode code, string status)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "certificate.pem");
        await File.WriteAllTextAsync(path, Certificate(fromDays, toDays));
        await using var server = await VrsServer.Start(new Dictionary<string, string?>
        {
            ["Gateway:CertificatePath"] = path,
        });
        using var http = SignedIn.HttpFor(server.Management);

        await Becomes(async () => (await Signaling(http)).Status == status);

        Assert.Contains("The certificate holds from", (await Signaling(http)).Detail, StringComparison.Ordinal);
        Assert.True(await HasStatus(http, "ready", code));
    }

    [Fact]
    public async Task It_is_not_ready_while_it_stops()
    {
        await using var server = await StartReady();
        var monitor = server.Services.GetRequiredService<HealthMonitor>();

        Assert.Equal(HealthStatus.Healthy, monitor.Status);
        server.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.Equal(HealthStatus.Unhealthy, monitor.Status);
    }

    private static Task<VrsServer> Start(BreakableCheck? further = null) => VrsServer.Start(
        new Dictionary<string, string?> { ["Management:CheckInterval"] = "00:00:01" },
        customize: builder =>
        {
            if (further is not null)
            {
                builder.Services.AddHealthChecks().AddCheck("further", further);
            }
        });

    private static async Task<VrsServer> StartReady(BreakableCheck? further = null)
    {
        var server = await Start(further);
        await Becomes(() => HasStatus(server.Http, "ready", HttpStatusCode.OK));
        return server;
    }

    private static Task Becomes(Func<Task<bool>> condition) =>
        Wait.Until("The answer is the expected one", condition, TimeSpan.FromSeconds(30));

    private static async Task<bool> HasStatus(HttpClient http, string question, HttpStatusCode expected)
    {
        using var answer = await http.GetAsync($"/health/{question}");
        return answer.StatusCode == expected;
    }

    private static async Task<(string? Status, string? Detail)> Signaling(HttpClient http)
    {
        using var response = await http.GetAsync("/health/ready");
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return answer.RootElement.GetProperty("checks") is { ValueKind: JsonValueKind.Object } checks
            && checks.GetProperty("signaling") is var signaling
            ? (signaling.GetProperty("status").GetString(), signaling.GetProperty("detail").GetString())
            : default;
    }

    private static string Certificate(int fromDays, int toDays)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var now = DateTimeOffset.UtcNow;
        using var certificate = request.CreateSelfSigned(now.AddDays(fromDays), now.AddDays(toDays));
        return $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }

    private sealed class BreakableCheck : IHealthCheck
    {
        public volatile string? Fault;

        public Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(
                Fault is { } fault ? HealthCheckResult.Unhealthy(fault) : HealthCheckResult.Healthy("Fine."));
    }
}
