using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using Vrs.Bench.Headless;
using Vrs.Silo.Hosting;
using Vrs.Tests.Integration;

namespace Vrs.Tests.Host;

/// <summary>What the server measures leaves it: for Prometheus on the management listener, and by exporters.</summary>
public sealed partial class MetricsEndpointTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Prometheus_finds_every_instrument_under_the_name_of_the_page()
    {
        await using var server = await VrsServer.Start();
        using var http = SignedIn.HttpFor(server.Management);
        foreach (var (instrument, _) in MetricsPage.Instruments)
        {
            RecordNothing(instrument);
        }

        var scraped = await http.GetStringAsync("/metrics");

        var types = TypeLine().Matches(scraped)
            .ToDictionary(line => line.Groups[1].Value, line => line.Groups[2].Value);
        Assert.All(MetricsPage.Instruments, one =>
        {
            var name = MetricsPage.PrometheusName(one.Instrument);
            Assert.True(types.ContainsKey(name), $"{name} is missing among {string.Join(' ', types.Keys)}");
            Assert.Equal(TypeOf(one.Instrument), types[name]);
        });
    }

    [Fact]
    public async Task The_public_listener_has_no_metrics()
    {
        await using var server = await VrsServer.Start();

        using var answer = await server.Http.GetAsync("/metrics");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_device_that_registers_shows_in_sip_flows_storage_and_grains()
    {
        await using var server = await VrsServer.Start();
        using var http = SignedIn.HttpFor(server.Management);
        var dana = await server.SignIn("dana");
        await using var phone = await Registered(server, dana);

        await Wait.Until("The flow shows", async () => Value(await Scrape(http), "vrs_sip_flows") >= 1, Soon);
        var shown = await Scrape(http);
        Assert.True(Value(shown, "vrs_sip_requests_total", "direction=\"received\"", "method=\"REGISTER\"") >= 1);
        Assert.True(
            Value(shown, "vrs_sip_responses_total", "class=\"2xx\"", "direction=\"sent\"", "method=\"REGISTER\"") >= 1);
        Assert.True(Value(shown, "vrs_storage_write_seconds_count") >= 1);
        Assert.True(Value(shown, "vrs_grains_turn_seconds_count", "grain=\"registration\"") >= 1);
        await Wait.Until(
            "Health shows", async () => Value(await Scrape(http), "vrs_health", "check=\"storage\"") == 1, Soon);
        Assert.True(Value(await Scrape(http), "vrs_certificate_life_seconds") > 86_400);
    }

    [Fact]
    public async Task An_exporter_gets_the_same_measurements()
    {
        var exported = new List<MetricSnapshot>();
        await using var server = await VrsServer.Start(customize: builder => builder.Services
            .ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddInMemoryExporter(exported)));
        var dana = await server.SignIn("dana");
        await using var phone = await Registered(server, dana);

        server.Services.GetRequiredService<MeterProvider>().ForceFlush();

        var names = exported.Select(metric => metric.Name).ToHashSet();
        Assert.Superset(new HashSet<string> { "vrs.sip.requests", "vrs.storage.write", "vrs.grains.turn" }, names);
    }

    [Theory]
    [InlineData("Telemetry:OtlpEndpoint", "http://collector.example.org:4317", "Telemetry:OtlpEndpoint")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "http://10.0.0.1:4317", "Telemetry:OtlpEndpoint")]
    [InlineData("Telemetry:OtlpEndpoint", "collector", "Telemetry:OtlpEndpoint")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json", "Telemetry:OtlpProtocol")]
    public async Task A_collector_elsewhere_is_told_nothing_in_the_clear_and_nothing_it_cannot_read(
        string name, string value, string told)
    {
        var fault = await Assert.ThrowsAsync<ConfigurationFaultsException>(() => VrsServer.Start(
            new Dictionary<string, string?> { [name] = value }));

        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
    }

    private static async Task<HeadlessPhone> Registered(VrsServer server, SignedIn who)
    {
        var phone = new HeadlessPhone(
            new UriBuilder(server.Address) { Scheme = "wss", Path = "/sip" }.Uri, PeerIdentity.For(who));
        await phone.Connect();
        await phone.Register();
        return phone;
    }

    /// <summary>A measurement of nothing: other tests of this process count on their own.</summary>
    private static void RecordNothing(Instrument instrument)
    {
        switch (instrument)
        {
            case Counter<long> counter:
                counter.Add(0);
                break;
            case Counter<double> counter:
                counter.Add(0);
                break;
            case UpDownCounter<long> counter:
                counter.Add(0);
                break;
            case Gauge<long> gauge:
                gauge.Record(0);
                break;
            case Gauge<double> gauge:
                gauge.Record(0);
                break;
            case Histogram<double> histogram:
                histogram.Record(0);
                break;
            case Histogram<int> histogram:
                histogram.Record(0);
                break;
            default:
                Assert.Fail($"No test for {instrument.GetType()}");
                break;
        }
    }

    private static string TypeOf(Instrument instrument) => MetricsPage.KindOf(instrument) switch
    {
        "Counter" => "counter",
        "Histogram" => "histogram",
        _ => "gauge",
    };

    private static async Task<string[]> Scrape(HttpClient http) => (await http.GetStringAsync("/metrics")).Split('\n');

    /// <summary>The sum over all series of this name with these labels.</summary>
    private static double Value(string[] scraped, string name, params string[] labels) => scraped
        .Where(line => (line.StartsWith($"{name}{{", StringComparison.Ordinal)
                || line.StartsWith($"{name} ", StringComparison.Ordinal))
            && labels.All(label => line.Contains(label, StringComparison.Ordinal)))
        .Sum(line => double.Parse(ValueAt().Match(line).Groups[1].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"(?m)^# TYPE (\S+) (\w+)")]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"[}\w] ([-+.\deE]+)( \d+)?\s*$")]
    private static partial Regex ValueAt();
}
