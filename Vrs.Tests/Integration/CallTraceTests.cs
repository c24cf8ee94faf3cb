using System.Collections.Concurrent;
using System.Diagnostics;
using OpenTelemetry.Trace;
using Vrs.Bench.Headless;
using Vrs.Grains.Interfaces.Telemetry;
using Vrs.Tests.Host;

namespace Vrs.Tests.Integration;

/// <summary>
/// A call is one trace through gateway, grains and storage: a tree with one root, whose id is the call's session.
/// </summary>
public sealed class CallTraceTests
{
    private static readonly string[] Parts = ["report ", "call ", "effect ", "command ", "write"];

    private readonly ConcurrentQueue<Activity> _spans = new();

    [Fact]
    public async Task Every_part_of_a_call_is_in_one_tree_and_other_calls_are_not()
    {
        RelayedCall relayed;
        await using (var server = await Start([]))
        {
            await using var world = new RelayWorld(server.Address);
            var (dana, ines, hana) = await world.OpenThree();
            relayed = await RelayWorld.Relay(dana, ines, hana);
            await relayed.Caller.HangUp();
            await relayed.Ends();
            await RootOf(relayed.Call);
        }

        var tree = Tree(relayed.Call);
        Assert.All(Parts, part => Assert.Contains(
            tree, span => span.DisplayName.StartsWith(part, StringComparison.Ordinal)));
        var own = _spans.Where(span => (string?)span.GetTagItem("correlation_id") == relayed.Call).ToList();
        var session = Assert.Single(own.Select(span => (string?)span.GetTagItem("session_id")).Distinct());
        Assert.Equal(session, Assert.Single(own.Select(span => span.TraceId.ToHexString()).Distinct()));
        Assert.DoesNotContain(tree, span => span.GetTagItem("correlation_id") is string other && other != relayed.Call);
    }

    [Fact]
    public async Task The_root_of_a_call_that_outlived_its_server_is_told_by_the_next_and_is_the_whole_call()
    {
        string call;
        DateTime restarted;
        await using (var server = await Start(new() { ["Drain:Limit"] = "00:00:00" }))
        {
            await using var world = new RelayWorld(server.Address);
            var (dana, hana) = (await world.Open("dana"), await world.Open("hana"));
            call = (await RelayWorld.Queue(dana, hana)).RelayCall!;

            await server.Restart();
            restarted = DateTime.UtcNow;
            await dana.Phone.Connect();
            Assert.Equal(200, (await dana.Phone.Register()).Status);
            var back = await dana.Phone.Call(hana.Number, Sdp.VideoOffer(), ("Vrs-Call", call));
            await back.Response(182, Wait.Reply);
            await back.Cancel();
            await RootOf(call);
        }

        var root = Assert.Single(Tree(call), span => span.ParentSpanId == default);
        Assert.True(root.StartTimeUtc < restarted, "It began with the call.");
        Assert.True(root.StartTimeUtc + root.Duration > restarted, "It ended with the call.");
        Assert.Equal("Abandoned", root.GetTagItem("end_reason"));
    }

    [Theory]
    [InlineData("5e55105e55105e55105e55105e551051", true)]
    [InlineData("00000000000000000000000000000000", false)]
    [InlineData("5E55105E55105E55105E55105E551051", false)]
    [InlineData("5e55", false)]
    [InlineData(null, false)]
    public void A_session_that_is_no_trace_id_is_not_made_one(string? session, bool expected) =>
        Assert.Equal(expected, CallTrace.IsTraceId(session));

    /// <summary>The spans of a call's trace, after its server stopped; checked to be one tree.</summary>
    private List<Activity> Tree(string call)
    {
        var trace = _spans.First(span => (string?)span.GetTagItem("correlation_id") == call).TraceId;
        // A root that was told twice is one: its id is the same.
        var tree = _spans.Where(span => span.TraceId == trace).DistinctBy(span => span.SpanId).ToList();
        var ids = tree.Select(span => span.SpanId).ToHashSet();
        var root = Assert.Single(tree, span => span.ParentSpanId == default);
        Assert.Equal(CallTrace.RootName, root.DisplayName);
        Assert.Equal(trace.ToHexString(), root.GetTagItem("session_id"));
        Assert.NotNull(root.GetTagItem("end_reason"));
        Assert.Empty(tree.Where(span => span != root && !ids.Contains(span.ParentSpanId))
            .Select(span => $"{span.DisplayName} is an orphan."));
        return tree;
    }

    private Task RootOf(string call) => Wait.Until(
        "The root is told",
        () => Task.FromResult(_spans.Any(span =>
            span.ParentSpanId == default && (string?)span.GetTagItem("correlation_id") == call)),
        Wait.Reply);

    private Task<VrsServer> Start(Dictionary<string, string?> settings)
    {
        // Nobody is there: a collector that is away harms no call.
        settings["Telemetry:OtlpEndpoint"] = "https://127.0.0.1:1";
        settings["Accounts:HashIterations"] = "10000";
        return VrsServer.Start(settings, customize: builder => builder.Services
            .ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddProcessor(new Keep(_spans))));
    }

    private sealed class Keep(ConcurrentQueue<Activity> spans) : OpenTelemetry.BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data) => spans.Enqueue(data);
    }
}
