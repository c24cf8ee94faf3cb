using Vrs.Grains.Domain.Queues;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;

namespace Vrs.Tests.Domain.Grains;

/// <summary>
/// The answer to a caller's INVITE is lost with her connection: her device calls again, and she is let back in.
/// </summary>
public sealed class LostAnswerTests : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Pause = QueueLimits.Default.ReofferPause + Moment;

    private readonly GrainWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void She_is_connected_again_with_the_same_interpreter()
    {
        Connect();

        Assert.Null(CallAgain("back").Refusal);
        _world.Pass(Moment);

        Assert.Equal(CallPhase.Connected, _world.View().Phase);
        Assert.Equal(InterpreterStatus.OnCall, _world.ViewOf("ines").Status);
        Assert.Equal(2, _world.Gateway.Of<AnswerLeg>().Count());
        Assert.Equal(2, _world.Gateway.Of<InviteLeg>().Count());
    }

    [Fact]
    public void Her_hang_up_after_that_ends_the_call_with_one_record()
    {
        Connect();
        var back = CallAgain("back");
        _world.Pass(Moment);

        Assert.Null(_world.Ask(_world.Call().Report(new LegEnded(back.Leg, LegEndCause.HungUp))));
        _world.Pass(Moment);

        Assert.Equal(EndReason.CallerHungUp, Assert.Single(_world.Records.All).EndReason);
        Assert.Equal(InterpreterStatus.WrapUp, _world.ViewOf("ines").Status);
    }

    [Fact]
    public void A_hang_up_while_she_is_connected_again_is_that_of_an_answered_call()
    {
        Connect();
        _world.Gateway.KeepSilent(LegRole.InterpreterToCaller);
        var back = CallAgain("back");
        _world.Pass(Moment);

        Assert.Null(_world.Ask(_world.Call().Report(new LegEnded(back.Leg, LegEndCause.Cancelled))));
        _world.Pass(Moment);

        Assert.Equal(EndReason.CallerHungUp, Assert.Single(_world.Records.All).EndReason);
    }

    [Fact]
    public void When_the_interpreters_device_does_not_take_her_another_offer_is_made_ahead_of_all()
    {
        Connect();
        _world.Register("deniz");
        _world.Dial("call2", "deniz");
        _world.Pass(Moment);
        _world.Gateway.Reject(LegRole.InterpreterToCaller, 480);

        Assert.Null(CallAgain("back").Refusal);
        _world.Pass(Moment);
        _world.Gateway.Accept(LegRole.InterpreterToCaller);
        Assert.Equal((CallPhase.Offered, CallPhase.Queued), (_world.View().Phase, _world.View("call2").Phase));
        Assert.Null(_world.Ask(_world.Interpreter("ines").Accept(new CallId("call1"), _world.OfferOn("ines"))));
        _world.Pass(Moment);

        Assert.Equal(CallPhase.Connected, _world.View().Phase);
    }

    [Fact]
    public void A_second_loss_keeps_a_place_for_her()
    {
        Connect();
        _world.Gateway.KeepSilent(LegRole.InterpreterToCaller);
        var back = CallAgain("back");
        _world.Pass(Moment);
        _world.Tell(_world.Call().FlowChanged(back.Leg, up: false));
        _world.Pass(Moment);
        Assert.Equal(CallPhase.Queued, _world.View().Phase);

        Assert.Null(CallAgain("again").Refusal);
        _world.Pass(TimeSpan.FromSeconds(1));

        Assert.Equal(CallPhase.Offered, _world.View().Phase);
    }

    [Fact]
    public void While_another_interpreter_is_found_she_waits_for_that_one_ahead_of_all()
    {
        Connect();
        _world.Register("deniz");
        _world.Dial("call2", "deniz");
        _world.LoseFlow("ines");
        _world.Pass(TimeSpan.FromMinutes(1) / 2);
        Assert.Equal(CallPhase.Recovering, _world.View().Phase);

        Assert.Null(CallAgain("back").Refusal);
        _world.Pass(Moment);
        Assert.Equal((CallPhase.Queued, CallPhase.Queued), (_world.View().Phase, _world.View("call2").Phase));
        _world.ComeToWork("ivan");
        _world.Pass(Moment);
        Assert.Equal((CallPhase.Offered, CallPhase.Queued), (_world.View().Phase, _world.View("call2").Phase));
        Assert.Null(_world.Ask(_world.Interpreter("ivan").Accept(new CallId("call1"), _world.OfferOn("ivan"))));
        _world.Pass(Moment);

        Assert.Equal(CallPhase.Connected, _world.View().Phase);
        Assert.Equal(2, _world.Gateway.Of<AnswerLeg>().Count());
    }

    [Fact]
    public void Called_again_while_somebody_is_asked_for_her_she_keeps_her_place()
    {
        Connect();
        _world.LoseFlow("ines");
        _world.ComeToWork("ivan");
        _world.Pass(TimeSpan.FromMinutes(1) / 2);
        Assert.Equal(InterpreterStatus.Reserved, _world.ViewOf("ivan").Status);

        Assert.Null(CallAgain("back").Refusal);
        _world.Pass(Pause);
        Assert.Null(_world.Ask(_world.Interpreter("ivan").Accept(new CallId("call1"), _world.OfferOn("ivan"))));
        _world.Pass(Moment);

        Assert.Equal(CallPhase.Connected, _world.View().Phase);
        Assert.Equal(InterpreterStatus.OnCall, _world.ViewOf("ivan").Status);
    }

    [Fact]
    public void A_loss_while_she_is_offered_again_keeps_a_place_for_her()
    {
        Connect();
        _world.Gateway.Reject(LegRole.InterpreterToCaller, 480);
        Assert.Null(CallAgain("back").Refusal);
        _world.Pass(Moment);
        _world.Gateway.Accept(LegRole.InterpreterToCaller);
        Assert.Equal(CallPhase.Offered, _world.View().Phase);

        Assert.Null(CallAgain("again").Refusal);
        _world.Pass(Pause);

        Assert.Equal(CallPhase.Offered, _world.View().Phase);
    }

    [Fact]
    public void Set_ups_that_fail_while_her_connection_comes_and_goes_do_not_end_her_call()
    {
        _world.ComeToWork("ines");
        _world.Register("dana");
        _world.Dial();
        _world.Pass(Moment);
        for (var loss = 1; loss <= 5; loss++)
        {
            _world.Gateway.Reject(LegRole.InterpreterToCaller, 480);
            Assert.Null(_world.Ask(_world.Interpreter("ines").Accept(new CallId("call1"), _world.OfferOn("ines"))));
            _world.Pass(Moment);
            Assert.Null(CallAgain($"back{loss}").Refusal);
            _world.Pass(Pause);
        }

        Assert.Equal(CallPhase.Offered, _world.View().Phase);
    }

    [Fact]
    public void While_she_waits_she_may_go_on_at_another_device_and_the_first_is_told_to_stop()
    {
        _world.Register("dana");
        _world.Dial();
        _world.Pass(Moment);
        Assert.Equal(CallPhase.Queued, _world.View().Phase);

        Assert.Null(CallAgain("tablet").Refusal);
        _world.Pass(Moment);

        Assert.Equal(CallPhase.Queued, _world.View().Phase);
        var ended = Assert.Single(_world.Gateway.Of<EndLeg>());
        Assert.Equal((1, 487), (ended.Leg.Number, ended.Status));
    }

    [Fact]
    public void Nobody_else_is_let_in()
    {
        Connect();
        _world.Register("deniz");

        var theft = _world.Ask(_world.Call().Resume(new ResumeCall(
            GrainWorld.PartyOf("deniz"), GrainWorld.Dialog("call1", "theft"), new SdpText("v=0"))));

        Assert.Equal(RefusalReason.Forbidden, theft.Refusal?.Reason);
        Assert.Equal(CallPhase.Connected, _world.View().Phase);
    }

    private LegAdmission CallAgain(string dialog) => _world.Ask(_world.Call().Resume(new ResumeCall(
        GrainWorld.PartyOf("dana", "+15550101"), GrainWorld.Dialog("call1", dialog), new SdpText("v=0 again"))));

    private void Connect()
    {
        _world.ComeToWork("ines");
        _world.Register("dana");
        _world.Dial();
        _world.Pass(Moment);
        Assert.Null(_world.Ask(_world.Interpreter("ines").Accept(new CallId("call1"), _world.OfferOn("ines"))));
        _world.Pass(Moment);
        _world.LoseFlow("dana");
        _world.Register("dana");
        Assert.Equal(CallPhase.Connected, _world.View().Phase);
    }
}
