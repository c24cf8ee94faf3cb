using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;

namespace Vrs.Tests.Domain.Grains;

/// <summary>An answer comes when nobody waits for it any more.</summary>
public sealed class LateAnswerTests : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    private readonly GrainWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void An_interpreter_who_is_reserved_for_a_place_that_was_given_up_meanwhile_is_let_go()
    {
        _world.ComeToWork("ines");
        _world.Register("dana");
        _world.Transit.DelayNextAnswer("IInterpreterGrain.Reserve", TimeSpan.FromSeconds(2));
        _world.Dial();
        _world.Pass(Moment);
        Assert.Equal(InterpreterStatus.Reserved, _world.ViewOf("ines").Status);

        _world.Ask(_world.Call().HangUp(new HangUpRequest(new UserId("dana"), AccountRole.Caller)));
        _world.Pass(TimeSpan.FromSeconds(3));

        Assert.Equal(InterpreterStatus.Available, _world.ViewOf("ines").Status);
    }

    [Fact]
    public void An_attempt_that_was_given_up_says_nothing_when_its_answer_comes_after_all()
    {
        _world.ComeToWork("ines");
        _world.Register("dana");
        _world.Transit.DelayNextAnswer("IInterpreterGrain.Reserve", TimeSpan.FromSeconds(12));
        _world.Dial();
        _world.Pass(TimeSpan.FromSeconds(8));
        var asked = _world.OfferOn("ines");

        _world.Pass(TimeSpan.FromSeconds(5));

        Assert.Equal(asked, _world.OfferOn("ines"));
        Assert.Equal(CallPhase.Offered, _world.View().Phase);
    }
}
