using System.Collections.Immutable;

namespace Vrs.Gateway.Sdp;

/// <summary>
/// One media section (RFC 8866 section 5.14): the <c>m=</c> line taken apart, the lines below it as they came.
/// </summary>
/// <param name="Kind">audio, video, text, application, …</param>
/// <param name="Port">The port; 0 rejects the section, unless it is bundle-only (RFC 9143 section 6).</param>
/// <param name="PortCount">The number of ports after the slash; 1 when not given.</param>
/// <param name="Protocol">The transport profile, e.g. <c>UDP/TLS/RTP/SAVPF</c>.</param>
/// <param name="Formats">Payload types, or <c>webrtc-datachannel</c>.</param>
/// <param name="Lines">All lines of the section below the <c>m=</c> line.</param>
public sealed record MediaDescription(
    string Kind,
    int Port,
    int PortCount,
    string Protocol,
    ImmutableArray<string> Formats,
    ImmutableArray<SdpLine> Lines)
{
    /// <summary>The section's identification tag (RFC 5888), or null.</summary>
    public string? Mid => SdpLines.Value(Lines, "mid");

    /// <summary>
    /// Whether the section carries no media: port zero and not merely riding on another section's port.
    /// </summary>
    public bool IsRejected => Port == 0 && !SdpLines.Has(Lines, "bundle-only");
}
