using Vrs.Bench.Headless;

namespace Vrs.Tests.Integration;

/// <summary>What can happen before caller and interpreter see each other.</summary>
public sealed class WaitingTests : RelayTest
{
    [Fact]
    public async Task A_waiting_caller_is_told_her_place()
    {
        var (dana, deniz, hana) = (await World.Open("dana"), await World.Open("deniz"), await World.Open("hana"));
        var first = await RelayWorld.Queue(dana, hana);
        var second = await RelayWorld.Queue(deniz, hana);

        var place = await deniz.Page.Calls.First("place 2", c => c.Queue?.Position == 2, Wait.Reply);
        await first.Cancel();
        await deniz.Page.Calls.First("place 1", c => c.Call == place.Call && c.Queue?.Position == 1, Wait.Reply);

        Assert.Equal("queued", place.Phase);
        Assert.Equal("487", await first.EndsWithin(Wait.Reply));
        Assert.False(second.Ended.IsCompleted);
    }

    [Fact]
    public async Task A_caller_who_gives_up_in_line_is_gone()
    {
        var (dana, hana) = (await World.Open("dana"), await World.Open("hana"));
        var call = await RelayWorld.Queue(dana, hana);

        Assert.Equal(200, (await call.Cancel()).Status);

        Assert.Equal("487", await call.EndsWithin(Wait.Reply));
        var end = await dana.Page.Phase(call.RelayCall!, "ended", Wait.Reply);
        Assert.Equal("abandoned", end.EndReason);
    }

    [Fact]
    public async Task A_caller_who_gives_up_while_the_interpreter_is_asked_takes_the_offer_with_her()
    {
        var (dana, ines, hana) = await World.OpenThree();
        var call = await dana.Phone.Call(hana.Number, Sdp.VideoOffer());
        var offer = await ines.Page.Offers.First("an offer", _ => true, Wait.Reply);

        await call.Cancel();

        Assert.Equal("487", await call.EndsWithin(Wait.Reply));
        var withdrawn = await ines.Page.Withdrawals.First("withdrawal", w => w.Offer == offer.Offer, Wait.Reply);
        Assert.Equal("withdrawn", withdrawn.Reason);
        await ines.Page.Status("available", Wait.Reply, Since(ines, "reserved"));
        Assert.NotNull(await ines.Page.Accept(offer));
    }

    [Fact]
    public async Task An_offer_that_is_declined_goes_to_the_next_interpreter()
    {
        var (dana, ines, hana) = await World.OpenThree();
        var call = await dana.Phone.Call(hana.Number, Sdp.VideoOffer());
        var declined = await ines.Page.Offers.First("an offer", _ => true, Wait.Reply);
        var ivan = await World.OpenInterpreter("ivan");

        Assert.Null(await ines.Page.Decline(declined));
        var (offer, _) = await RelayWorld.Accept(ivan);

        await call.Answered(Wait.Reply);
        Assert.Equal(declined.Call, offer.Call);
    }

    [Fact]
    public async Task A_caller_whose_socket_drops_takes_her_place_again()
    {
        var (dana, deniz, hana) = (await World.Open("dana"), await World.Open("deniz"), await World.Open("hana"));
        var lost = await RelayWorld.Queue(dana, hana);
        var behind = await RelayWorld.Queue(deniz, hana);

        dana.Phone.DropSocket();
        await deniz.Page.Calls.First("her own place", c => c.Call == behind.RelayCall, Wait.Reply);
        await dana.Page.Calls.First("away", c => c.CallerAway, Wait.Reply);
        await dana.Phone.Connect();
        await dana.Phone.Register();
        var back = await dana.Phone.Call(hana.Number, Sdp.VideoOffer(), ("Vrs-Call", lost.RelayCall!));
        await back.Response(182, Wait.Reply);
        var ines = await World.OpenInterpreter("ines");
        var (offer, _) = await RelayWorld.Accept(ines);

        await back.Answered(Wait.Reply);
        Assert.Equal(lost.RelayCall, offer.Call);
        Assert.Equal(lost.RelayCall, back.RelayCall);
        Assert.False(behind.IsEstablished);
    }

    [Fact]
    public async Task A_caller_whose_answer_was_lost_with_her_connection_is_let_back_in()
    {
        var (dana, ines, hana) = await World.OpenThree();
        var lost = await dana.Phone.Call(hana.Number, Sdp.VideoOffer());
        lost.LosesItsAnswer = true;
        var (offer, first) = await RelayWorld.Accept(ines);
        Assert.Equal("socket lost", await lost.EndsWithin(Wait.Reply));

        await dana.Phone.Connect();
        await dana.Phone.Register();
        var back = await dana.Phone.Call(hana.Number, Sdp.VideoOffer(), ("Vrs-Call", offer.Call));
        await (await ines.Phone.NextCall(Wait.Reply, 1)).AnswerAndConfirm(Wait.Reply);

        await back.Answered(Wait.Reply);
        Assert.Equal(offer.Call, back.RelayCall);
        Assert.Equal("BYE", await first.EndsWithin(Wait.Reply));
    }

    [Fact]
    public async Task Somebody_elses_place_cannot_be_taken()
    {
        var (dana, deniz, hana) = (await World.Open("dana"), await World.Open("deniz"), await World.Open("hana"));
        var call = await RelayWorld.Queue(dana, hana);

        var theft = await deniz.Phone.Call(hana.Number, Sdp.VideoOffer(), ("Vrs-Call", call.RelayCall!));

        Assert.InRange((await theft.Final(Wait.Reply)).Status, 400, 499);
        Assert.False(call.Ended.IsCompleted);
    }

    private static int Since(Actor interpreter, string status) =>
        interpreter.Page.Statuses.Items.TakeWhile(s => s.Status != status).Count();
}
