using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Vrs.Grains.Interfaces;

namespace Vrs.Gateway.SessionPolicy;

/// <summary>
/// Which media may pass; every list is comma-separated. Nothing here can turn encryption off: the validator knows only
/// codecs the service can carry and transport profiles with DTLS.
/// </summary>
public sealed record SessionPolicyOptions
{
    /// <summary>The section's name in the configuration.</summary>
    public const string Section = "Gateway:SessionPolicy";

    /// <summary>Encodings allowed in audio sections.</summary>
    public string AudioCodecs { get; set; } = "opus, PCMU, PCMA, telephone-event";

    /// <summary>Encodings allowed in video sections; <c>rtx</c> passes only for a codec that passes.</summary>
    public string VideoCodecs { get; set; } = "H264, VP8, rtx";

    /// <summary>Encodings allowed in real-time text sections (RFC 4103).</summary>
    public string TextCodecs { get; set; } = "t140, red";

    /// <summary>Transport profiles of audio, video and text (RFC 5764).</summary>
    public string RtpProtocols { get; set; } = "UDP/TLS/RTP/SAVPF, TCP/TLS/RTP/SAVPF";

    /// <summary>Transport profiles of data channels (RFC 8841), which carry real-time text (RFC 8865).</summary>
    public string DataProtocols { get; set; } = "UDP/DTLS/SCTP, TCP/DTLS/SCTP";

    /// <summary>The lists in the form the policy uses.</summary>
    public SessionRules ToRules() => new(
        ImmutableDictionary.CreateRange(
        [
            KeyValuePair.Create("audio", Set(AudioCodecs)),
            KeyValuePair.Create("video", Set(VideoCodecs)),
            KeyValuePair.Create("text", Set(TextCodecs)),
        ]),
        Set(RtpProtocols),
        Set(DataProtocols));

    internal static IEnumerable<string> Words(string list) =>
        list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static ImmutableHashSet<string> Set(string list) =>
        ImmutableHashSet.CreateRange(StringComparer.OrdinalIgnoreCase, Words(list));
}

/// <summary>Finds every fault of <see cref="SessionPolicyOptions"/> at once.</summary>
public sealed class SessionPolicyOptionsValidator : IValidateOptions<SessionPolicyOptions>
{
    private static readonly string[] KnownAudio = ["opus", "PCMU", "PCMA", "telephone-event"];
    private static readonly string[] KnownVideo = ["H264", "VP8", "rtx"];
    private static readonly string[] KnownText = ["t140", "red"];
    private static readonly string[] KnownRtp = ["UDP/TLS/RTP/SAVPF", "TCP/TLS/RTP/SAVPF"];
    private static readonly string[] KnownData = ["UDP/DTLS/SCTP", "TCP/DTLS/SCTP"];

    public ValidateOptionsResult Validate(string? name, SessionPolicyOptions options)
    {
        var faults = new OptionFaults(SessionPolicyOptions.Section);
        RequireCodecs(faults, nameof(options.AudioCodecs), options.AudioCodecs, KnownAudio);
        RequireCodecs(faults, nameof(options.VideoCodecs), options.VideoCodecs, KnownVideo);
        RequireKnownCodecs(faults, nameof(options.TextCodecs), options.TextCodecs, KnownText);
        RequireProtocols(faults, nameof(options.RtpProtocols), options.RtpProtocols, KnownRtp);
        RequireProtocols(faults, nameof(options.DataProtocols), options.DataProtocols, KnownData);
        return faults.All.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults.All);
    }

    private static void RequireCodecs(OptionFaults faults, string option, string list, string[] known)
    {
        RequireKnownCodecs(faults, option, list, known);
        faults.Require(
            SessionPolicyOptions.Words(list).Intersect(known, StringComparer.OrdinalIgnoreCase)
                .Any(word => !SessionRules.Auxiliary.Contains(word)),
            option,
            list,
            "must name at least one codec that carries media",
            ChooseFrom(known));
    }

    private static void RequireKnownCodecs(OptionFaults faults, string option, string list, string[] known)
    {
        foreach (var word in SessionPolicyOptions.Words(list))
        {
            faults.Require(
                known.Contains(word, StringComparer.OrdinalIgnoreCase),
                option,
                word,
                word.Contains('*', StringComparison.Ordinal)
                    ? "must name its codecs; a wildcard would let through what nobody has checked"
                    : "must name only codecs this service carries",
                ChooseFrom(known));
        }
    }

    private static void RequireProtocols(OptionFaults faults, string option, string list, string[] known)
    {
        foreach (var word in SessionPolicyOptions.Words(list))
        {
            faults.Require(
                known.Contains(word, StringComparer.OrdinalIgnoreCase),
                option,
                word,
                "must encrypt media with keys from DTLS; RTP without it is never accepted",
                ChooseFrom(known));
        }

        faults.Require(
            SessionPolicyOptions.Words(list).Any(),
            option,
            list,
            "must name at least one transport profile",
            ChooseFrom(known));
    }

    private static string ChooseFrom(string[] known) => $"Choose from {string.Join(", ", known)}.";
}
