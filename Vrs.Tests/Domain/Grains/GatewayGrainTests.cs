using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Gateways;
using Vrs.Grains.Interfaces.Queues;

namespace Vrs.Tests.Domain.Grains;

/// <summary>What the grains make of a gateway that is silent, and of one that has forgotten.</summary>
public sealed class GatewayGrainTests
{
    [Fact]
    public void A_clock_that_is_set_forward_loses_no_gateway()
    {
        using var world = new GrainWorld();
        world.Register("dana");
        world.Clock.Step(TimeSpan.FromHours(1));

        Assert.True(world.Ask(world.Grains.GetGrain<IGatewayGrain>(world.Gateway.Id.Value).IsLive()));
    }

    [Fact]
    public void An_emergency_call_whose_invite_was_given_up_does_not_wait_for_ever()
    {
        using var world = new GrainWorld();
        world.Register("dana");
        // The answer to the INVITE is lost, so the gateway refuses it and knows no such leg.
        world.Gateway.Forget(new LegRef(new CallId("call1"), 1));
        world.Ask(world.Call().Start(
            GrainWorld.StartCall("call1", "dana") with { Priority = PriorityClass.Emergency }));
        world.Pass(TimeSpan.FromMinutes(2));

        Assert.Equal(CallPhase.Ended, world.View().Phase);
        Assert.Single(world.Records.All);
    }
}
