using Vrs.Gateway.Sdp;

namespace Vrs.Tests.Gateway.Sdp;

public sealed class SdpParserTests
{
    private const string Head = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\n";

    [Theory]
    [MemberData(nameof(SdpSamples.Names), MemberType = typeof(SdpSamples))]
    public void What_a_browser_wrote_is_written_back_unchanged(string name)
    {
        var text = SdpSamples.Read(name);

        Assert.Equal(text, SdpWriter.Write(Parsed(text)));
    }

    [Fact]
    public void Media_sections_are_taken_apart()
    {
        var description = Parsed(SdpSamples.Offer);

        Assert.Equal(["audio", "video", "application"], description.Media.Select(media => media.Kind));
        Assert.Equal(["0", "1", "2"], description.Media.Select(media => media.Mid));
        Assert.Equal(["0", "1", "2"], Assert.Single(description.BundleGroups));
        Assert.Equal("UDP/TLS/RTP/SAVPF", description.Media[0].Protocol);
        Assert.Equal("111", description.Media[0].Formats[0]);
        Assert.Equal(["webrtc-datachannel"], description.Media[2].Formats.ToArray());
        Assert.All(description.Media, media => Assert.False(media.IsRejected));
    }

    [Fact]
    public void Bare_line_feeds_end_lines_too()
    {
        Assert.Equal(
            SdpSamples.Offer,
            SdpWriter.Write(Parsed(SdpSamples.Offer.ReplaceLineEndings("\n"))));
    }

    [Fact]
    public void Port_zero_rejects_a_section_unless_it_rides_on_its_bundle()
    {
        var description = Parsed(
            Head + "m=audio 0 UDP/TLS/RTP/SAVPF 0\r\nm=video 0/2 UDP/TLS/RTP/SAVPF 96\r\na=bundle-only\r\n");

        Assert.True(description.Media[0].IsRejected);
        Assert.False(description.Media[1].IsRejected);
        Assert.Equal(2, description.Media[1].PortCount);
    }

    [Theory]
    [InlineData("", SdpFault.Missing, 1)]
    [InlineData("o=- 1 1 IN IP4 1.2.3.4\r\n", SdpFault.WrongVersion, 1)]
    [InlineData("v=1\r\n", SdpFault.WrongVersion, 1)]
    [InlineData("v=0\r\ns=-\r\nt=0 0\r\n", SdpFault.Missing, 4)]
    [InlineData("v=0\r\ns=-\r\no=x\r\n", SdpFault.OutOfOrder, 3)]
    [InlineData(Head + "v=0\r\n", SdpFault.OutOfOrder, 5)]
    [InlineData(Head + "x=what\r\n", SdpFault.OutOfOrder, 5)]
    [InlineData(Head + "hello\r\n", SdpFault.NotALine, 5)]
    [InlineData(Head + "a=\r\n", SdpFault.BadAttribute, 5)]
    [InlineData(Head + "a=:x\r\n", SdpFault.BadAttribute, 5)]
    [InlineData(Head + "a=x\ry\r\n", SdpFault.BadCharacter, 5)]
    [InlineData(Head + "a=x\0\r\n", SdpFault.BadCharacter, 5)]
    [InlineData(Head + "a=x\u0085y\r\n", SdpFault.BadCharacter, 5)]
    [InlineData(Head + "m=audio 1 RTP/AVP\r\n", SdpFault.BadMediaLine, 5)]
    [InlineData(Head + "m=audio x RTP/AVP 0\r\n", SdpFault.BadMediaLine, 5)]
    [InlineData(Head + "m=audio 70000 RTP/AVP 0\r\n", SdpFault.BadMediaLine, 5)]
    [InlineData(Head + "m=audio -1 RTP/AVP 0\r\n", SdpFault.BadMediaLine, 5)]
    [InlineData(Head + "m=audio 1/ RTP/AVP 0\r\n", SdpFault.BadMediaLine, 5)]
    [InlineData("v=0\r\no=x\r\ns=-\r\nm=audio 1 RTP/AVP 0\r\nt=0 0\r\n", SdpFault.Missing, 4)]
    public void Faults_come_with_their_line(string text, SdpFault fault, int line)
    {
        Assert.False(SdpParser.TryParse(text, out _, out var error));
        Assert.Equal(new SdpParseError(fault, line), error);
        Assert.Contains($"line {line}", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SdpFault.TooLong)]
    [InlineData(SdpFault.LineTooLong)]
    [InlineData(SdpFault.TooManyLines)]
    [InlineData(SdpFault.TooManyMedia)]
    [InlineData(SdpFault.TooManyFormats)]
    public void Every_bound_holds_and_what_is_just_within_it_passes(SdpFault fault)
    {
        Assert.False(SdpParser.TryParse(AtBound(fault, 1), out _, out var error));
        Assert.Equal(fault, error.Fault);
        Assert.True(SdpParser.TryParse(AtBound(fault, 0), out _, out _));
    }

    private static string AtBound(SdpFault fault, int over) => fault switch
    {
        SdpFault.TooLong => Padded(SdpLimits.MaxLength + over),
        SdpFault.LineTooLong => Head + "a=" + new string('x', SdpLimits.MaxLineLength - 2 + over) + "\r\n",
        SdpFault.TooManyLines => Head + Repeat("a=x\r\n", SdpLimits.MaxLines - 4 + over),
        SdpFault.TooManyMedia => Head + Repeat("m=audio 9 X 0\r\n", SdpLimits.MaxMedia + over),
        SdpFault.TooManyFormats => Head + "m=audio 9 X" + Repeat(" 0", SdpLimits.MaxFormats + over) + "\r\n",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "Not a bound."),
    };

    private static string Padded(int length)
    {
        var line = "a=" + new string('x', 1000) + "\n";
        var text = Head + Repeat(line, (length - Head.Length) / line.Length - 1);
        return text + "a=" + new string('y', length - text.Length - 3) + "\n";
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static SessionDescription Parsed(string text)
    {
        Assert.True(SdpParser.TryParse(text, out var description, out var error), error?.ToString());
        return description;
    }
}
