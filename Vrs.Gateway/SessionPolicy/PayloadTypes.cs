using System.Collections.Immutable;
using Vrs.Gateway.Sdp;

namespace Vrs.Gateway.SessionPolicy;

/// <summary>
/// What the payload types of one media section stand for (RFC 8866 section 6.6, RFC 4588 for <c>apt</c>).
/// </summary>
internal sealed class PayloadTypes
{
    private static readonly string[] PerFormat = ["rtpmap", "fmtp", "rtcp-fb"];

    private readonly ILookup<string, string> _names;
    private readonly ILookup<string, string> _parameters;

    private PayloadTypes(ILookup<string, string> names, ILookup<string, string> parameters)
    {
        _names = names;
        _parameters = parameters;
    }

    public static PayloadTypes Read(MediaDescription section) => new(
        PerFormatValues(section, "rtpmap").ToLookup(pair => pair.Format, pair => pair.Text.Split('/')[0].Trim()),
        PerFormatValues(section, "fmtp").ToLookup(pair => pair.Format, pair => pair.Text));

    /// <summary>The payload type that an attribute is about, or null when it is about the whole section.</summary>
    public static string? Of(SdpLine line)
    {
        if (!PerFormat.Any(line.IsAttribute))
        {
            return null;
        }

        var format = line.AttributeValue.TrimStart().ToString().Split(' ')[0];
        return format == "*" ? null : format;
    }

    /// <summary>The encoding name for people; the number when there is none.</summary>
    public string NameOf(string format) => Names(format).FirstOrDefault() ?? format;

    /// <summary>Whether it carries no conversation by itself.</summary>
    public bool IsAuxiliary(string format) => Names(format).Any(SessionRules.Auxiliary.Contains);

    /// <summary>
    /// Whether the payload type may pass. A type that is mapped twice must be allowed under every name, and one that is
    /// mapped to nothing is not allowed.
    /// </summary>
    public bool IsAllowed(string format, ImmutableHashSet<string> codecs)
    {
        var names = Names(format).ToList();
        if (names.Count == 0 || !names.TrueForAll(codecs.Contains))
        {
            return false;
        }

        return names.TrueForAll(name => name.ToUpperInvariant() switch
        {
            "RTX" => Protects(format, codecs, apt => apt.Split('=') is ["apt", var type] ? [type] : []),
            "RED" => Protects(format, codecs, list => list.Split('/')),
            _ => true,
        });
    }

    // Retransmission and redundancy pass only for what passes itself; what they protect is never rtx or red again.
    private bool Protects(string format, ImmutableHashSet<string> codecs, Func<string, string[]> types)
    {
        var named = _parameters[format]
            .SelectMany(text => text.Split(';', StringSplitOptions.TrimEntries))
            .SelectMany(types)
            .Distinct()
            .ToList();
        return named.Count > 0
            && named.TrueForAll(type => !IsAuxiliary(type) && IsAllowed(type, codecs));
    }

    private IEnumerable<string> Names(string format) =>
        _names.Contains(format) || !SessionRules.StaticPayloadTypes.TryGetValue(format, out var known)
            ? _names[format]
            : [known];

    private static IEnumerable<(string Format, string Text)> PerFormatValues(
        MediaDescription section, string attribute) =>
        from value in SdpLines.Values(section.Lines, attribute)
        let space = value.IndexOf(' ', StringComparison.Ordinal)
        where space > 0
        select (value[..space], value[(space + 1)..].Trim());
}
