using Vrs.Gateway.Sdp;
using Vrs.Gateway.SessionPolicy;
using Vrs.Tests.Gateway.Sdp;

namespace Vrs.Tests.Gateway.SessionPolicy;

public sealed class OfferPolicyTests
{
    private static readonly SessionRules Rules = new SessionPolicyOptions().ToRules();

    [Fact]
    public void A_browsers_offer_keeps_only_allowed_codecs_and_everything_about_them()
    {
        var rewrite = Assert.IsType<Verdict.Rewrite>(OfferPolicy.Check(SdpSamples.Offer, DescriptionKind.Offer, Rules));
        var allowed = Parsed(rewrite.Description.Text);

        Assert.Equal(["111", "0", "8", "110", "126"], allowed.Media[0].Formats.ToArray());
        Assert.Equal(
            ["96", "97", "102", "103", "104", "107", "108", "109", "114", "115", "116", "117", "39", "40"],
            allowed.Media[1].Formats.ToArray());
        Assert.Equal(["webrtc-datachannel"], allowed.Media[2].Formats.ToArray());
        Assert.Equal(["red", "G722", "CN", "AV1", "rtx", "VP9", "ulpfec"], rewrite.Removed.Distinct());
        foreach (var section in allowed.Media.Take(2))
        {
            var mentioned = section.Lines.Where(line => line.AttributeName is "rtpmap" or "fmtp" or "rtcp-fb")
                .Select(line => line.AttributeValue.ToString().Split(' ')[0]);
            Assert.Empty(mentioned.Except(section.Formats));
        }

        Assert.Equal(["0", "1", "2"], Assert.Single(allowed.BundleGroups));
    }

    [Fact]
    public void An_offer_with_bundle_only_video_keeps_both_sections()
    {
        var allowed = Parsed(Allowed(SdpSamples.BundleOnlyOffer, DescriptionKind.Offer));

        Assert.Equal(["109", "0", "8", "101"], allowed.Media[0].Formats.ToArray());
        Assert.Equal(["120", "124", "126", "127", "97", "98"], allowed.Media[1].Formats.ToArray());
        Assert.Equal((0, false), (allowed.Media[1].Port, allowed.Media[1].IsRejected));
        Assert.Equal(["0", "1"], Assert.Single(allowed.BundleGroups));
    }

    [Fact]
    public void What_is_left_passes_as_it_is()
    {
        var once = Allowed(SdpSamples.Offer, DescriptionKind.Offer);

        var pass = Assert.IsType<Verdict.Pass>(OfferPolicy.Check(once, DescriptionKind.Offer, Rules));
        Assert.Equal(once, pass.Description.Text);
    }

    [Fact]
    public void An_answer_needs_no_candidates_of_its_own()
    {
        var answer = WithoutLines(SdpSamples.Answer, "a=candidate");

        Assert.NotNull(OfferPolicy.Check(answer, DescriptionKind.Answer, Rules).Allowed);
    }

    [Fact]
    public void An_offer_without_any_candidate_is_refused_with_the_remedy()
    {
        var refusal = Refused(WithoutLines(SdpSamples.Offer, "a=candidate"));

        Assert.Equal((488, 399), (refusal.Status, refusal.WarningCode));
        Assert.Contains("TURN", refusal.Text);
    }

    [Theory]
    [InlineData("RTP/AVP")]
    [InlineData("RTP/AVPF")]
    [InlineData("RTP/SAVP")]
    [InlineData("RTP/SAVPF")]
    [InlineData("UDP/TLS/RTP/SAVP")]
    public void Media_without_DTLS_refuses_the_whole_session(string profile)
    {
        var refusal = Refused(SdpSamples.AudioOffer.Replace("UDP/TLS/RTP/SAVPF", profile));

        Assert.Equal((488, 302), (refusal.Status, refusal.WarningCode));
        Assert.Contains("DTLS-SRTP", refusal.Text);
    }

