using Orleans.Runtime;
using Vrs.Silo.Embedded.Runtime;
using Vrs.Tests.Domain.Telemetry;
using Vrs.Tests.Engine.Grains;
using Vrs.Tests.Support;

namespace Vrs.Tests.Engine;

/// <summary>Requests that a busy grain does not take.</summary>
[Trait("Suite", "Engine")]
public sealed class RefusedRequestTests
{
    [Fact]
    public async Task A_request_that_is_refused_shows()
    {
        await using var engine = new EngineFixture();
        await engine.Start();
        var grain = engine.Grains.GetGrain<ITrialGrain>("a");
        var first = grain.Pass("one");
        await Eventually.Is("the grain is busy", () => engine.Trials.Times("enter one") == 1);

        using var measured = new Measurements(EngineInstruments.MeterName);
        var waiting = Enumerable.Range(0, EngineFixture.MailboxLimit).Select(_ => grain.Count()).ToList();
        var before = measured.Count("vrs.grains.refused");
        var refused = grain.Count();
        var after = measured.Sum("vrs.grains.refused");

        Assert.Equal((0, 1), (before, after));
        await Assert.ThrowsAsync<LimitExceededException>(() => refused);
        engine.Trials.Open("one");
        await first;
        await Task.WhenAll(waiting);
    }
}
