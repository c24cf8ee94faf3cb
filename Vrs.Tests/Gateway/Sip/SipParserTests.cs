using System.Text;
using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Sip.Parsing;

namespace Vrs.Tests.Gateway.Sip;

/// <summary>The parser on the messages it meets every day, and on each of its limits.</summary>
public sealed class SipParserTests
{
    [Fact]
    public void An_invite_of_JsSIP_is_read()
    {
        var request = SipSamples.Request(SipSamples.Invite);

        Assert.Equal(SipMethod.Invite, request.Method);
        Assert.Equal("sip:+15550201@vrs.local", request.RequestUri.Text);
        Assert.Equal("+15550201", request.RequestUri.User);
        Assert.Equal("vrs.local", request.RequestUri.Host);
        Assert.Equal("Dana", request.From.DisplayName);
        Assert.Equal("qrhpfrj8f6", request.From.Tag);
        Assert.Null(request.To.Tag);
        Assert.Equal("i2dc8tkt2bkjlfu6bg4k", request.CallId);
        Assert.Equal(new CSeq(9314, SipMethod.Invite), request.CSeq);
        Assert.Equal("WSS", request.TopVia!.Transport);
        Assert.Equal("z9hG4bK7311462", request.TopVia.Branch);
        Assert.Equal("t7dh0ok1.invalid", request.TopVia.SentBy);
        Assert.Equal(69, request.MaxForwards);
        Assert.Equal("application/sdp", request.ContentType);
        Assert.Equal("v=0\r\n", request.BodyText);
        Assert.True(request.Headers.HasToken(HeaderNames.Supported, "outbound"));
        Assert.True(request.Headers.HasToken(HeaderNames.Allow, "UPDATE"));
        Assert.Equal("ws", request.Contact!.Uri.Parameters["transport"]);
        Assert.True(request.Contact.Uri.Parameters.Has("ob"));
    }

    [Fact]
    public void What_is_written_is_read_back_the_same()
    {
        var request = SipSamples.Request(SipSamples.Invite);
        var again = SipSamples.Request(Encoding.UTF8.GetString(SipWriter.ToBytes(request)));

        SipSamples.AssertSame(request, again);
    }

    [Fact]
    public void A_response_copies_what_it_must()
    {
        var request = SipSamples.Request(SipSamples.Invite);
        var response = SipResponse.For(request, SipStatus.Queued, "local1");
        response.Headers.Add("Vrs-Call", "c1");

        var again = SipSamples.Parse<SipResponse>(Encoding.UTF8.GetString(SipWriter.ToBytes(response)));

        SipSamples.AssertSame(response, again);
        Assert.Equal("local1", again.To.Tag);
        Assert.Equal("Queued", again.ReasonPhrase);
    }
}