    [Fact]
    public void One_plain_section_among_good_ones_is_enough()
    {
        Refused(SdpSamples.Offer.Replace("m=video 50539 UDP/TLS/RTP/SAVPF", "m=video 50539 RTP/AVP"));
    }

    [Fact]
    public void Keys_in_the_clear_are_refused_even_beside_a_fingerprint()
    {
        const string Crypto = "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:c2VjcmV0";
        var inSection = SdpSamples.AudioOffer.Replace("a=rtcp-mux", Crypto + "\r\na=rtcp-mux");
        var atTop = SdpSamples.AudioOffer.Replace("t=0 0", "t=0 0\r\n" + Crypto);

        Assert.Contains("a=crypto", Refused(inSection).Text);
        Assert.Contains("a=crypto", Refused(atTop).Text);
        Assert.DoesNotContain("c2VjcmV0", Refused(inSection).Text);
    }

    [Theory]
    [InlineData("a=fingerprint", "fingerprint")]
    [InlineData("a=setup", "a=setup")]
    [InlineData("a=rtcp-mux", "rtcp-mux")]
    [InlineData("a=ice-ufrag", "ICE")]
    [InlineData("a=ice-pwd", "ICE")]
    public void What_DTLS_and_ICE_need_must_be_there(string line, string named)
    {
        Assert.Contains(named, Refused(WithoutLines(SdpSamples.AudioOffer, line)).Text);
    }

    [Theory]
    [InlineData("a=fingerprint:sha-1 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB")]
    [InlineData("a=fingerprint:sha-256 4A:AD")]
    [InlineData("a=fingerprint:sha-256")]
    [InlineData("a=fingerprint:md5 4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B")]
    public void A_weak_or_broken_fingerprint_is_refused_even_beside_a_strong_one(string fingerprint)
    {
        var offer = SdpSamples.AudioOffer.Replace("a=setup", fingerprint + "\r\na=setup");

        Assert.Contains("fingerprint", Refused(offer).Text);
    }

    [Theory]
    [InlineData("actpass", true, false)]
    [InlineData("active", true, true)]
    [InlineData("passive", true, true)]
    [InlineData("holdconn", false, false)]
    public void The_role_in_DTLS_must_fit_offer_and_answer(string setup, bool inOffer, bool inAnswer)
    {
        var text = SdpSamples.AudioOffer.Replace("a=setup:actpass", "a=setup:" + setup);

        Assert.Equal(inOffer, OfferPolicy.Check(text, DescriptionKind.Offer, Rules).Allowed is not null);
        Assert.Equal(inAnswer, OfferPolicy.Check(text, DescriptionKind.Answer, Rules).Allowed is not null);
    }

    [Fact]
    public void Transport_attributes_may_stand_at_session_level()
    {
        var lines = SdpSamples.AudioOffer.Split("\r\n").ToList();
        string[] moved = [.. lines.Where(line => line.StartsWith("a=fingerprint")
            || line.StartsWith("a=setup")
            || line.StartsWith("a=ice-"))];
        lines.RemoveAll(moved.Contains);
        lines.InsertRange(lines.FindIndex(line => line.StartsWith("m=")), moved);

        Assert.NotNull(OfferPolicy.Check(string.Join("\r\n", lines), DescriptionKind.Offer, Rules).Allowed);
    }

    [Fact]
    public void A_bundled_section_shares_the_transport_of_the_first()
    {
        var offer = Parsed(SdpSamples.Offer);
        var video = offer.Media[1];
        var bare = video with
        {
            Port = 0,
            Lines = video.Lines
                .RemoveAll(line =>
                    line.AttributeName is "fingerprint" or "setup" or "ice-ufrag" or "ice-pwd" or "candidate")
                .Add(new SdpLine('a', "bundle-only")),
        };
        var bundled = SdpWriter.Write(offer with { Media = offer.Media.SetItem(1, bare) });
        var alone = bundled.Replace("BUNDLE 0 1 2", "BUNDLE 0 2");

        Assert.NotNull(OfferPolicy.Check(bundled, DescriptionKind.Offer, Rules).Allowed);
        Refused(alone);
    }

