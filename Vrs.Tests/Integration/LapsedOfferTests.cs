using Vrs.Bench.Headless;

namespace Vrs.Tests.Integration;

/// <summary>
/// An offer that nobody answers. Alone in its class, since offers lapse soon here: a busy machine would let those of
/// other tests lapse, too.
/// </summary>
public sealed class LapsedOfferTests : RelayTest
{
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Calls:OfferTimeout"] = "00:00:05",
    };

    [Fact]
    public async Task An_offer_that_lapses_goes_to_the_next_interpreter()
    {
        var (dana, ines, hana) = await World.OpenThree();
        var ivan = await World.OpenInterpreter("ivan");
        var call = await dana.Phone.Call(hana.Number, Sdp.VideoOffer());
        var missed = await ines.Page.Offers.First("an offer", _ => true, Wait.Reply);

        var withdrawn = await ines.Page.Withdrawals.First("withdrawal", w => w.Offer == missed.Offer, Wait.Reply);
        Assert.Equal("missed", withdrawn.Reason);
        Assert.Equal("stale", (await ines.Page.Accept(missed))?.Reason);
        var (offer, _) = await RelayWorld.Accept(ivan);

        await call.Answered(Wait.Reply);
        Assert.Equal(missed.Call, offer.Call);
        Assert.True(offer.Offer > missed.Offer);
    }
}
