using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;

namespace Vrs.Tests.Domain.Grains;

/// <summary>
/// Two things that happen at the same moment, on the production grains: the second is answered, and harmless.
/// </summary>
public sealed class CrossingTests : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    private readonly GrainWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Both_parties_hang_up_at_once()
    {
        Connect();

        var caller = _world.Call().Report(new LegEnded(1, LegEndCause.HungUp));
        var interpreter = _world.Call().Report(new LegEnded(2, LegEndCause.HungUp));

        Assert.Null(_world.Ask(caller));
        Assert.Equal(RefusalReason.Stale, _world.Ask(interpreter)?.Reason);
        _world.Pass(Moment);
        Assert.Equal(EndReason.CallerHungUp, Assert.Single(_world.Records.All).EndReason);
        Assert.Equal(InterpreterStatus.WrapUp, _world.ViewOf("ines").Status);
    }

    [Fact]
    public void An_interpreter_accepts_when_her_offer_has_lapsed()
    {
        _world.ComeToWork("ines");
        _world.Register("dana");
        _world.Dial();
        _world.Pass(Moment);
        var offer = _world.OfferOn("ines");

        _world.Pass(TimeSpan.FromSeconds(16));
        var refusal = _world.Ask(_world.Interpreter("ines").Accept(new CallId("call1"), offer));

        Assert.Equal(RefusalReason.Stale, refusal?.Reason);
        Assert.Empty(_world.Gateway.Of<InviteLeg>());
        Assert.Equal(1, _world.ViewOf("ines").MissedOffers);
    }

    [Fact]
    public void A_caller_gives_up_while_her_interpreter_accepts()
    {
        _world.ComeToWork("ines");
        _world.Register("dana");
        _world.Dial();
        _world.Pass(Moment);

        var accepted = _world.Interpreter("ines").Accept(new CallId("call1"), _world.OfferOn("ines"));
        var cancelled = _world.Call().Report(new LegEnded(1, LegEndCause.Cancelled));
        _world.Ask(accepted);
        _world.Ask(cancelled);
        _world.Pass(Moment);

        Assert.Equal(EndReason.Abandoned, Assert.Single(_world.Records.All).EndReason);
        Assert.Equal(InterpreterStatus.Available, _world.ViewOf("ines").Status);
    }

    [Fact]
    public void A_caller_asks_for_a_callback_while_an_interpreter_is_reserved()
    {
        _world.Register("dana");
        _world.Dial();
        _world.Pass(Moment);
        _world.ComeToWork("ines");
        _world.Pass(Moment);

        var refusal = _world.Ask(_world.Call().RequestCallback(new UserId("dana")));

        Assert.Equal(RefusalReason.WrongState, refusal?.Reason);
        Assert.Equal(CallPhase.Offered, _world.View().Phase);
        Assert.Null(_world.View().CallbackUntil);
    }

    [Fact]
    public void A_callback_survives_a_crash()
    {
        _world.Register("dana");
        _world.Dial();
        _world.Pass(Moment);
        Assert.Null(_world.Ask(_world.Call().RequestCallback(new UserId("dana"))));
        Assert.Equal(RefusalReason.Forbidden, _world.Ask(_world.Call().RequestCallback(new UserId("hana")))?.Reason);

        _world.Crash();
        _world.Register("dana");
        _world.ComeToWork("ines");
        _world.Pass(TimeSpan.FromSeconds(2));
        _world.Ask(_world.Interpreter("ines").Accept(new CallId("call1"), _world.OfferOn("ines")));
        _world.Pass(Moment);

        Assert.Equal(CallPhase.Connected, _world.View().Phase);
        Assert.Null(_world.View().CallbackUntil);
        Assert.Single(_world.Gateway.Of<AcknowledgeLeg>());
    }

    private void Connect()
    {
        _world.ComeToWork("ines");
        _world.Register("dana");
        _world.Dial();
        _world.Pass(Moment);
        Assert.Null(_world.Ask(_world.Interpreter("ines").Accept(new CallId("call1"), _world.OfferOn("ines"))));
        _world.Pass(Moment);
        Assert.Equal(CallPhase.Connected, _world.View().Phase);
    }
}
