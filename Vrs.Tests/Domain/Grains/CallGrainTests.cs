using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;

namespace Vrs.Tests.Domain.Grains;

/// <summary>The production grains on the embedded engine, with a gateway double.</summary>
public sealed class CallGrainTests : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    private readonly GrainWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_relay_call_from_dialing_to_the_record()
    {
        Relay();

        HangUp("dana", AccountRole.Caller);

        Assert.Equal(CallPhase.Ended, _world.View().Phase);
        Assert.Equal(EndReason.CallerHungUp, _world.View().EndReason);
        Assert.Equal([1, 2, 3, 4], _world.Gateway.Of<EndLeg>().Select(end => end.Leg.Number).Order());
        Assert.Equal(InterpreterStatus.WrapUp, _world.ViewOf("ines").Status);
        var record = Assert.Single(_world.Records.All);
        Assert.Equal("7001", record.CaId);
        Assert.Equal("+15550201", record.OutboundNumber);
        Assert.Equal("192.0.2.1", record.OutboundAddress);
        Assert.NotNull(record.ConversationEnd);
    }

    [Fact]
    public void Wrap_up_ends_by_itself_and_the_next_call_is_served()
    {
        Relay();
        HangUp("dana", AccountRole.Caller);

        _world.Pass(TimeSpan.FromSeconds(31));
        Assert.Equal(InterpreterStatus.Available, _world.ViewOf("ines").Status);

        _world.Dial("call2");
        _world.Pass(Moment);
        Assert.Equal(CallPhase.Offered, _world.View("call2").Phase);
    }

    [Fact]
    public void An_offer_that_lapses_goes_to_the_next_interpreter()
    {
        _world.ComeToWork("ines");
        _world.ComeToWork("ivan");
        _world.Register("dana");
        _world.Dial();
        _world.Pass(Moment);
        Assert.Equal(InterpreterStatus.Reserved, _world.ViewOf("ines").Status);

        _world.Pass(TimeSpan.FromSeconds(16));

        Assert.Equal(InterpreterStatus.Available, _world.ViewOf("ines").Status);
        Assert.Equal(1, _world.ViewOf("ines").MissedOffers);
        Assert.Equal(InterpreterStatus.Reserved, _world.ViewOf("ivan").Status);
        Assert.Equal(CallPhase.Offered, _world.View().Phase);
    }

    [Fact]
    public void Three_missed_offers_are_a_break()
    {
        _world.ComeToWork("ines");
        _world.Register("dana");
        _world.Dial();

        _world.Pass(TimeSpan.FromMinutes(3));

        Assert.Equal(InterpreterStatus.Break, _world.ViewOf("ines").Status);
        Assert.Equal(BreakKind.MissedOffers, _world.ViewOf("ines").BreakKind);
    }

    [Fact]
    public void The_same_invite_twice_is_one_call()
    {
        _world.Register("dana");
        var first = _world.Dial();
        var second = _world.Dial();

        Assert.Equal(1, first.Leg);
        Assert.Equal(1, second.Leg);
        Assert.Null(second.Refusal);
        Assert.Single(_world.View().Legs);
    }

    [Fact]
    public void The_hearing_party_is_busy_and_another_number_is_dialed()
    {
        Connect();
        _world.Gateway.Reject(LegRole.Callee, 486);
        DialOut("first");
        Assert.Equal(CallPhase.Connected, _world.View().Phase);
        Assert.Equal(486, _world.View().CalleeStatus);
        Assert.Equal(486, _world.Gateway.Of<EndLeg>().Single(end => end.Leg.Number == 3).Status);

        _world.Gateway.Accept(LegRole.Callee);
        DialOut("second");
        Assert.Equal(CallPhase.Relaying, _world.View().Phase);
    }

    [Fact]
    public void A_callee_without_device_is_unreachable_at_once()
    {
        Connect(registerCallee: false);
        DialOut("first");

        Assert.Equal(CallPhase.Connected, _world.View().Phase);
        Assert.Equal(480, _world.View().CalleeStatus);
    }

    [Fact]
    public void A_lost_interpreter_is_replaced_and_everybody_else_is_kept()
    {
        Relay();
        _world.ComeToWork("ivan");

        _world.LoseFlow("ines");
        Assert.Equal(CallPhase.Relaying, _world.View().Phase);
        _world.Pass(TimeSpan.FromSeconds(21));
        Assert.Equal(CallPhase.Recovering, _world.View().Phase);
        Assert.Equal(InterpreterStatus.Reserved, _world.ViewOf("ivan").Status);

        Accept("ivan");
        Assert.Equal(CallPhase.Connected, _world.View().Phase);
        Assert.Equal("7002", _world.View().CaId);
        Assert.Equal(
            [LegRole.Callee, LegRole.InterpreterToCaller, LegRole.Caller], _world.View().Legs.Select(leg => leg.Role));

        var rejoin = _world.Ask(_world.Call().Dial(new DialCallee(
            GrainWorld.PartyOf("ivan"), null, null, GrainWorld.Dialog("call1", "rejoin"), new SdpText("v=0 rejoin"))));
        Assert.Null(rejoin.Refusal);
        _world.Pass(Moment);
        Assert.Equal(CallPhase.Relaying, _world.View().Phase);

        HangUp("dana", AccountRole.Caller);
        Assert.Equal("7001,7002", Assert.Single(_world.Records.All).CaId);
    }

    [Fact]
    public void A_caller_who_drops_while_waiting_keeps_her_place()
    {
        _world.Register("dana");
        _world.Dial();
        _world.Pass(Moment);
        _world.LoseFlow("dana");
        Assert.True(_world.View().CallerAway);

        _world.ComeToWork("ines");
        _world.Pass(Moment);
        Assert.Equal(CallPhase.Queued, _world.View().Phase);

        _world.Register("dana");
        var back = _world.Ask(_world.Call().Resume(new ResumeCall(
            GrainWorld.PartyOf("dana", "+15550101"), GrainWorld.Dialog("call1", "back"), new SdpText("v=0 back"))));
        Assert.Equal(2, back.Leg);
        _world.Pass(Moment);
        Assert.Equal(CallPhase.Offered, _world.View().Phase);
        Accept("ines");
        Assert.Equal(CallPhase.Connected, _world.View().Phase);
    }

    [Fact]
    public void A_caller_who_does_not_come_back_loses_her_place()
    {
        _world.Register("dana");
        _world.Dial();
        _world.Pass(Moment);
        _world.LoseFlow("dana");

        _world.Pass(TimeSpan.FromSeconds(61));

        Assert.Equal(EndReason.CallerLost, _world.View().EndReason);
        Assert.Single(_world.Records.All);
    }

    [Fact]
    public void After_a_crash_the_hang_up_still_ends_the_call_with_its_record()
    {
        Relay();

        _world.Crash();
        _world.Register("dana");
        _world.Register("ines");
        _world.Register("hana");
        HangUp("dana", AccountRole.Caller);

        Assert.Equal(EndReason.CallerHungUp, _world.View().EndReason);
        Assert.Single(_world.Records.All);
        Assert.Equal(4, _world.Gateway.Of<EndLeg>().Count(end => end.Dialog is not null));
        Assert.Equal(InterpreterStatus.WrapUp, _world.ViewOf("ines").Status);
    }

    [Fact]
    public void A_crash_that_nobody_survives_ends_the_call_by_itself()
    {
        Relay();

        _world.Crash();
        _world.Pass(TimeSpan.FromMinutes(5));

        Assert.Equal(CallPhase.Ended, _world.View().Phase);
        Assert.Single(_world.Records.All);
        Assert.Equal(InterpreterStatus.SignedOut, _world.ViewOf("ines").Status);
    }

    [Fact]
    public void An_interpreter_who_did_not_survive_a_crash_is_not_offered_calls_for_long()
    {
        _world.ComeToWork("ines");

        _world.Crash();
        _world.Pass(TimeSpan.FromMinutes(3));

        Assert.Equal(InterpreterStatus.SignedOut, _world.ViewOf("ines").Status);
        _world.Register("dana");
        _world.Dial();
        _world.Pass(Moment);
        Assert.Equal(CallPhase.Queued, _world.View().Phase);
    }

    [Fact]
    public void Every_activation_may_be_dropped_at_any_time()
    {
        for (var turn = 0; turn < 60; turn += 3)
        {
            using var world = new GrainWorld(seed: 7);
            world.ComeToWork("ines");
            world.Register("dana");
            world.Register("hana");
            _ = world.Call().Start(GrainWorld.StartCall("call1", "dana"));
            world.RunTurns(turn);
            world.DropAll();
            world.Pass(Moment);
            world.Dial();
            world.Pass(TimeSpan.FromSeconds(10));

            var phase = world.View().Phase;
            Assert.True(
                phase is CallPhase.Offered or CallPhase.Queued,
                $"dropped after {turn} turns the call is {phase}");
            Assert.Null(world.Ask(world.Call().HangUp(new HangUpRequest(new UserId("dana"), AccountRole.Caller))));
            world.Pass(TimeSpan.FromSeconds(5));
            Assert.Single(world.Records.All);
            Assert.NotEqual(InterpreterStatus.Reserved, world.ViewOf("ines").Status);
        }
    }

    private void Connect(bool registerCallee = true)
    {
        _world.ComeToWork("ines");
        _world.Register("dana");
        if (registerCallee)
        {
            _world.Register("hana");
        }

        var admission = _world.Dial();
        Assert.Null(admission.Refusal);
        _world.Pass(Moment);
        Assert.Equal(CallPhase.Offered, _world.View().Phase);
        Accept("ines");
        Assert.Equal(CallPhase.Connected, _world.View().Phase);
    }

    private void Relay()
    {
        Connect();
        DialOut("dial");
        Assert.Equal(CallPhase.Relaying, _world.View().Phase);
    }

    private void DialOut(string leg)
    {
        var admission = _world.Ask(_world.Call().Dial(new DialCallee(
            GrainWorld.PartyOf("ines"),
            "+15550201",
            new UserId("hana"),
            GrainWorld.Dialog("call1", leg),
            new SdpText("v=0 dial"))));
        Assert.Null(admission.Refusal);
        _world.Pass(Moment);
    }

    private void Accept(string interpreter)
    {
        var call = _world.View().Call;
        var offer = _world.OfferOn(interpreter);
        Assert.Null(_world.Ask(_world.Interpreter(interpreter).Accept(call, offer)));
        _world.Pass(Moment);
    }

    private void HangUp(string user, AccountRole role)
    {
        Assert.Null(_world.Ask(_world.Call().HangUp(new HangUpRequest(new UserId(user), role))));
        _world.Pass(Moment);
    }
}
