using System.Collections.Immutable;
using Vrs.Gateway.Sdp;

namespace Vrs.Gateway.SessionPolicy;

/// <summary>
/// The verdict on one media section: the section as it may go on, or the refusal of the whole session.
/// </summary>
/// <param name="Section">The section as it may go on.</param>
/// <param name="Refusal">Null when the session may go on.</param>
internal readonly record struct JudgedSection(MediaDescription Section, Verdict.Refuse? Refusal);

/// <summary>Judges one media section; see <see cref="OfferPolicy"/>.</summary>
internal static class MediaPolicy
{
    private const string DataChannel = "webrtc-datachannel";

    public static JudgedSection Check(
        MediaDescription section,
        ImmutableArray<SdpLine> transport,
        DescriptionKind kind,
        SessionRules rules,
        ImmutableArray<string>.Builder removed)
    {
        if (section.IsRejected)
        {
            return new JudgedSection(Rejected(section), null);
        }

        if (rules.Codecs.TryGetValue(section.Kind, out var codecs))
        {
            var refusal = RtpFault(section, transport, rules) ?? TransportFault(section, transport, kind);
            return new JudgedSection(refusal is null ? WithAllowedCodecs(section, codecs, removed) : section, refusal);
        }

        if (section.Kind == "application"
            && rules.DataProtocols.Contains(section.Protocol)
            && section.Formats is [DataChannel])
        {
            return new JudgedSection(section, TransportFault(section, transport, kind));
        }

        removed.Add(section.Kind);
        return new JudgedSection(Rejected(section), null);
    }

    private static Verdict.Refuse? RtpFault(
        MediaDescription section, ImmutableArray<SdpLine> transport, SessionRules rules)
    {
        if (!rules.RtpProtocols.Contains(section.Protocol))
        {
            return new Verdict.Refuse(
                488,
                302,
                $"The {section.Kind} section is not encrypted by DTLS-SRTP: only UDP/TLS/RTP/SAVPF is accepted");
        }

        return SdpLines.Has(transport, "rtcp-mux")
            ? null
            : new Verdict.Refuse(488, 399, $"The {section.Kind} section has no rtcp-mux, which is required");
    }

    private static Verdict.Refuse? TransportFault(
        MediaDescription section, ImmutableArray<SdpLine> transport, DescriptionKind kind)
    {
        string? fault = null;
        if (SdpLines.Has(transport, "crypto"))
        {
            fault = "carries SRTP keys in the clear (a=crypto): only DTLS-SRTP is accepted";
        }
        else if (!HasStrongFingerprints(transport))
        {
            fault = "needs a certificate fingerprint of SHA-256 or stronger, and no weaker one";
        }
        else if (!HasSetup(transport, kind))
        {
            fault = kind == DescriptionKind.Offer
                ? "needs a=setup with actpass, active or passive"
                : "needs a=setup with active or passive";
        }
        else if (!SdpLines.Has(transport, "ice-ufrag") || !SdpLines.Has(transport, "ice-pwd"))
        {
            fault = "has no ICE credentials, which are required";
        }

        return fault is null ? null : new Verdict.Refuse(488, 399, $"The {section.Kind} section {fault}");
    }

    private static bool HasStrongFingerprints(ImmutableArray<SdpLine> transport)
    {
        var fingerprints = SdpLines.Values(transport, "fingerprint").ToList();
        return fingerprints.Count > 0 && fingerprints.TrueForAll(IsStrong);
    }

    // RFC 8122 section 5: hash function, space, upper-case hexadecimal pairs with colons between them.
    private static bool IsStrong(string fingerprint)
    {
        var space = fingerprint.IndexOf(' ', StringComparison.Ordinal);
        if (space < 0 || !SessionRules.FingerprintOctets.TryGetValue(fingerprint[..space], out var octets))
        {
            return false;
        }

        var pairs = fingerprint[(space + 1)..].Trim().Split(':');
        return pairs.Length == octets && pairs.All(pair => pair.Length == 2 && pair.All(char.IsAsciiHexDigit));
    }

    private static bool HasSetup(ImmutableArray<SdpLine> transport, DescriptionKind kind) =>
        SdpLines.Value(transport, "setup") switch
        {
            "active" or "passive" => true,
            "actpass" => kind == DescriptionKind.Offer,
            _ => false,
        };

    private static MediaDescription WithAllowedCodecs(
        MediaDescription section, ImmutableHashSet<string> codecs, ImmutableArray<string>.Builder removed)
    {
        var payloads = PayloadTypes.Read(section);
        var kept = section.Formats.Where(format => payloads.IsAllowed(format, codecs)).ToImmutableArray();
        if (kept.All(payloads.IsAuxiliary))
        {
            removed.Add(section.Kind);
            return Rejected(section);
        }

        if (kept.Length == section.Formats.Length)
        {
            return section;
        }

        removed.AddRange(section.Formats.Except(kept).Select(payloads.NameOf).Distinct());
        return section with
        {
            Formats = kept,
            Lines = [.. section.Lines.Where(line => PayloadTypes.Of(line) is not { } format || kept.Contains(format))],
        };
    }

    /// <summary>
    /// The section with nothing in it but what pairs it with its counterpart: the peer answers it with port 0 too, so
    /// the
    /// sections of offer and answer still match one to one (RFC 3264 section 6).
    /// </summary>
    private static MediaDescription Rejected(MediaDescription section) => section with
    {
        Port = 0,
        PortCount = 1,
        Lines =
        [
            new SdpLine('c', "IN IP4 0.0.0.0"),
            .. section.Lines.Where(line => line.IsAttribute("mid")).Take(1),
            new SdpLine('a', "inactive"),
        ],
    };
}
