using System.Collections.Immutable;
using Vrs.Gateway.Sdp;
using Vrs.Grains.Interfaces;

namespace Vrs.Gateway.SessionPolicy;

/// <summary>Whether a description opens a negotiation or closes it (RFC 3264).</summary>
public enum DescriptionKind
{
    /// <summary>An offer: it must bring at least one ICE candidate, since nothing trickles over SIP here.</summary>
    Offer,

    /// <summary>An answer.</summary>
    Answer,
}

/// <summary>
/// Decides whether a session description may pass. Pure and closed by default: media without keys from DTLS refuses the
/// session, codecs that are not named disappear, a section left with nothing is rejected (port 0, RFC 3264 section
/// 6), and
/// a session left with nothing is refused.
/// </summary>
public static class OfferPolicy
{
    private static readonly Verdict.Refuse NothingLeft =
        new(488, 305, "No media section with an allowed codec is left");

    private static readonly Verdict.Refuse NoCandidates =
        new(488, 399, "The offer has no ICE candidates: check the network and the TURN credentials, then call again");

    /// <summary>Judges a description as text.</summary>
    public static Verdict Check(string sdp, DescriptionKind kind, SessionRules rules)
    {
        if (!SdpParser.TryParse(sdp, out var description, out var error))
        {
            return new Verdict.Refuse(400, 399, error.ToString());
        }

        var removed = ImmutableArray.CreateBuilder<string>();
        var media = ImmutableArray.CreateBuilder<MediaDescription>(description.Media.Length);
        foreach (var section in description.Media)
        {
            var transport = TransportLines(description, section);
            var judged = MediaPolicy.Check(section, transport, kind, rules, removed);
            if (judged.Refusal is not null)
            {
                return judged.Refusal;
            }

            media.Add(judged.Section);
        }

        if (media.All(section => section.IsRejected))
        {
            return NothingLeft;
        }

        var allowed = WithoutRejectedInBundle(description with { Media = media.MoveToImmutable() });
        if (kind == DescriptionKind.Offer && !HasCandidates(allowed))
        {
            return NoCandidates;
        }

        // Written anew even when nothing was removed: what passes is exactly what was read and judged.
        var text = new SdpText(SdpWriter.Write(allowed));
        return removed.Count == 0 ? new Verdict.Pass(text) : new Verdict.Rewrite(text, removed.ToImmutable());
    }

    /// <summary>
    /// Where the transport attributes of a section are found: in the section, at session level, or in the first
    /// section of
    /// its BUNDLE group, whose transport it then shares (RFC 9143 section 7.1.3).
    /// </summary>
    private static ImmutableArray<SdpLine> TransportLines(SessionDescription description, MediaDescription section)
    {
        var lines = section.Lines.AddRange(description.Lines);
        var first = section.Mid is { } mid
            ? description.BundleGroups.FirstOrDefault(group => group.Contains(mid))?[0]
            : null;
        var tagged = first is null ? null : description.Media.FirstOrDefault(other => other.Mid == first);
        return tagged is null ? lines : lines.AddRange(tagged.Lines);
    }

    // RFC 9143 section 7.3.3: a rejected section must not stay in a BUNDLE group.
    private static SessionDescription WithoutRejectedInBundle(SessionDescription description)
    {
        var rejected = description.Media
            .Where(section => section.IsRejected)
            .Select(section => section.Mid)
            .ToHashSet();
        if (rejected.Count == 0)
        {
            return description;
        }

        return description with { Lines = [.. description.Lines.Select(line => Pruned(line, rejected))] };
    }

    private static SdpLine Pruned(SdpLine line, HashSet<string?> rejected)
    {
        const string Prefix = "group:BUNDLE";
        return line.Type == 'a' && line.Value.StartsWith(Prefix, StringComparison.Ordinal)
            ? new SdpLine('a', string.Join(' ', line.Value.Split(' ').Where(word => !rejected.Contains(word))))
            : line;
    }

    private static bool HasCandidates(SessionDescription description) =>
        description.Media.Any(section => !section.IsRejected && SdpLines.Has(section.Lines, "candidate"));
}
