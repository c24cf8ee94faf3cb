using System.Collections.Immutable;

namespace Vrs.Gateway.Sdp;

/// <summary>Looks for attributes in a list of lines.</summary>
public static class SdpLines
{
    /// <summary>Whether the attribute occurs at all.</summary>
    public static bool Has(ImmutableArray<SdpLine> lines, string attribute) =>
        lines.Any(line => line.IsAttribute(attribute));

    /// <summary>The value of the attribute's first occurrence, or null when it does not occur.</summary>
    public static string? Value(ImmutableArray<SdpLine> lines, string attribute) =>
        Values(lines, attribute).FirstOrDefault();

    /// <summary>The values of all its occurrences, in order.</summary>
    public static IEnumerable<string> Values(ImmutableArray<SdpLine> lines, string attribute) =>
        lines.Where(line => line.IsAttribute(attribute)).Select(line => line.AttributeValue.Trim().ToString());
}
