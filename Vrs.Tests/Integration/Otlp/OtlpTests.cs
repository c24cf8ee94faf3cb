using Vrs.Silo.Hosting;
using Vrs.Tests.Host;

namespace Vrs.Tests.Integration.Otlp;

/// <summary>Metrics and traces really leave the process, in both protocols, and a collector can read them.</summary>
public sealed class OtlpTests
{
    [Theory]
    [InlineData(TelemetryOptions.Grpc)]
    [InlineData(TelemetryOptions.HttpProtobuf)]
    public async Task A_call_reaches_a_collector_as_one_tree_beside_its_metrics(string protocol)
    {
        await using var receiver = await OtlpReceiver.Start(protocol is TelemetryOptions.Grpc);
        var call = await RelayACall(receiver, new Dictionary<string, string?>
        {
            ["Telemetry:OtlpEndpoint"] = receiver.Address,
            ["Telemetry:OtlpProtocol"] = protocol,
            ["Telemetry:ServiceName"] = "vrs-of-this-test",
        });

        AssertOneTree(receiver, call);
        Assert.Equal(["vrs-of-this-test"], receiver.Services);
        Assert.Superset(
            new HashSet<string> { "vrs.calls.ended", "vrs.sip.requests", "vrs.storage.write" },
            receiver.Metrics.ToHashSet());
    }

    [Fact]
    public async Task The_variables_of_the_specification_do_the_same()
    {
        await using var receiver = await OtlpReceiver.Start(grpc: false);
        var call = await RelayACall(receiver, new Dictionary<string, string?>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_SERVICE_NAME"] = "vrs-by-variables",
        });

        AssertOneTree(receiver, call);
        Assert.Equal(["vrs-by-variables"], receiver.Services);
    }

    private static void AssertOneTree(OtlpReceiver receiver, string call)
    {
        var trace = RootsOf(receiver, call).First().Trace;
        // A root that was told twice is one: its id is the same.
        var tree = receiver.Spans.Where(span => span.Trace == trace).DistinctBy(span => span.Id).ToList();
        var root = Assert.Single(tree, span => span.Parent.Length == 0);
        var ids = tree.Select(span => span.Id).ToHashSet();
        Assert.All(tree, span => Assert.True(span == root || ids.Contains(span.Parent), $"{span.Name} is an orphan."));
        Assert.Equal(root.Trace, root.Attributes["session_id"]);
        Assert.Equal("CallerHungUp", root.Attributes["end_reason"]);
        Assert.True(root.End > root.Start);
        Assert.InRange(tree.Count, 20, 400);

        // Nothing that was said to whom: no number, no session description, no credential.
        Assert.All(
            (string[])["+1555", "a=fingerprint", "m=video", "Bearer"],
            secret => Assert.All(
                receiver.Bodies, body => Assert.DoesNotContain(secret, body, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>A whole call on a server that then stops: by then everything was sent.</summary>
    private static async Task<string> RelayACall(OtlpReceiver receiver, Dictionary<string, string?> settings)
    {
        settings["Accounts:HashIterations"] = "10000";
        settings["OTEL_BSP_SCHEDULE_DELAY"] = "200";
        await using var server = await VrsServer.Start(settings);
        await using var world = new RelayWorld(server.Address);
        var (dana, ines, hana) = await world.OpenThree();
        var relayed = await RelayWorld.Relay(dana, ines, hana);
        await relayed.Caller.HangUp();
        await relayed.Ends();
        await Wait.Until("The root came", () => Task.FromResult(RootsOf(receiver, relayed.Call).Any()), Wait.Reply);
        return relayed.Call;
    }

    private static IEnumerable<ReceivedSpan> RootsOf(OtlpReceiver receiver, string call) => receiver.Spans.Where(
        span => span.Parent.Length == 0 && span.Attributes.GetValueOrDefault("correlation_id") == call);
}
