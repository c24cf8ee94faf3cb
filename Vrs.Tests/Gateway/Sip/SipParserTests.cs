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

    [Theory]
    [InlineData("Via: SIP/2.0/WSS t7dh0ok1.invalid;branch=z9hG4bK7311462")]
    [InlineData("To: <sip:+15550201@vrs.local>")]
    [InlineData("Call-ID: i2dc8tkt2bkjlfu6bg4k")]
    [InlineData("CSeq: 9314 INVITE")]
    public void A_header_every_message_has_is_needed_and_must_be_readable(string line)
    {
        var name = line.Split(':')[0];
        var missing = SipSamples.Error(SipSamples.Invite.Replace(line + "\n", "", StringComparison.Ordinal));
        var broken = SipSamples.Error(SipSamples.Invite.Replace(line, name + ": ;", StringComparison.Ordinal));

        Assert.Equal(ParseDisposition.Close, missing.Disposition);
        Assert.Equal(ParseDisposition.Answer, broken.Disposition);
        Assert.Equal($"The {name} header is missing", missing.Reason);
        Assert.Contains($" {name} ", broken.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_copies_the_headers_as_they_came()
    {
        var error = SipSamples.Error(SipSamples.Invite.Replace("\"Dana\" <", "Dana, Doe <", StringComparison.Ordinal));

        Assert.Equal((400, "The From header is malformed"), (error.StatusCode, error.Reason));
        Assert.StartsWith(
            """
            SIP/2.0 400 The From header is malformed
            Via: SIP/2.0/WSS t7dh0ok1.invalid;branch=z9hG4bK7311462
            From: Dana, Doe <sip:dana@vrs.local>;tag=qrhpfrj8f6
            To: <sip:+15550201@vrs.local>;tag=
            """.ReplaceLineEndings("\r\n"),
            Encoding.UTF8.GetString(error.Answer.Span),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INVITE", "ACK")]
    [InlineData("INVITE sip:+15550201@vrs.local SIP/2.0", "SIP/2.0 200 OK")]
    public void What_gets_no_answer_is_dropped(string found, string replaced)
    {
        var error = SipSamples.Error(SipSamples.Invite
            .Replace(found, replaced, StringComparison.Ordinal)
            .Replace("Max-Forwards: 69", "Max-Forwards: x", StringComparison.Ordinal));

        Assert.Equal(ParseDisposition.Discard, error.Disposition);
    }

    public static TheoryData<string, string, int> Excesses => new()
    {
        { "v=0", new string('x', 70_000), 513 },
        { "sip:+15550201@vrs.local SIP", $"sip:{new string('1', 2100)}@vrs.local SIP", 414 },
        { "Max-Forwards: 69", "X: " + new string('x', 9000), 400 },
        { "User-Agent: JsSIP 3.13.8", string.Join('\n', Enumerable.Repeat("X: y", 130)), 400 },
        { "qrhpfrj8f6", new string('t', 600), 400 },
        { "z9hG4bK7311462", "z9hG4bK" + new string('b', 600), 400 },
        { "i2dc8tkt2bkjlfu6bg4k", new string('c', 600), 400 },
        { ";ob>", ">" + string.Concat(Enumerable.Repeat(";a=b", 65)), 400 },
        { "9314 INVITE", "2147483648 INVITE", 400 },
        { "Via:", string.Concat(Enumerable.Repeat("Via: SIP/2.0/TLS p\n", 73)) + "Via:", 400 },
    };

    [Theory, MemberData(nameof(Excesses))]
    public void What_is_past_a_limit_is_refused(string found, string replaced, int status)
    {
        var error = SipSamples.Error(SipSamples.Invite.Replace(found, replaced, StringComparison.Ordinal));

        Assert.Equal((ParseDisposition.Answer, status), (error.Disposition, error.StatusCode));
    }

    [Theory]
    [InlineData("Max-Forwards: 69", "Max-Forwards: 69\0")]
    [InlineData("Max-Forwards: 69", "X: a\u0001b")]
    [InlineData("JsSIP 3.13.8", "a\rb")]
    [InlineData("Content-Length: 5", "Content-Length: 4")]
    [InlineData("Content-Length: 5", "Content-Length: 6")]
    [InlineData("User-Agent: JsSIP 3.13.8", "User Agent: x")]
    [InlineData("User-Agent: JsSIP 3.13.8", "no colon here")]
    [InlineData("Authorization: Bearer", "Authorization:")]
    [InlineData("application/sdp", "sdp")]
    public void What_breaks_the_grammar_is_refused(string found, string replaced)
    {
        var text = SipSamples.Invite.ReplaceLineEndings("\r\n").Replace(found, replaced, StringComparison.Ordinal);

        Assert.False(SipParser.TryParse(Encoding.UTF8.GetBytes(text), out _, out var error));
        Assert.Equal(400, error.StatusCode);
    }

    [Fact]
    public void Content_length_may_be_left_out()
    {
        var request = SipSamples.Request(
            SipSamples.Invite.Replace("Content-Length: 5\n", "", StringComparison.Ordinal));

        Assert.Equal("v=0\r\n", request.BodyText);
    }

    [Fact]
    public void Lists_are_read_from_one_line_and_from_many()
    {
        var request = SipSamples.Request(SipSamples.Invite.Replace(
            "Supported: timer,ice,replaces,outbound",
            "k: timer , ice\nSupported: \"a,b\", <c,d>,,\nsupported:replaces",
            StringComparison.Ordinal));

        Assert.Equal(
            ["timer", "ice", "\"a,b\"", "<c,d>", "replaces"], request.Headers.List(HeaderNames.Supported));
    }
}
