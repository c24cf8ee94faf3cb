using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;

namespace Vrs.Tests.Domain.Grains;

/// <summary>A device that was away when its call ended is told when it is back, so that it keeps no dead leg.</summary>
public sealed class LateEndTests : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    /// <summary>Within this an effect is tried again, and a call is woken after a crash.</summary>
    private static readonly TimeSpan NextAttempt = TimeSpan.FromSeconds(90);

    private readonly GrainWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Whose_gateway_was_away_for_two_minutes_is_told_then()
    {
        EndWithoutHer();

        _world.Pass(TimeSpan.FromMinutes(2));
        Assert.DoesNotContain(_world.Gateway.Of<EndLeg>(), IsHers);
        _world.Register("dana");
        _world.Pass(NextAttempt);

        Assert.Single(_world.Gateway.Of<EndLeg>(), IsHers);
    }

    [Fact]
    public void The_time_in_which_the_server_was_down_does_not_count()
    {
        EndWithoutHer();

        _world.Clock.Step(TimeSpan.FromMinutes(10));
        _world.Crash();
        _world.Pass(NextAttempt);
        Assert.DoesNotContain(_world.Gateway.Of<EndLeg>(), IsHers);
        _world.Register("dana");
        _world.Pass(NextAttempt);

        Assert.Single(_world.Gateway.Of<EndLeg>(), IsHers);
    }

    [Fact]
    public void Nobody_is_waited_for_longer_than_her_session_lasts()
    {
        EndWithoutHer();

        _world.Pass(TimeSpan.FromMinutes(4));
        _world.Register("dana");
        _world.Pass(NextAttempt);

        Assert.DoesNotContain(_world.Gateway.Of<EndLeg>(), IsHers);
    }

    /// <summary>A caller's leg is the first of her call.</summary>
    private static bool IsHers(EndLeg end) => end.Leg.Number == 1;

    private void EndWithoutHer()
    {
        _world.ComeToWork("ines");
        _world.Register("dana");
        _world.Dial();
        _world.Pass(Moment);
        _world.Ask(_world.Interpreter("ines").Accept(new CallId("call1"), _world.OfferOn("ines")));
        _world.Pass(Moment);
        _world.LoseFlow("dana");
        _world.Pass(Moment);
        Assert.Null(_world.Ask(_world.Call().HangUp(new HangUpRequest(new UserId("dana"), AccountRole.Operator))));
        _world.Pass(Moment);
    }
}
