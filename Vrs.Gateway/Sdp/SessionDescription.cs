using System.Collections.Immutable;

namespace Vrs.Gateway.Sdp;

/// <summary>A session description: session-level lines and media sections, both in the order they came.</summary>
/// <param name="Lines">The lines above the first <c>m=</c> line.</param>
/// <param name="Media">The media sections.</param>
public sealed record SessionDescription(ImmutableArray<SdpLine> Lines, ImmutableArray<MediaDescription> Media)
{
    /// <summary>The tags of each BUNDLE group (RFC 9143), in order.</summary>
    public IEnumerable<string[]> BundleGroups =>
        from value in SdpLines.Values(Lines, "group")
        let words = value.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        where words.Length > 0 && words[0] == "BUNDLE"
        select words[1..];
}
