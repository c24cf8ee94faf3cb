using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Queues;

namespace Vrs.Tests.Domain.Grains;

/// <summary>
/// An emergency call that waits again stands ahead of all as before, whatever it waits for (47 CFR 9.14(b)(2)(ii)).
/// </summary>
public sealed class EmergencyRecoveryTests : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    private readonly GrainWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void One_that_loses_its_interpreter_is_served_before_a_call_that_waited_for_longer_than_any_head_start()
    {
        WaitForLong();
        _world.LoseFlow("ines");
        _world.Pass(CallDeadlines.Default.Grace + Moment);
        Assert.Equal(CallPhase.Recovering, _world.View("call2").Phase);

        _world.ComeToWork("ivan");
        _world.Pass(Moment);

        Assert.Null(_world.Ask(_world.Interpreter("ivan").Accept(new CallId("call2"), _world.OfferOn("ivan"))));
    }

    [Fact]
    public void One_whose_interpreter_asks_for_a_colleague_is_too()
    {
        WaitForLong();
        var wanted = new ColleagueRequest(new UserId("ines"), AccountRole.Interpreter, ColleaguePurpose.Relief);
        Assert.Null(_world.Ask(_world.Call("call2").AskForColleague(wanted)));
        _world.Pass(Moment);

        _world.ComeToWork("ivan");
        _world.Pass(Moment);

        Assert.Null(_world.Ask(_world.Interpreter("ivan").Accept(new CallId("call2"), _world.OfferOn("ivan"))));
    }

    /// <summary>Dana waits for a quarter of an hour and more; then deniz dials 911, and ines serves him.</summary>
    private void WaitForLong()
    {
        _world.Register("dana");
        _world.Dial();
        _world.Pass(TimeSpan.FromMinutes(20));
        _world.Register("deniz");
        var emergency = GrainWorld.StartCall("call2", "deniz") with { Priority = PriorityClass.Emergency };
        Assert.Null(_world.Ask(_world.Call("call2").Start(emergency)).Refusal);
        _world.ComeToWork("ines");
        _world.Pass(Moment);
        Assert.Null(_world.Ask(_world.Interpreter("ines").Accept(new CallId("call2"), _world.OfferOn("ines"))));
        _world.Pass(Moment);
        Assert.Equal(CallPhase.Connected, _world.View("call2").Phase);
    }
}
