namespace Vrs.Tests.Integration;

/// <summary>The hearing party cannot be reached: the interpreter learns why and may dial again.</summary>
public sealed class CalleeTests : RelayTest
{
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Calls:RingTimeout"] = "00:00:10",
    };

    [Theory]
    [InlineData(486, "Busy Here")]
    [InlineData(603, "Decline")]
    public async Task A_hearing_party_who_does_not_want_to_talk_leaves_caller_and_interpreter_connected(
        int status, string reason)
    {
        var (dana, ines, hana) = await World.OpenThree();
        var call = await dana.Phone.Call(hana.Number, Vrs.Bench.Headless.Sdp.VideoOffer());
        var (offer, leg) = await RelayWorld.Accept(ines);
        await call.Answered(Wait.Reply);

        var dial = await RelayWorld.Dial(ines, offer);
        await (await hana.Phone.NextCall(Wait.Reply)).Reject(status, reason);

        Assert.Equal(status, (await dial.Final(Wait.Reply)).Status);
        await ines.Page.Calls.First($"status {status}", c => c.CalleeStatus == status, Wait.Reply);
        Assert.False(call.Ended.IsCompleted);
        Assert.False(leg.Ended.IsCompleted);
    }

    [Fact]
    public async Task A_phone_that_nobody_answers_stops_ringing_and_the_dial_ends_with_408()
    {
        var (dana, ines, hana) = await World.OpenThree();
        var call = await dana.Phone.Call(hana.Number, Vrs.Bench.Headless.Sdp.VideoOffer());
        var (offer, _) = await RelayWorld.Accept(ines);
        await call.Answered(Wait.Reply);

        var dial = await RelayWorld.Dial(ines, offer);
        var ringing = await hana.Phone.NextCall(Wait.Reply);
        await ringing.Ring();
        await dial.Response(180, Wait.Reply);

        Assert.Equal("CANCEL", await ringing.EndsWithin(Wait.Reply));
        Assert.Equal(408, (await dial.Final(Wait.Reply)).Status);
        Assert.False(call.Ended.IsCompleted);
    }

    [Fact]
    public async Task A_phone_that_is_not_there_is_said_to_be_unavailable()
    {
        var (dana, ines) = (await World.Open("dana"), await World.OpenInterpreter("ines"));
        var call = await dana.Phone.Call("+15550202", Vrs.Bench.Headless.Sdp.VideoOffer());
        var (offer, _) = await RelayWorld.Accept(ines);
        await call.Answered(Wait.Reply);

        var dial = await RelayWorld.Dial(ines, offer);

        Assert.Equal(480, (await dial.Final(Wait.Reply)).Status);
        Assert.False(call.Ended.IsCompleted);
    }

    [Fact]
    public async Task The_interpreter_can_give_up_dialing()
    {
        var (dana, ines, hana) = await World.OpenThree();
        var call = await dana.Phone.Call(hana.Number, Vrs.Bench.Headless.Sdp.VideoOffer());
        var (offer, _) = await RelayWorld.Accept(ines);
        await call.Answered(Wait.Reply);
        var dial = await RelayWorld.Dial(ines, offer);
        var ringing = await hana.Phone.NextCall(Wait.Reply);

        await dial.Cancel();

        Assert.Equal("487", await dial.EndsWithin(Wait.Reply));
        Assert.Equal("CANCEL", await ringing.EndsWithin(Wait.Reply));
        Assert.False(call.Ended.IsCompleted);
    }
}
