using Vrs.Bench.Headless;

namespace Vrs.Tests.Integration;

/// <summary>Connections are lost mid-call: the conversation goes on, with another interpreter when it must.</summary>
public sealed class RecoveryTests : RelayTest
{
    [Fact]
    public async Task A_caller_who_reconnects_within_the_grace_goes_on_and_hangs_up_on_the_new_socket()
    {
        var (dana, ines, hana) = await World.OpenThree();
        var relayed = await RelayWorld.Relay(dana, ines, hana);

        dana.Phone.DropSocket();
        await dana.Phone.Connect();
        await dana.Phone.Register();
        Assert.Equal(200, (await relayed.Caller.Request("INFO", "application/dtmf-relay", "Signal=1")).Status);
        Assert.Equal(200, (await relayed.Caller.HangUp()).Status);

        await relayed.Ends();
    }

    [Fact]
    public async Task An_answer_that_is_said_again_on_the_next_socket_is_acknowledged_there()
    {
        var (dana, ines, hana) = await World.OpenThree();
        var relayed = await RelayWorld.Relay(dana, ines, hana);

        await SaysItAgain(hana, relayed.Callee);
        await SaysItAgain(ines, relayed.Interpreter);

        await relayed.Caller.HangUp();
        await relayed.Ends();
    }

    [Fact]
    public async Task An_offer_that_is_said_again_is_one_whose_answer_was_lost_and_another_interpreter_is_sought()
    {
        var (dana, ines, hana) = await World.OpenThree();
        var relayed = await RelayWorld.Relay(dana, ines, hana);
        var ivan = await World.OpenInterpreter("ivan");
        await ines.Phone.CloseTab();
        Assert.Null(await ivan.Page.Accept(await ivan.Page.Offers.First("an offer", _ => true, Wait.Reply)));
        var (newLeg, _) = await MoveCaller(dana, ivan, relayed);

        await SaysItAgain(ivan, newLeg);

        Assert.Equal("BYE", await newLeg.EndsWithin(Wait.Reply));
        await dana.Page.Phase(relayed.Call, "recovering", Wait.Reply);
    }

    [Fact]
    public async Task A_caller_who_does_not_come_back_ends_the_call()
    {
        var (dana, ines, hana) = await World.OpenThree();
        var relayed = await RelayWorld.Relay(dana, ines, hana);

        await dana.Phone.CloseTab();

        Assert.Equal("BYE", await relayed.Interpreter.EndsWithin(Wait.Reply));
        Assert.Equal("BYE", await relayed.Callee.EndsWithin(Wait.Reply));
        var end = await dana.Page.Phase(relayed.Call, "ended", Wait.Reply);
        Assert.Equal("callerLost", end.EndReason);
    }

    [Fact]
    public async Task A_lost_interpreter_is_replaced_without_anybody_redialing()
    {
        var (dana, ines, hana) = await World.OpenThree();
        var relayed = await RelayWorld.Relay(dana, ines, hana);
        var ivan = await World.OpenInterpreter("ivan");

        await ines.Phone.CloseTab();
        var offer = await ivan.Page.Offers.First("an offer", _ => true, Wait.Reply);
        Assert.Equal(relayed.Call, offer.Call);
        Assert.Null(await ivan.Page.Accept(offer));
        var (newLeg, takeOver) = await MoveCaller(dana, ivan, relayed);
        Assert.Equal("BYE", await relayed.Caller.EndsWithin(Wait.Reply));

        var rejoin = await ivan.Phone.Call("rejoin", Sdp.AudioOffer(), ("Vrs-Call", relayed.Call));
        var moved = await hana.Phone.NextCall(Wait.Reply, alreadySeen: 1);
        Assert.Contains(relayed.Callee.CallId, moved.TakesOver, StringComparison.Ordinal);
        await moved.AnswerAndConfirm(Wait.Reply);
        await rejoin.Answered(Wait.Reply);
        Assert.Equal("BYE", await relayed.Callee.EndsWithin(Wait.Reply));
        await dana.Page.Phase(relayed.Call, "relaying", Wait.Reply);

        await takeOver.HangUp();
        await new RelayedCall(relayed.Call, rejoin, takeOver, rejoin, moved).Ends();
        await newLeg.EndsWithin(Wait.Reply);
    }

    [Fact]
    public async Task An_interpreter_who_reconnects_within_the_grace_keeps_her_call()
    {
        var (dana, ines, hana) = await World.OpenThree();
        var relayed = await RelayWorld.Relay(dana, ines, hana);

        ines.Phone.DropSocket();
        await ines.Phone.Connect();
        await ines.Phone.Register();
        Assert.Equal(200, (await relayed.Interpreter.Request("INFO", "application/dtmf-relay", "Signal=1")).Status);
        Assert.Equal(200, (await relayed.Dial.Request("INFO", "application/dtmf-relay", "Signal=2")).Status);
        await relayed.Caller.HangUp();

        await relayed.Ends();
    }

    /// <summary>On her next connection: her device has had no ACK.</summary>
    private static async Task SaysItAgain(Actor callee, IncomingCall call)
    {
        var seen = call.Requests.Count;
        callee.Phone.DropSocket();
        await callee.Phone.Connect();
        await callee.Phone.Register();
        await call.AnswerAgain();
        var ack = await call.Requests.First("an ACK", r => r.Method == "ACK", Wait.Reply, seen);
        Assert.Equal(call.Invite.CSeqNumber, ack.CSeqNumber);
    }

    private static async Task<(IncomingCall NewLeg, IncomingCall TakeOver)> MoveCaller(
        Actor caller, Actor interpreter, RelayedCall relayed)
    {
        var newLeg = await interpreter.Phone.NextCall(Wait.Reply);
        Assert.True(newLeg.IsLateOffer);
        var confirmed = newLeg.AnswerAndConfirm(Wait.Reply);
        var takeOver = await caller.Phone.NextCall(Wait.Reply);
        Assert.Contains(relayed.Caller.CallId, takeOver.TakesOver, StringComparison.Ordinal);
        Assert.Contains("m=video", takeOver.RemoteSdp, StringComparison.Ordinal);
        await takeOver.AnswerAndConfirm(Wait.Reply);
        Assert.Contains("a=setup:active", (await confirmed).Body, StringComparison.Ordinal);
        return (newLeg, takeOver);
    }
}
