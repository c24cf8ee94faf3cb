using Vrs.Gateway.Sip.Checks;
using Vrs.Gateway.Sip.Messages;

namespace Vrs.Tests.Gateway.Sip;

/// <summary>Each MUST of RFC 3261 section 8.2, by a request that breaks it.</summary>
public sealed class RequestChecksTests
{
    [Fact]
    public void An_ordinary_invite_passes() =>
        Assert.Null(RequestChecks.Default.Refuse(SipSamples.Request(SipSamples.Invite)));

    [Theory]
    [InlineData("Max-Forwards: 69", "Max-Forwards: 0", 483, null)]
    [InlineData("INVITE sip:+15550201@vrs.local SIP", "INVITE http://vrs.local/ SIP", 416, null)]
    [InlineData("Max-Forwards: 69", "Require: timer, magic, more", 420, "Unsupported: magic, more")]
    [InlineData("application/sdp", "text/html", 415, "Accept: application/sdp")]
    [InlineData("Session-Expires: 90", "Content-Encoding: gzip", 415, "Accept-Encoding: identity")]
    [InlineData("Content-Type: application/sdp", "X: y", 400, null)]
    [InlineData("tag=qrhpfrj8f6", "x=y", 400, null)]
    [InlineData("<sip:m3rh9kgv@t7dh0ok1.invalid;transport=ws;ob>", "*", 400, null)]
    [InlineData("<sip:m3rh9kgv@t7dh0ok1.invalid;transport=ws;ob>", "<mailto:a@b>", 400, null)]
    [InlineData("<sip:m3rh9kgv@t7dh0ok1.invalid;transport=ws;ob>", "<sip:a@b>, <sip:c@d>", 400, null)]
    public void A_broken_rule_is_refused(string found, string replaced, int status, string? header)
    {
        var request = SipSamples.Request(SipSamples.Invite.Replace(found, replaced, StringComparison.Ordinal));
        var refusal = RequestChecks.Default.Refuse(request);

        Assert.Equal(status, refusal?.StatusCode);
        Assert.True(
            header is null || refusal!.Headers.Any(field => $"{field.Name}: {field.Value}" == header),
            $"{header} is missing");
        Assert.NotNull(refusal!.To.Tag);
    }

    [Fact]
    public void An_unknown_method_gets_405_with_what_is_allowed()
    {
        var request = SipSamples.Request(SipSamples.Invite.Replace("INVITE", "PUBLISH", StringComparison.Ordinal));
        var refusal = RequestChecks.Default.Refuse(request);

        Assert.Equal(405, refusal?.StatusCode);
        Assert.Equal(
            "INVITE, ACK, CANCEL, BYE, OPTIONS, REGISTER, PRACK, UPDATE, INFO", refusal!.Headers[HeaderNames.Allow]);
    }

    [Fact]
    public void A_body_that_may_be_ignored_is()
    {
        var request = SipSamples.Request(SipSamples.Invite
            .Replace("application/sdp", "text/html", StringComparison.Ordinal)
            .Replace("Session-Expires: 90", "Content-Disposition: x; handling=optional", StringComparison.Ordinal));

        Assert.Null(RequestChecks.Default.Refuse(request));
    }

    [Theory]
    [InlineData("RAck: 1 9314 INVITE", null)]
    [InlineData("RAck: 1 INVITE", 400)]
    [InlineData("X: y", 400)]
    public void A_prack_says_what_it_acknowledges(string header, int? status)
    {
        var request = SipSamples.Request(SipSamples.Invite
            .Replace("INVITE sip", "PRACK sip", StringComparison.Ordinal)
            .Replace("9314 INVITE", "9315 PRACK", StringComparison.Ordinal)
            .Replace("Session-Expires: 90", header, StringComparison.Ordinal));

        Assert.Equal(status, RequestChecks.Default.Refuse(request)?.StatusCode);
    }
}
