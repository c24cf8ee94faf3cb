using Vrs.Bench.Headless;

namespace Vrs.Tests.Integration;

/// <summary>The ordinary course of a relay call on a real server, and every way to end it.</summary>
public sealed class RelayCallTests : RelayTest
{
    [Fact]
    public async Task Three_people_are_connected_and_the_callers_hang_up_frees_everybody()
    {
        var (dana, ines, hana) = await World.OpenThree();
        var relayed = await RelayWorld.Relay(dana, ines, hana);

        Assert.Equal(200, (await relayed.Caller.HangUp()).Status);

        await relayed.Ends();
        await ines.Page.Status("wrapUp", Wait.Reply);
        var end = await dana.Page.Phase(relayed.Call, "ended", Wait.Reply);
        Assert.Equal("callerHungUp", end.EndReason);
    }

    [Fact]
    public async Task Each_pair_of_legs_gets_each_others_session_description()
    {
        var (dana, ines, hana) = await World.OpenThree();
        var relayed = await RelayWorld.Relay(dana, ines, hana);

        Assert.Contains("m=video", relayed.Interpreter.RemoteSdp, StringComparison.Ordinal);
        Assert.Contains("m=video", relayed.Caller.RemoteSdp, StringComparison.Ordinal);
        Assert.DoesNotContain("m=video", relayed.Callee.RemoteSdp, StringComparison.Ordinal);
        Assert.DoesNotContain("G722", relayed.Interpreter.RemoteSdp, StringComparison.Ordinal);
        Assert.DoesNotContain("AV1", relayed.Interpreter.RemoteSdp, StringComparison.Ordinal);
        foreach (var leg in relayed.Legs)
        {
            Assert.Contains("UDP/TLS/RTP/SAVPF", leg.RemoteSdp, StringComparison.Ordinal);
            Assert.Contains("a=fingerprint:sha-256", leg.RemoteSdp, StringComparison.Ordinal);
            Assert.Equal(relayed.Call, leg.RelayCall);
        }
    }

    [Fact]
    public async Task Every_leg_carries_the_same_session_id()
    {
        var (dana, ines, hana) = await World.OpenThree();
        await RelayWorld.Relay(dana, ines, hana);

        var ids = new[] { dana, ines, hana }
            .SelectMany(a => a.Phone.Wire.Items)
            .Where(l => !l.Sent && l.Message.CSeqMethod is "INVITE" or "ACK" && l.Message.Status != 100)
            .Select(l => (l.Message["Session-ID"] ?? "none").Split(';')[0]);
        Assert.Matches("^[0-9a-f]{32}$", Assert.Single(ids.Distinct()));
    }

    [Fact]
    public async Task The_interpreters_hang_up_ends_the_call_for_everybody()
    {
        var (dana, ines, hana) = await World.OpenThree();
        var relayed = await RelayWorld.Relay(dana, ines, hana);

        await relayed.Interpreter.HangUp();

        await relayed.Ends();
        var end = await dana.Page.Phase(relayed.Call, "ended", Wait.Reply);
        Assert.Equal("interpreterHungUp", end.EndReason);
    }

    [Fact]
    public async Task When_the_hearing_party_hangs_up_the_interpreter_can_dial_again()
    {
        var (dana, ines, hana) = await World.OpenThree();
        var hugo = await World.Open("hugo");
        var relayed = await RelayWorld.Relay(dana, ines, hana);

        await relayed.Callee.HangUp();
        Assert.Equal("BYE", await relayed.Dial.EndsWithin(Wait.Reply));
        var again = await ines.Phone.Call(hugo.Number, Sdp.AudioOffer(), ("Vrs-Call", relayed.Call));
        await (await hugo.Phone.NextCall(Wait.Reply)).AnswerAndConfirm(Wait.Reply);

        await again.Answered(Wait.Reply);
        Assert.False(relayed.Caller.Ended.IsCompleted);
        Assert.False(relayed.Interpreter.Ended.IsCompleted);
    }

    [Fact]
    public async Task The_page_can_hang_up_when_sip_cannot()
    {
        var (dana, ines, hana) = await World.OpenThree();
        var relayed = await RelayWorld.Relay(dana, ines, hana);

        Assert.Null(await dana.Page.HangUp(relayed.Call));

        await relayed.Ends();
    }

    [Fact]
    public async Task After_wrap_up_the_interpreter_serves_the_next_caller()
    {
        var (dana, ines, hana) = await World.OpenThree();
        var first = await RelayWorld.Relay(dana, ines, hana);
        await first.Caller.HangUp();
        await first.Ends();
        await ines.Page.Status("wrapUp", Wait.Reply);
        Assert.Null(await ines.Page.GoAvailable());

        var second = await RelayWorld.Relay(dana, ines, hana);

        Assert.NotEqual(first.Call, second.Call);
    }

    [Fact]
    public async Task Requests_inside_the_dialog_reach_the_other_end()
    {
        var (dana, ines, hana) = await World.OpenThree();
        var relayed = await RelayWorld.Relay(dana, ines, hana);

        var info = await relayed.Caller.Request("INFO", "application/dtmf-relay", "Signal=5");
        var reinvite = await relayed.Caller.Request("INVITE", "application/sdp", Sdp.VideoOffer());
        var options = await relayed.Caller.Request("OPTIONS");

        Assert.Equal(200, info.Status);
        Assert.Equal(200, reinvite.Status);
        Assert.Contains("a=setup:active", reinvite.Body, StringComparison.Ordinal);
        Assert.Equal(200, options.Status);
        Assert.Equal("Signal=5", (await Seen(relayed.Interpreter, "INFO")).Body);
        Assert.Contains("m=video", (await Seen(relayed.Interpreter, "INVITE")).Body, StringComparison.Ordinal);
    }

    private static Task<PeerMessage> Seen(PeerCall leg, string method) =>
        leg.Requests.First(method, r => r.Method == method, Wait.Reply);
}
