using Vrs.Gateway.Sip.Messages;

namespace Vrs.Tests.Gateway.Sip;

/// <summary>URIs and addresses (RFC 3261 sections 19.1, 20.10).</summary>
public sealed class SipUriTests
{
    [Theory]
    [InlineData("sip:alice@atlanta.com", "alice", "atlanta.com", null)]
    [InlineData("sip:alice:secret@Atlanta.COM:5061;transport=tls", "alice", "atlanta.com", 5061)]
    [InlineData("sips:[2001:db8::1]:443", null, "[2001:db8::1]", 443)]
    [InlineData("SIP:+1(555)0201;phone-context=x@gw?subject=a%20b&to=c", "+1(555)0201;phone-context=x", "gw", null)]
    public void A_uri_is_taken_apart(string text, string? user, string host, int? port)
    {
        var uri = SipUri.Parse(text);

        Assert.Equal((user, host, port, text), (uri.User, uri.Host, uri.Port, uri.Text));
        Assert.True(uri.IsSip);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sip:")]
    [InlineData("sip")]
    [InlineData("sip:@host")]
    [InlineData("sip:a@b@c")]
    [InlineData("sip:a b@c")]
    [InlineData("sip:a%4@c")]
    [InlineData("sip:a%zz@c")]
    [InlineData("sip:host:99999")]
    [InlineData("sip:host:")]
    [InlineData("sip:host;")]
    [InlineData("sip:host;a=")]
    [InlineData("sip:host?")]
    [InlineData("sip:[::1")]
    [InlineData("sip:[::g]")]
    [InlineData("sip:[fe80::1%25eth0]")]
    [InlineData("sip:-host")]
    [InlineData("sip:a_b.example")]
    [InlineData("1sip:a@b")]
    [InlineData("<sip:a@b>")]
    public void What_is_no_uri_is_refused(string text) => Assert.False(SipUri.TryParse(text, out _), text);

    // The examples of section 19.1.4.
    [Theory]
    [InlineData("sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtlanTa.CoM;Transport=tcp", true)]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5", true)]
    [InlineData("sip:carol@chicago.com;newparam=5", "sip:carol@chicago.com;security=on", true)]
    [InlineData("SIP:ALICE@AtLanTa.CoM;Transport=udp", "sip:alice@AtLanTa.CoM;Transport=UDP", false)]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com:5060", false)]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp", false)]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com:6000;transport=tcp", false)]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com?Subject=next%20meeting", false)]
    [InlineData("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;security=off", false)]
    [InlineData("sip:a@b", "sips:a@b", false)]
    [InlineData("tel:+15550101", "tel:+15550101", true)]
    public void Equivalence_is_that_of_the_rfc(string left, string right, bool same)
    {
        Assert.Equal(same, SipUri.Parse(left).IsEquivalentTo(SipUri.Parse(right)));
        Assert.Equal(same, SipUri.Parse(right).IsEquivalentTo(SipUri.Parse(left)));
    }

    [Theory]
    [InlineData("Müller & Söhne", "M%C3%BCller%20&%20S%C3%B6hne")]
    [InlineData("a@b", "a%40b")]
    [InlineData("50%", "50%25")]
    [InlineData("+15550101", "+15550101")]
    public void A_user_part_is_escaped_and_comes_back(string user, string escaped)
    {
        var uri = SipUri.Create(user, "vrs.local");

        Assert.Equal($"sip:{escaped}@vrs.local", uri.Text);
        Assert.Equal(user, uri.DecodedUser);
    }

    [Theory]
    [InlineData("sip:a@b;tag=1", null, "sip:a@b", "1")]
    [InlineData("<sip:a@b;x=y>;tag=1", null, "sip:a@b;x=y", "1")]
    [InlineData("\"A \\\"B\\\", C\" <sip:a@b> ; tag = 1", "A \"B\", C", "sip:a@b", "1")]
    [InlineData("Dana Doe <sip:a@b>", "Dana Doe", "sip:a@b", null)]
    [InlineData("\"\" <sip:a@b>", "", "sip:a@b", null)]
    public void An_address_is_taken_apart(string text, string? name, string uri, string? tag)
    {
        var address = NameAddress.Parse(text);

        Assert.Equal((name, uri, tag), (address.DisplayName, address.Uri.Text, address.Tag));
    }

    [Theory]
    [InlineData("\"open <sip:a@b>")]
    [InlineData("<sip:a@b")]
    [InlineData("A, B <sip:a@b>")]
    [InlineData("sip:a@b?x=y")]
    [InlineData("<sip:a@b>;")]
    [InlineData("<sip:a@b>;=x")]
    [InlineData("<sip:a@b>;a=\"open")]
    [InlineData("<sip:a@b> x")]
    public void What_is_no_address_is_refused(string text) => Assert.False(NameAddress.TryParse(text, out _), text);

    [Fact]
    public void A_line_break_never_gets_into_a_header()
    {
        var name = new NameAddress("a\r\nVia: x", SipUri.Parse("sip:a@b"), SipParameters.Empty);
        Assert.Equal("\"a  Via: x\" <sip:a@b>", name.ToString());
        Assert.Throws<ArgumentException>(() => new SipHeaders().Add("X", "a\r\nVia: x"));
        Assert.Throws<ArgumentException>(() => name.WithTag("a\r\nb"));
    }
}
