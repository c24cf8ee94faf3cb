using System.Text;

namespace Vrs.Bench.Headless;

/// <summary>
/// Session descriptions as Chromium makes them: BUNDLE, ICE, DTLS-SRTP and more codecs than the service allows. No
/// media ever flows to them; they only have to be believable.
/// </summary>
public static class Sdp
{
    private const string Fingerprint =
        "sha-256 7B:8B:F0:65:5F:78:E2:51:3B:AC:6F:F3:3F:46:1B:35:DC:B8:5F:64:1A:24:C2:43:F0:A1:58:D0:A1:2C:19:08";

    private static readonly string[] KeptCodecs =
        ["opus/48000/2", "PCMU/8000", "PCMA/8000", "telephone-event/8000", "VP8/90000", "H264/90000"];

    /// <summary>An offer of audio and video.</summary>
    public static string VideoOffer() => Session("0 1") + Audio("UDP/TLS/RTP/SAVPF", secure: true) + Video();

    /// <summary>An offer of audio.</summary>
    public static string AudioOffer() => Session("0") + Audio("UDP/TLS/RTP/SAVPF", secure: true);

    /// <summary>The same description, putting the other side on hold (RFC 3264 section 8.4).</summary>
    public static string Held(string offer) => offer.Replace("a=sendrecv", "a=sendonly", StringComparison.Ordinal);

    /// <summary>Whether this description puts the other side on hold.</summary>
    public static bool IsHeld(string offer) => offer.Contains("a=sendonly", StringComparison.Ordinal);

    /// <summary>An offer of audio without any encryption, as an old device would send.</summary>
    public static string PlainRtpOffer() => Session("0") + Audio("RTP/AVP", secure: false);

    /// <summary>An offer of nothing but codecs the service does not allow.</summary>
    public static string ForbiddenCodecOffer() => Session("0") + Lines(
        "m=audio 9 UDP/TLS/RTP/SAVPF 9",
        "c=IN IP4 0.0.0.0",
        $"a=ice-ufrag:{Words.Short()[..4]}",
        $"a=ice-pwd:{Words.Long()}abcd",
        $"a=fingerprint:{Fingerprint}",
        "a=setup:actpass",
        "a=mid:0",
        "a=sendrecv",
        "a=rtcp-mux",
        "a=rtpmap:9 G722/8000");

    /// <summary>An answer that takes every media section of the offer with the first codecs it knows.</summary>
    public static string Answer(string offer)
    {
        var answer = new StringBuilder(Session(""));
        foreach (var section in offer.Split("\r\nm=").Skip(1))
        {
            var lines = section.TrimEnd().Split("\r\n");
            var media = lines[0].Split(' ');
            var maps = lines.Where(l => KeptCodecs.Any(c => l.StartsWith("a=rtpmap:", StringComparison.Ordinal)
                && l.EndsWith(c, StringComparison.Ordinal))).ToArray();
            var payloads = string.Join(' ', maps.Select(l => l["a=rtpmap:".Length..].Split(' ')[0]));
            var mid = lines.FirstOrDefault(l => l.StartsWith("a=mid:", StringComparison.Ordinal)) ?? "a=mid:0";
            var direction = lines.Contains("a=sendonly") ? "a=recvonly" : "a=sendrecv";
            answer.Append(Lines([$"m={media[0]} 9 {media[2]} {payloads}", .. Transport("active"), mid, direction,
                "a=rtcp-mux", .. maps]));
        }

        return answer.ToString();
    }

    private static string Session(string bundle) => Lines(
        $"v=0\r\no=- {Random.Shared.NextInt64(1, long.MaxValue)} 2 IN IP4 127.0.0.1",
        "s=-",
        "t=0 0",
        bundle.Length > 0 ? $"a=group:BUNDLE {bundle}" : "a=ice-options:trickle",
        "a=extmap-allow-mixed",
        "a=msid-semantic: WMS stream");

    private static string[] Transport(string setup) =>
    [
        "c=IN IP4 192.0.2.10",
        "a=candidate:1467250027 1 udp 2122260223 192.0.2.10 46243 typ host generation 0 network-id 1",
        "a=candidate:435653019 1 tcp 1518280447 192.0.2.10 9 typ host tcptype active generation 0 network-id 1",
        $"a=ice-ufrag:{Words.Short()[..4]}",
        $"a=ice-pwd:{Words.Long()}abcd",
        $"a=fingerprint:{Fingerprint}",
        $"a=setup:{setup}",
    ];

    private static string Audio(string protocol, bool secure) => Lines(
    [
        $"m=audio 46243 {protocol} 111 63 9 0 8 13 110 126",
        .. secure ? Transport("actpass") : ["c=IN IP4 192.0.2.10"],
        "a=rtcp:9 IN IP4 0.0.0.0",
        "a=mid:0",
        "a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level",
        "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid",
        "a=sendrecv",
        "a=msid:stream audio",
        "a=rtcp-mux",
        "a=rtpmap:111 opus/48000/2",
        "a=rtcp-fb:111 transport-cc",
        "a=fmtp:111 minptime=10;useinbandfec=1",
        "a=rtpmap:63 red/48000/2",
        "a=fmtp:63 111/111",
        "a=rtpmap:9 G722/8000",
        "a=rtpmap:0 PCMU/8000",
        "a=rtpmap:8 PCMA/8000",
        "a=rtpmap:13 CN/8000",
        "a=rtpmap:110 telephone-event/48000",
        "a=rtpmap:126 telephone-event/8000",
        "a=ssrc:1001 cname:headless",
    ]);

    private static string Video() => Lines(
    [
        "m=video 9 UDP/TLS/RTP/SAVPF 96 97 98 99 103 104 45 46 114",
        .. Transport("actpass"),
        "a=rtcp:9 IN IP4 0.0.0.0",
        "a=mid:1",
        "a=extmap:14 urn:ietf:params:rtp-hdrext:toffset",
        "a=extmap:13 urn:3gpp:video-orientation",
        "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid",
        "a=sendrecv",
        "a=msid:stream video",
        "a=rtcp-mux",
        "a=rtcp-rsize",
        "a=rtpmap:96 VP8/90000",
        "a=rtcp-fb:96 goog-remb",
        "a=rtcp-fb:96 ccm fir",
        "a=rtcp-fb:96 nack",
        "a=rtcp-fb:96 nack pli",
        "a=rtpmap:97 rtx/90000",
        "a=fmtp:97 apt=96",
        "a=rtpmap:98 VP9/90000",
        "a=fmtp:98 profile-id=0",
        "a=rtpmap:99 rtx/90000",
        "a=fmtp:99 apt=98",
        "a=rtpmap:103 H264/90000",
        "a=rtcp-fb:103 nack pli",
        "a=fmtp:103 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f",
        "a=rtpmap:104 rtx/90000",
        "a=fmtp:104 apt=103",
        "a=rtpmap:45 AV1/90000",
        "a=rtpmap:46 rtx/90000",
        "a=fmtp:46 apt=45",
        "a=rtpmap:114 ulpfec/90000",
        "a=ssrc-group:FID 2001 2002",
        "a=ssrc:2001 cname:headless",
        "a=ssrc:2002 cname:headless",
    ]);

    private static string Lines(params string[] lines) => string.Join("\r\n", lines) + "\r\n";
}
