using Vrs.Grains.Domain.Records;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Queues;

namespace Vrs.Tests.Domain.Grains;

/// <summary>The line of a pool with its store, its explanations and its hours.</summary>
public sealed class QueueGrainTests
{
    private static readonly Dictionary<string, string?> Closed = new()
    {
        ["Queues:Pools:0:Pool"] = "ase+en",
        ["Queues:Pools:0:Hours"] = "Mon 08:00-09:00",
    };

    [Fact]
    public void Each_offer_leaves_one_explanation_even_when_the_process_dies_in_between()
    {
        using var world = new GrainWorld();
        world.ComeToWork("ines");
        world.Dial();
        world.Crash();
        world.Pass(TimeSpan.FromMinutes(2));

        var made = Assert.Single(
            world.Ask(world.Decisions.Recent(new CallId("call1"), 10, default)), decision => decision.Number == 1);
        Assert.Equal(("ines", PreferenceOutcome.None, 1), (made.Winner.Value, made.Preference, made.Free));
    }

    [Fact]
    public void A_call_that_finds_the_pool_closed_is_told_when_it_opens()
    {
        using var world = new GrainWorld(settings: Closed);
        var queue = world.Grains.GetGrain<IQueueGrain>("ase+en");

        var refusal = world.Ask(queue.Join(new JoinRequest(
            new CallId("c"), new SessionId("s"), PriorityClass.Standard, [])))!;

        Assert.Equal(RefusalReason.Closed, refusal.Reason);
        Assert.Equal("The relay service is closed. It opens on Monday at 08:00 (UTC).", refusal.Detail);
        Assert.InRange(refusal.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromDays(7));
    }

    [Fact]
    public void A_preference_ends_at_its_time_and_not_with_the_next_beat()
    {
        using var world = new GrainWorld();
        world.ComeToWork("ines");
        world.Register("dana");
        var wish = new InterpreterPreference(null, new("ivan"), TimeSpan.FromSeconds(61), PreferenceFallback.Anyone);
        Assert.Null(world.Ask(world.Call().Start(GrainWorld.StartCall("call1", "dana") with { Preference = wish }))
            .Refusal);

        world.Pass(TimeSpan.FromSeconds(60.9));
        var before = world.View().Phase;
        world.Pass(TimeSpan.FromSeconds(0.2));

        Assert.Equal((CallPhase.Queued, CallPhase.Offered), (before, world.View().Phase));
    }
}
