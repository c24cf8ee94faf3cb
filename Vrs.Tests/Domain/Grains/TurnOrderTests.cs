using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;

namespace Vrs.Tests.Domain.Grains;

/// <summary>One relay call under many orders of turns. <c>VRS_SEED</c> repeats one.</summary>
public sealed class TurnOrderTests
{
    private const int Orders = 40;

    [Fact]
    public void Whatever_the_order_of_turns_a_call_is_relayed_and_recorded()
    {
        var fixedSeed = Environment.GetEnvironmentVariable("VRS_SEED");
        foreach (var seed in fixedSeed is null ? Enumerable.Range(0, Orders) : [int.Parse(fixedSeed)])
        {
            var fault = Record.Exception(() => Relay(seed));
            Assert.True(
                fault is null,
                $"VRS_SEED={seed} dotnet test Vrs.Tests --filter TurnOrderTests repeats this: {fault}");
        }
    }

    private static void Relay(int seed)
    {
        var moment = TimeSpan.FromMilliseconds(100);
        using var world = new GrainWorld(seed);
        world.ComeToWork("ines");
        world.ComeToWork("ivan");
        world.Register("dana");
        world.Register("hana");
        world.Dial();
        world.Pass(moment);
        var asked = new[] { "ines", "ivan" }.Single(who => world.ViewOf(who).Status is InterpreterStatus.Reserved);
        Assert.Null(world.Ask(world.Interpreter(asked).Accept(new CallId("call1"), world.OfferOn(asked))));
        world.Pass(moment);
        Assert.Equal(CallPhase.Connected, world.View().Phase);

        Assert.Null(world.Ask(world.Call().Dial(new DialCallee(
            GrainWorld.PartyOf(asked),
            "+15550201",
            new UserId("hana"),
            GrainWorld.Dialog("call1", "dial"),
            new SdpText("v=0 dial")))).Refusal);
        world.Pass(moment);
        Assert.Equal(CallPhase.Relaying, world.View().Phase);

        Assert.Null(world.Ask(world.Call().HangUp(new HangUpRequest(new UserId("hana"), AccountRole.Phone))));
        world.Pass(TimeSpan.FromSeconds(61));
        Assert.Equal(EndReason.CalleeHungUp, world.View().EndReason);
        Assert.Single(world.Records.All);
        Assert.Equal(InterpreterStatus.WrapUp, world.ViewOf(asked).Status);
        world.Pass(TimeSpan.FromSeconds(31));
        Assert.Equal(InterpreterStatus.Available, world.ViewOf(asked).Status);
    }
}
