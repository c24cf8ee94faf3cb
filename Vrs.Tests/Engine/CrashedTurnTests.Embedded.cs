using Orleans.Runtime;
using Vrs.Tests.Engine.Grains;
using Vrs.Tests.Support;

namespace Vrs.Tests.Engine;

/// <summary>A silo that is gone while a turn of a grain is under way on another thread.</summary>
[Trait("Suite", "Engine")]
public sealed class CrashedTurnTests
{
    [Fact]
    public async Task The_turn_comes_to_its_end_without_a_fault_and_its_timer_ticks_no_more()
    {
        await using var engine = new EngineFixture();
        await engine.Start();
        var grain = engine.Grains.GetGrain<ITrialGrain>("a");
        await grain.StartTimer(
            TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan, interleave: true, keepAlive: false, gate: null);
        var asked = grain.ChangeTimerAt("crash");
        await Eventually.Is("the turn is under way", () => engine.Trials.Times("enter crash") == 1);

        await engine.Crash();
        engine.Trials.Open("crash");

        await Eventually.Is("the turn is over", () => engine.Trials.Times("leave crash") == 1);
        await engine.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(0, engine.Trials.Times("tick"));
        await Assert.ThrowsAsync<SiloUnavailableException>(() => asked);
    }
}