    [Fact]
    public void A_section_left_with_nothing_is_rejected_and_leaves_the_bundle()
    {
        var offer = Parsed(SdpSamples.Offer);
        var vp9 = offer.Media[1] with { Formats = ["98", "99", "118", "120"] };

        var text = SdpWriter.Write(offer with { Media = offer.Media.SetItem(1, vp9) });
        var allowed = Parsed(Allowed(text, DescriptionKind.Offer));

        Assert.True(allowed.Media[1].IsRejected);
        Assert.Equal("1", allowed.Media[1].Mid);
        Assert.Equal(["0", "2"], Assert.Single(allowed.BundleGroups));
        Assert.False(SdpLines.Has(allowed.Media[1].Lines, "candidate"));
    }

    [Fact]
    public void A_session_left_with_nothing_is_refused()
    {
        var refusal = Refused(SdpSamples.AudioOffer.Replace(
            "SAVPF 111 63 9 0 8 13 110 126", "SAVPF 63 9 13 110 126"));

        Assert.Equal((488, 305), (refusal.Status, refusal.WarningCode));
    }

    [Fact]
    public void A_session_without_media_is_refused() => Refused(SdpSamples.Offer[..SdpSamples.Offer.IndexOf("m=")]);

    [Fact]
    public void An_unknown_kind_of_section_is_rejected_and_the_rest_goes_on()
    {
        var allowed = Parsed(Allowed(
            SdpSamples.AudioOffer + "m=application 5000 TCP/BFCP *\r\na=mid:1\r\n", DescriptionKind.Offer));

        Assert.Equal([false, true], allowed.Media.Select(media => media.IsRejected));
    }

    [Fact]
    public void A_payload_type_with_a_second_hidden_name_is_removed()
    {
        const string Map = "a=rtpmap:8 PCMA/8000";
        var offer = SdpSamples.AudioOffer.Replace(Map, Map + "\r\na=rtpmap:8 G729/8000");

        Assert.Equal(
            ["111", "0", "110", "126"], Parsed(Allowed(offer, DescriptionKind.Offer)).Media[0].Formats.ToArray());
    }

    [Fact]
    public void Real_time_text_passes_with_its_redundancy()
    {
        var text = "m=text 9 UDP/TLS/RTP/SAVPF 98 100 101\r\na=rtpmap:98 red/1000\r\na=fmtp:98 100/100/100\r\n"
            + "a=rtpmap:100 t140/1000\r\na=rtpmap:101 x-else/1000\r\na=mid:0b\r\n";
        var section = SdpSamples.AudioOffer[SdpSamples.AudioOffer.IndexOf("a=ice-ufrag")..]
            .Split("\r\n").Where(line => line.StartsWith("a=ice-")
                || line.StartsWith("a=setup")
                || line.StartsWith("a=fingerprint")
                || line == "a=rtcp-mux");

        var allowed = Parsed(Allowed(
            SdpSamples.AudioOffer + text + string.Join("\r\n", section) + "\r\n", DescriptionKind.Offer));

        Assert.Equal(["98", "100"], allowed.Media[1].Formats.ToArray());
    }

    [Fact]
    public void What_cannot_be_read_is_a_bad_request()
    {
        Assert.Equal(400, Refused("hello").Status);
    }

    private static Verdict.Refuse Refused(string sdp) =>
        Assert.IsType<Verdict.Refuse>(OfferPolicy.Check(sdp, DescriptionKind.Offer, Rules));

    private static string Allowed(string sdp, DescriptionKind kind)
    {
        var verdict = OfferPolicy.Check(sdp, kind, Rules);
        Assert.True(verdict.Allowed is not null, verdict.ToString());
        return verdict.Allowed.Text;
    }

    private static string WithoutLines(string sdp, string prefix) => string.Join(
        "\r\n", sdp.Split("\r\n").Where(line => !line.StartsWith(prefix)));

    private static SessionDescription Parsed(string sdp)
    {
        Assert.True(SdpParser.TryParse(sdp, out var description, out var error), error?.ToString());
        return description;
    }
}
