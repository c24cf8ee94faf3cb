using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;

namespace Vrs.Tests.Domain.Grains;

/// <summary>A write that fails, before or after it took, loses nothing that anybody was told.</summary>
public sealed class StorageFailureTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_invite_whose_write_failed_is_told_so_and_may_be_sent_again(bool afterwards)
    {
        using var world = new GrainWorld();
        world.Register("dana");
        world.Storage.FailNext("call", afterwards);

        var start = world.Call().Start(GrainWorld.StartCall("call1", "dana"));
        world.Settle();
        Assert.True(start.IsFaulted);
        Assert.NotNull(start.Exception);

        Assert.Equal(1, world.Dial().Leg);
        world.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(CallPhase.Queued, world.View().Phase);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_hang_up_whose_write_failed_ends_the_call_at_the_second_try_with_one_record(bool afterwards)
    {
        using var world = new GrainWorld();
        world.Register("dana");
        world.Dial();
        world.Pass(TimeSpan.FromSeconds(1));
        world.Storage.FailNext("call", afterwards);

        var hangUp = new HangUpRequest(new UserId("dana"), AccountRole.Caller);
        var first = world.Call().HangUp(hangUp);
        world.Settle();
        Assert.True(first.IsFaulted);
        Assert.NotNull(first.Exception);
        Assert.Null(world.Ask(world.Call().HangUp(hangUp)));
        world.Pass(TimeSpan.FromSeconds(1));

        Assert.Equal(EndReason.Abandoned, world.View().EndReason);
        Assert.Single(world.Records.All);
    }
}
