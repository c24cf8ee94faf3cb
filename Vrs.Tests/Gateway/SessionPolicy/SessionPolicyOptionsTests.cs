using Vrs.Gateway.SessionPolicy;

namespace Vrs.Tests.Gateway.SessionPolicy;

public sealed class SessionPolicyOptionsTests
{
    [Fact]
    public void The_defaults_are_valid() => Assert.Empty(Faults(new SessionPolicyOptions()));

    [Fact]
    public void All_faults_are_found_at_once()
    {
        var faults = Faults(new SessionPolicyOptions
        {
            AudioCodecs = "*",
            VideoCodecs = "rtx",
            TextCodecs = "t140, html",
            RtpProtocols = "UDP/TLS/RTP/SAVPF, RTP/AVP",
            DataProtocols = "",
        });

        Assert.Contains(faults, fault => fault.Contains("AudioCodecs: found '*'") && fault.Contains("wildcard"));
        Assert.Contains(faults, fault => fault.Contains("AudioCodecs: found '*'; must name at least one codec"));
        Assert.Contains(faults, fault => fault.Contains("VideoCodecs: found 'rtx'; must name at least one codec"));
        Assert.Contains(faults, fault => fault.Contains("TextCodecs: found 'html'"));
        Assert.Contains(faults, fault => fault.Contains("RtpProtocols: found 'RTP/AVP'") && fault.Contains("DTLS"));
        Assert.Contains(faults, fault => fault.Contains("DataProtocols: found nothing"));
        Assert.Equal(6, faults.Count);
    }

    [Fact]
    public void Fewer_codecs_may_be_allowed()
    {
        var rules = new SessionPolicyOptions { VideoCodecs = "h264" }.ToRules();

        Assert.Equal(["H264"], rules.Codecs["video"].Select(codec => codec.ToUpperInvariant()));
    }

    private static List<string> Faults(SessionPolicyOptions options) =>
        [.. new SessionPolicyOptionsValidator().Validate(null, options).Failures ?? []];
}
