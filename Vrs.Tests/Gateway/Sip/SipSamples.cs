using System.Text;
using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Sip.Parsing;

namespace Vrs.Tests.Gateway.Sip;

/// <summary>Messages as JsSIP sends them, and how tests read and compare messages.</summary>
internal static class SipSamples
{
    public const string Invite =
        """
        INVITE sip:+15550201@vrs.local SIP/2.0
        Via: SIP/2.0/WSS t7dh0ok1.invalid;branch=z9hG4bK7311462
        Max-Forwards: 69
        To: <sip:+15550201@vrs.local>
        From: "Dana" <sip:dana@vrs.local>;tag=qrhpfrj8f6
        Call-ID: i2dc8tkt2bkjlfu6bg4k
        CSeq: 9314 INVITE
        Authorization: Bearer eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJkYW5hIn0.c2ln
        Contact: <sip:m3rh9kgv@t7dh0ok1.invalid;transport=ws;ob>
        Content-Type: application/sdp
        Session-Expires: 90
        Allow: INVITE,ACK,CANCEL,BYE,UPDATE,MESSAGE,OPTIONS,REFER,INFO,NOTIFY
        Supported: timer,ice,replaces,outbound
        User-Agent: JsSIP 3.13.8
        Content-Length: 5

        v=0

        """;

    /// <summary>The text with the line breaks of the wire.</summary>
    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));

    public static SipRequest Request(string text) => Parse<SipRequest>(text);

    public static T Parse<T>(string text)
        where T : SipMessage
    {
        Assert.True(SipParser.TryParse(Bytes(text), out var message, out var error), error?.ToString());
        return Assert.IsType<T>(message);
    }

    public static SipParseError Error(string text)
    {
        Assert.False(SipParser.TryParse(Bytes(text), out _, out var error), "The message was accepted.");
        return error!;
    }

    public static void AssertSame(SipMessage expected, SipMessage actual)
    {
        if (expected is SipRequest request)
        {
            Assert.Equal(request.Method, Assert.IsType<SipRequest>(actual).Method);
            Assert.Equal(request.RequestUri.Text, ((SipRequest)actual).RequestUri.Text);
        }
        else if (expected is SipResponse response)
        {
            Assert.Equal(response.StatusCode, Assert.IsType<SipResponse>(actual).StatusCode);
            Assert.Equal(response.ReasonPhrase, ((SipResponse)actual).ReasonPhrase);
        }

        Assert.Equal(expected.Vias.AsEnumerable(), actual.Vias.AsEnumerable());
        Assert.Equal(expected.From, actual.From);
        Assert.Equal(expected.To, actual.To);
        Assert.Equal(expected.CallId, actual.CallId);
        Assert.Equal(expected.CSeq, actual.CSeq);
        Assert.Equal(expected.Headers.AsEnumerable(), actual.Headers.AsEnumerable());
        Assert.True(expected.Body.Span.SequenceEqual(actual.Body.Span), "The bodies differ.");
    }
}
