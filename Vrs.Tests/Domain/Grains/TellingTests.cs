using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Consoles;
using Vrs.Grains.Interfaces.Interpreters;

namespace Vrs.Tests.Domain.Grains;

/// <summary>Pages are told how things stand in the end, whatever was lost on the way.</summary>
public sealed class TellingTests : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    /// <summary>A lost request is known to be lost after this; then it is tried again.</summary>
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(90);

    private readonly GrainWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_caller_sees_that_her_call_has_ended_although_telling_it_failed_at_first()
    {
        _world.Register("dana");
        _world.Dial();
        _world.Pass(Moment);

        _world.Transit.LoseNext("IConsoleGrain.Publish", times: 2);
        Assert.Null(_world.Ask(_world.Call().HangUp(new HangUpRequest(new UserId("dana"), AccountRole.Operator))));
        _world.Pass(LongEnough);

        var shown = Assert.Single(_world.ShownOn("dana").OfType<CallChanged>());
        Assert.Equal(CallPhase.Ended, shown.View.Phase);
    }

    [Fact]
    public void An_interpreter_who_was_let_go_sees_that_the_call_is_over_although_telling_it_failed_at_first()
    {
        _world.ComeToWork("ines");
        _world.Register("dana");
        _world.Dial();
        _world.Pass(Moment);
        _world.Ask(_world.Interpreter("ines").Accept(new CallId("call1"), _world.OfferOn("ines")));
        _world.Pass(Moment);

        _world.Transit.LoseNext("IConsoleGrain.Publish", times: 2);
        Assert.Null(_world.Ask(_world.Call().HangUp(new HangUpRequest(new UserId("dana"), AccountRole.Operator))));
        _world.Pass(LongEnough);

        var shown = Assert.Single(_world.ShownOn("ines").OfType<CallChanged>());
        Assert.Equal(CallPhase.Ended, shown.View.Phase);
    }

    [Fact]
    public void An_interpreter_sees_her_own_status_although_telling_it_failed_at_first()
    {
        _world.ComeToWork("ines");
        _world.Pass(Moment);

        _world.Transit.LoseNext("IConsoleGrain.Publish", times: 2);
        Assert.Null(_world.Ask(_world.Interpreter("ines").TakeBreak(BreakKind.Rest, "")));
        _world.Pass(LongEnough);

        var shown = Assert.Single(_world.ShownOn("ines").OfType<InterpreterChanged>());
        Assert.Equal(InterpreterStatus.Break, shown.View.Status);
    }

    [Fact]
    public void A_place_that_is_told_before_the_call_stands_in_line_is_not_lost()
    {
        _world.Register("dana");
        _world.Register("deniz");
        _world.Dial("call1");
        _world.Pass(Moment);

        // The queue has taken the call and says so; the news of that comes after the first place.
        _world.Transit.DelayNextAnswer("IQueueGrain.Join", TimeSpan.FromSeconds(3));
        _world.Dial("call2", "deniz");
        _world.Pass(TimeSpan.FromSeconds(30));

        Assert.Equal(2, _world.View("call2").Queue?.Position);
    }
}
