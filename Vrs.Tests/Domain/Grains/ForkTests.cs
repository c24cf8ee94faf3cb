using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;

namespace Vrs.Tests.Domain.Grains;

/// <summary>The called party has two devices: what their legs become, on the production grains.</summary>
public sealed class ForkTests : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    private readonly GrainWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Both_devices_ring_with_the_same_offer()
    {
        Dial("hana", "hana2");

        var invites = _world.Gateway.Of<InviteLeg>().Where(invite => invite.Role is LegRole.Callee).ToList();
        Assert.Equal([4, 5], invites.Select(invite => invite.Leg.Number).Order());
        Assert.Equal(["v=0 dial", "v=0 dial"], invites.Select(invite => invite.Offer!.Text));
        Assert.Single(_world.Gateway.Of<SendProgress>(), progress => progress.Status == 180);
    }

    [Fact]
    public void Of_two_answers_the_first_wins_and_the_other_is_told_that_its_leg_is_over()
    {
        Dial("hana", "hana2");

        var first = _world.Call().Report(Answer(leg: 5));
        var second = _world.Call().Report(Answer(leg: 4));

        Assert.Null(_world.Ask(first));
        Assert.Equal(RefusalReason.Stale, _world.Ask(second)?.Reason);
        Assert.Equal(CallPhase.Relaying, _world.View().Phase);
        var end = Assert.Single(_world.Gateway.Of<EndLeg>());
        Assert.Equal((4, 200), (end.Leg.Number, end.Status));
    }

    [Fact]
    public void The_record_names_the_device_that_answered()
    {
        Dial("hana2", "hana");
        _world.Ask(_world.Call().Report(Answer(leg: 5)));

        _world.Ask(_world.Call().HangUp(new HangUpRequest(new UserId("dana"), AccountRole.Caller)));
        _world.Pass(Moment);

        Assert.Equal("192.0.2.2", Assert.Single(_world.Records.All).OutboundAddress);
    }

    [Fact]
    public void A_device_that_loses_its_connection_is_out_and_the_last_one_ends_the_attempt()
    {
        Dial("hana", "hana2");

        _world.LoseFlow("hana2");
        Assert.Equal(CallPhase.Dialing, _world.View().Phase);
        _world.LoseFlow("hana");

        Assert.Equal(CallPhase.Connected, _world.View().Phase);
        Assert.Equal(480, _world.View().CalleeStatus);
    }

    [Fact]
    public void A_crash_while_it_rings_locates_nobody_twice()
    {
        Dial("hana", "hana2");

        _world.DropAll();
        _world.Pass(Moment);

        Assert.Equal([1, 2, 3, 4, 5], _world.View().Legs.Select(leg => leg.Number));
        Assert.Equal(2, _world.Gateway.Of<InviteLeg>().Count(invite => invite.Role is LegRole.Callee));
    }

    private void Dial(params string[] devices)
    {
        _world.ComeToWork("ines");
        _world.Register("dana");
        Array.ForEach(devices, _world.Register);
        _world.Gateway.KeepSilent(LegRole.Callee);
        _world.Dial();
        _world.Pass(Moment);
        Assert.Null(_world.Ask(_world.Interpreter("ines").Accept(new CallId("call1"), _world.OfferOn("ines"))));
        _world.Pass(Moment);
        Assert.Null(_world.Ask(_world.Call().Dial(new DialCallee(
            GrainWorld.PartyOf("ines"),
            "+15550201",
            new UserId("hana"),
            GrainWorld.Dialog("call1", "dial"),
            new SdpText("v=0 dial")))).Refusal);
        _world.Pass(Moment);
    }

    private static LegAnswered Answer(int leg) =>
        new(leg, GrainWorld.Dialog("call1", $"leg{leg}"), new SdpText($"v=0 leg {leg}"));
}
