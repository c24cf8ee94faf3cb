using Vrs.Gateway.SessionPolicy;
using Vrs.Grains.Interfaces;
using Vrs.Tests.Gateway.Sdp;

namespace Vrs.Tests.Gateway.SessionPolicy;

/// <summary>Which offers put the other side on hold (RFC 3264 section 8.4).</summary>
public sealed class HoldOfferTests
{
    [Theory]
    [InlineData("sendonly", true)]
    [InlineData("inactive", true)]
    [InlineData("recvonly", false)]
    [InlineData("sendrecv", false)]
    public void The_direction_of_the_streams_tells(string direction, bool holds) =>
        Assert.Equal(holds, Holds(SdpSamples.Offer.Replace("a=sendrecv", $"a={direction}")));

    [Fact]
    public void One_stream_that_goes_on_is_no_hold()
    {
        var first = SdpSamples.Offer.IndexOf("a=sendrecv", StringComparison.Ordinal);
        var one = SdpSamples.Offer.Remove(first, "a=sendrecv".Length).Insert(first, "a=inactive");

        Assert.False(Holds(one));
    }

    [Fact]
    public void A_section_without_a_direction_has_that_of_the_session()
    {
        var without = SdpSamples.Offer.Replace("a=sendrecv\r\n", "");

        Assert.False(Holds(without));
        Assert.True(Holds(without.Replace("t=0 0\r\n", "t=0 0\r\na=sendonly\r\n")));
    }

    [Fact]
    public void What_cannot_be_read_holds_nobody() => Assert.False(Holds("v=1"));

    private static bool Holds(string sdp) => HoldOffer.Holds(new SdpText(sdp));
}
