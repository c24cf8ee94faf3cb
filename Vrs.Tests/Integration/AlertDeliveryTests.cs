using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Vrs.Tests.Host;
using Vrs.Tests.Tidy;

namespace Vrs.Tests.Integration;

/// <summary>
/// The whole way of an alert, with real processes: a server hangs, or a caller waits whom nobody can serve; Prometheus
/// notices by the rules that are shipped, and Alertmanager, set up as it is shipped, tells a webhook; it passes, and
/// that is told too. And what the dashboards ask is asked of the same Prometheus.
/// </summary>
public sealed partial class AlertDeliveryTests : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    /// <summary>What stays empty while nothing goes wrong: nobody counted what never happened.</summary>
    private static readonly string[] Quiet =
    [
        "vrs_sip_transactions_timeouts", "vrs_sip_flows_closed", "vrs_sip_flows_refused",
        "vrs_registrations_reconnects", "vrs_sip_policy_refusals", "vrs_sip_malformed", "vrs_admission_limited",
        "vrs_calls_reassigned", "vrs_storage_writes_failed", "Abandoned", "vrs_interpreters_breaks",
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly List<Process> _processes = [];
    private readonly ConcurrentQueue<(string Alert, string Status)> _delivered = new();
    private readonly int _prometheus = FreePort();
    private readonly int _alertmanager = FreePort();
    private readonly int _webhook = FreePort();
    private readonly HttpListener _listener = new();
    private Task _listening = Task.CompletedTask;
    private ServerProcess _server = null!;

    public async Task InitializeAsync()
    {
        _listener.Prefixes.Add($"http://127.0.0.1:{_webhook}/");
        _listener.Start();
        _listening = Listen();
        _server = await ServerProcess.Start(new Dictionary<string, string>());
    }

    public async Task DisposeAsync()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _listener.Close();
        await _listening;
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [PrometheusFact]
    public async Task A_server_that_breaks_is_told_to_a_webhook_and_so_is_its_return()
    {
        StartPrometheus();
        StartAlertmanager();
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_prometheus}") };
        await Wait.Until(
            "Prometheus sees a healthy server",
            () => Answers(http, "vrs_health{check=\"storage\"} == 1"),
            Soon);
        Assert.Empty(_delivered);

        // Frozen, not killed: others take ports that nobody holds.
        await _server.SetFrozen(true);
        await Wait.Until("The alert came", () => Delivered("ServerDown", "firing"), Soon);

        await _server.SetFrozen(false);
        await Wait.Until("Its end came", () => Delivered("ServerDown", "resolved"), Soon);
    }

    [PrometheusFact]
    public async Task A_caller_whom_nobody_can_serve_is_told_to_a_webhook_and_so_is_that_somebody_came()
    {
        StartPrometheus();
        StartAlertmanager();
        await using var world = new RelayWorld(_server.Url);
        var (dana, hana) = (await world.Open("dana"), await world.Open("hana"));
        await RelayWorld.Queue(dana, hana);
        await Wait.Until("The alert came", () => Delivered("NoInterpreter", "firing"), Soon);

        var ines = await world.OpenInterpreter("ines");
        await RelayWorld.Accept(ines);
        await Wait.Until("Its end came", () => Delivered("NoInterpreter", "resolved"), Soon);
    }

    [PrometheusFact]
    public async Task What_the_dashboards_ask_is_answered_when_a_call_was_served()
    {
        StartPrometheus();
        await using var world = new RelayWorld(_server.Url);
        var (dana, ines, hana) = await world.OpenThree();
        var relayed = await RelayWorld.Relay(dana, ines, hana);
        await relayed.Caller.HangUp();
        await relayed.Ends();
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_prometheus}") };
        // Rates are between two looks.
        await Wait.Until("The end shows", () => Answers(http, "rate(vrs_calls_ended_total[5m]) >= 0"), Soon);

        foreach (var query in ObservabilityTests.Dashboards.SelectMany(ObservabilityTests.Queries))
        {
            var isAnswered = await Answers(http, query);
            Assert.True(isAnswered || Quiet.Any(query.Contains), $"nothing to see: {query}");
        }
    }

    private Task<bool> Delivered(string alert, string status) =>
        Task.FromResult(_delivered.Contains((alert, status)));

    private static async Task<bool> Answers(HttpClient http, string query)
    {
        try
        {
            using var response = await http.GetAsync($"/api/v1/query?query={Uri.EscapeDataString(query)}");
            using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            Assert.True(response.IsSuccessStatusCode, $"{query}: {answer.RootElement}");
            return answer.RootElement.GetProperty("data").GetProperty("result").GetArrayLength() > 0;
        }
        catch (HttpRequestException)
        {
            // It is not listening yet.
            return false;
        }
    }

    private async Task Listen()
    {
        try
        {
            while (_listener.IsListening)
            {
                var context = await _listener.GetContextAsync();
                using var body = await JsonDocument.ParseAsync(context.Request.InputStream);
                foreach (var alert in body.RootElement.GetProperty("alerts").EnumerateArray())
                {
                    _delivered.Enqueue((
                        alert.GetProperty("labels").GetProperty("alertname").GetString()!,
                        alert.GetProperty("status").GetString()!));
                }

                context.Response.Close();
            }
        }
        catch (HttpListenerException)
        {
            // The test is over, and so is the wait for the next message.
        }
        catch (ObjectDisposedException)
        {
            // The same, a moment later.
        }
    }

    private void StartPrometheus()
    {
        // The rules as shipped, without the patience that keeps people asleep.
        var rules = File.ReadAllText(Path.Combine(SourceTree.Root, "deploy/prometheus/rules/vrs.yml"));
        File.WriteAllText(At("rules.yml"), Patience().Replace(rules, "for: 0s"));
        File.WriteAllText(At("prometheus.yml"), $$"""
            global: { scrape_interval: 1s, evaluation_interval: 1s }
            rule_files: [rules.yml]
            alerting:
              alertmanagers:
                - static_configs: [{ targets: ["127.0.0.1:{{_alertmanager}}"] }]
            scrape_configs:
              - job_name: vrs
                scheme: https
                tls_config: { insecure_skip_verify: true }
                static_configs: [{ targets: ["{{_server.Management.Authority}}"] }]
            """);
        Start(
            "prometheus",
            $"--config.file={At("prometheus.yml")}",
            $"--storage.tsdb.path={At("series")}",
            $"--web.listen-address=127.0.0.1:{_prometheus}",
            "--log.level=error");
    }

    private void StartAlertmanager()
    {
        // As shipped, but for the address and the waits. This version takes an address from no file yet.
        var shipped = File.ReadAllText(Path.Combine(SourceTree.Root, "deploy/alertmanager/alertmanager.yml"));
        Assert.Contains("url_file: /run/secrets/alert_webhook", shipped, StringComparison.Ordinal);
        var here = shipped.Replace(
            "url_file: /run/secrets/alert_webhook", $"url: http://127.0.0.1:{_webhook}/", StringComparison.Ordinal);
        File.WriteAllText(At("alertmanager.yml"), Waits().Replace(here, "${what}: 1s"));
        Start(
            "prometheus-alertmanager",
            $"--config.file={At("alertmanager.yml")}",
            $"--storage.path={At("alerts")}",
            $"--web.listen-address=127.0.0.1:{_alertmanager}",
            "--cluster.listen-address=",
            "--log.level=error");
    }

    private void Start(string program, params string[] words) =>
        _processes.Add(Process.Start(new ProcessStartInfo(program, words) { WorkingDirectory = _folder.Path })!);

    private string At(string name) => Path.Combine(_folder.Path, name);

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    [GeneratedRegex("(?<what>group_wait|group_interval): .*")]
    private static partial Regex Waits();

    [GeneratedRegex(@"for: \d+[smh]")]
    private static partial Regex Patience();
}

/// <summary>A test on Prometheus and Alertmanager; skipped, and saying so, where they are not installed.</summary>
public sealed class PrometheusFactAttribute : FactAttribute
{
    public PrometheusFactAttribute() => Skip = Missing;

    private static string? Missing =>
        new[] { "prometheus", "prometheus-alertmanager" }.All(IsInstalled)
            ? null
            : "Prometheus and Alertmanager are not installed.";

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));
}
