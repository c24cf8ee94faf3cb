using Vrs.Bench.Headless;

namespace Vrs.Tests.Integration;

/// <summary>The same relay call the other way round: a hearing person dials a Deaf person's number.</summary>
public sealed class HearingCallerTests : RelayTest
{
    [Fact]
    public async Task A_hearing_caller_reaches_a_Deaf_person_through_the_interpreter()
    {
        var (dana, ines, hana) = await World.OpenThree();

        var call = await hana.Phone.Call(dana.Number, Sdp.AudioOffer());
        var (offer, leg) = await RelayWorld.Accept(ines);
        await call.Answered(Wait.Reply);
        await hana.Page.Phase(offer.Call, "connected", Wait.Reply);
        var dial = await ines.Phone.Call(dana.Number, Sdp.VideoOffer(), ("Vrs-Call", offer.Call));
        var ringing = await dana.Phone.NextCall(Wait.Reply);
        await ringing.AnswerAndConfirm(Wait.Reply);
        await dial.Answered(Wait.Reply);
        await hana.Page.Phase(offer.Call, "relaying", Wait.Reply);

        Assert.Equal(dana.Number, offer.DialedNumber);
        Assert.DoesNotContain("m=video", leg.RemoteSdp, StringComparison.Ordinal);
        Assert.Contains("m=video", ringing.RemoteSdp, StringComparison.Ordinal);
        Assert.Contains("m=video", dial.RemoteSdp, StringComparison.Ordinal);

        Assert.Equal(200, (await ringing.HangUp()).Status);
        Assert.Equal("BYE", await dial.EndsWithin(Wait.Reply));
        Assert.Equal(200, (await call.HangUp()).Status);
        Assert.Equal("BYE", await leg.EndsWithin(Wait.Reply));
        await ines.Page.Status("wrapUp", Wait.Reply);
    }

    [Fact]
    public async Task Two_people_of_a_kind_need_no_interpreter()
    {
        var dana = await World.Open("dana");
        var deniz = await World.Open("deniz");

        var call = await dana.Phone.Call(deniz.Number, Sdp.VideoOffer());

        Assert.Equal(403, (await call.Final(Wait.Reply)).Status);
    }
}
