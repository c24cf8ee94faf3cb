using System.Collections.Immutable;

namespace Vrs.Gateway.SessionPolicy;

/// <summary>What media may pass, ready for use. Everything that is not named here is not allowed.</summary>
/// <param name="Codecs">Encoding names by media kind; names are case-insensitive (RFC 8866 section 6.6).</param>
/// <param name="RtpProtocols">Transport profiles of audio, video and text.</param>
/// <param name="DataProtocols">Transport profiles of data channels.</param>
public sealed record SessionRules(
    ImmutableDictionary<string, ImmutableHashSet<string>> Codecs,
    ImmutableHashSet<string> RtpProtocols,
    ImmutableHashSet<string> DataProtocols)
{
    /// <summary>Hash functions a certificate fingerprint may use (RFC 8122), with their length in octets.</summary>
    public static readonly ImmutableDictionary<string, int> FingerprintOctets =
        ImmutableDictionary.CreateRange(
            StringComparer.OrdinalIgnoreCase,
            [
                KeyValuePair.Create("sha-256", 32),
                KeyValuePair.Create("sha-384", 48),
                KeyValuePair.Create("sha-512", 64),
            ]);

    /// <summary>
    /// Encodings that carry no conversation by themselves: a section left with only these has no codec.
    /// </summary>
    public static readonly ImmutableHashSet<string> Auxiliary =
        ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase, "telephone-event", "rtx", "red");

    /// <summary>
    /// Payload types that need no rtpmap (RFC 3551 section 6), as far as their codecs can be allowed.
    /// </summary>
    public static readonly ImmutableDictionary<string, string> StaticPayloadTypes =
        ImmutableDictionary.CreateRange([KeyValuePair.Create("0", "PCMU"), KeyValuePair.Create("8", "PCMA")]);
}
