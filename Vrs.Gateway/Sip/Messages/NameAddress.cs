using System.Diagnostics.CodeAnalysis;
using Vrs.Gateway.Sip.Parsing;

namespace Vrs.Gateway.Sip.Messages;

/// <summary>
/// Display name, URI and header parameters: the value of From, To, Contact, Route (RFC 3261 section 20.10).
/// </summary>
/// <param name="DisplayName">The name without quotes and escapes, or null.</param>
/// <param name="Uri">The address.</param>
/// <param name="Parameters">Parameters of the header, not of the URI.</param>
public sealed record NameAddress(string? DisplayName, SipUri Uri, SipParameters Parameters)
{
    /// <summary>An address without name and parameters.</summary>
    public NameAddress(SipUri uri)
        : this(null, uri, SipParameters.Empty)
    {
    }

    /// <summary>The tag, or null.</summary>
    public string? Tag => Parameters["tag"];

    /// <summary>This address with a tag.</summary>
    public NameAddress WithTag(string tag) => this with { Parameters = Parameters.With("tag", tag) };

    /// <summary>This address without a tag, as dialogs keep it.</summary>
    public NameAddress WithoutTag() => this with { Parameters = Parameters.Without("tag") };

    /// <summary>Reads an address our own code wrote.</summary>
    /// <exception cref="FormatException">It is not one: a programmer's mistake.</exception>
    public static NameAddress Parse(string text) =>
        TryParse(text, out var value) ? value : throw new FormatException($"'{text}' is not a name-addr.");

    /// <summary>Reads one address; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out NameAddress? value)
    {
        value = null;
        var scanner = new ValueScanner(text);
        return NameAddressGrammar.TryRead(ref scanner, out value) && scanner.AtEnd;
    }

    public bool Equals(NameAddress? other) =>
        other is not null
        && string.Equals(DisplayName, other.DisplayName, StringComparison.Ordinal)
        && string.Equals(Uri.Text, other.Uri.Text, StringComparison.Ordinal)
        && Parameters.Equals(other.Parameters);

    public override int GetHashCode() => Uri.Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString()
    {
        var name = string.IsNullOrEmpty(DisplayName) ? "" : SipText.Quote(DisplayName) + " ";
        return $"{name}<{Uri.Text}>{Parameters}";
    }
}
