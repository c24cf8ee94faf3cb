using System.Collections.Concurrent;
using System.Diagnostics;
using OpenTelemetry.Trace;
using Vrs.Grains.Interfaces.Telemetry;
using Vrs.Tests.Host;

namespace Vrs.Tests.Integration;

/// <summary>A call is one trace through gateway, grains and storage, and its id is the call's session.</summary>
public sealed class CallTraceTests
{
    private static readonly string[] Parts = ["report ", "call ", "effect ", "command ", "write"];

    [Fact]
    public async Task Every_part_of_a_call_is_in_one_trace_and_other_calls_are_not()
    {
        var spans = new ConcurrentQueue<Activity>();
        await using var server = await VrsServer.Start(
            new Dictionary<string, string?>
            {
                // Nobody is there: a collector that is away harms no call.
                ["Telemetry:OtlpEndpoint"] = "https://127.0.0.1:1",
                ["Accounts:HashIterations"] = "10000",
            },
            customize: builder => builder.Services.ConfigureOpenTelemetryTracerProvider(
                tracing => tracing.AddProcessor(new Keep(spans))));
        await using var world = new RelayWorld(server.Address);
        var (dana, ines, hana) = await world.OpenThree();

        var relayed = await RelayWorld.Relay(dana, ines, hana);
        await relayed.Caller.HangUp();
        await relayed.Ends();

        await Wait.Until("All parts are there", () => Task.FromResult(Parts.All(Part)), Wait.Reply);
        var own = spans.Where(span => (string?)span.GetTagItem("correlation_id") == relayed.Call).ToList();
        var session = Assert.Single(own.Select(span => (string?)span.GetTagItem("session_id")).Distinct());
        Assert.Equal(session, Assert.Single(own.Select(span => span.TraceId.ToHexString()).Distinct()));
        Assert.DoesNotContain(spans, span => span.TraceId.ToHexString() == session
            && span.GetTagItem("correlation_id") is string other
            && other != relayed.Call);

        bool Part(string part)
        {
            var first = spans.FirstOrDefault(span => (string?)span.GetTagItem("correlation_id") == relayed.Call);
            return spans.Any(
                span => span.TraceId == first?.TraceId && span.DisplayName.StartsWith(part, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("5e55105e55105e55105e55105e551051", true)]
    [InlineData("00000000000000000000000000000000", false)]
    [InlineData("5E55105E55105E55105E55105E551051", false)]
    [InlineData("5e55", false)]
    [InlineData(null, false)]
    public void A_session_that_is_no_trace_id_is_not_made_one(string? session, bool expected) =>
        Assert.Equal(expected, CallTrace.IsTraceId(session));

    private sealed class Keep(ConcurrentQueue<Activity> spans) : OpenTelemetry.BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data) => spans.Enqueue(data);
    }
}
