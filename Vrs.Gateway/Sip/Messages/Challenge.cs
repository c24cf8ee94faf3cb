using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Vrs.Gateway.Sip.Parsing;

namespace Vrs.Gateway.Sip.Messages;

/// <summary>
/// The value of WWW-Authenticate or Authorization: a scheme, then either a token (Bearer, RFC 8898) or parameters
/// (Digest, RFC 8760). Its text is a secret: it is never logged.
/// </summary>
/// <param name="Scheme">Bearer, Digest; compared without case.</param>
/// <param name="Token">The token68 of a Bearer credential, or null.</param>
/// <param name="Parameters">Comma-separated parameters, values as written.</param>
public sealed record Challenge(string Scheme, string? Token, SipParameters Parameters)
{
    /// <summary>What asks for a bearer token (RFC 8898 section 2.1.1).</summary>
    /// <param name="realm">The domain the token is for.</param>
    /// <param name="error">invalid_token and the like (RFC 6750 section 3.1), or null for a first challenge.</param>
    public static Challenge Bearer(string realm, string? error = null)
    {
        var parameters = SipParameters.Empty.With("realm", SipText.Quote(realm));
        return new Challenge(
            "Bearer", null, error is null ? parameters : parameters.With("error", SipText.Quote(error)));
    }

    /// <summary>Whether the scheme is this one.</summary>
    public bool Is(string scheme) => string.Equals(Scheme, scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads one value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out Challenge? value)
    {
        value = null;
        var scanner = new ValueScanner(text);
        var scheme = scanner.Token();
        if (scheme.IsEmpty || !scanner.SkipRequiredSpace())
        {
            return false;
        }

        var rest = scanner.Rest.TrimEnd(" \t");
        if (SipText.IsToken68(rest))
        {
            value = new Challenge(scheme.ToString(), rest.ToString(), SipParameters.Empty);
            return true;
        }

        var items = ImmutableArray.CreateBuilder<SipParameter>();
        do
        {
            if (items.Count == SipLimits.MaxParameters || !scanner.TryParameter(out var item) || item.Value is null)
            {
                return false;
            }

            items.Add(item);
        }
        while (scanner.TrySeparator(','));

        value = new Challenge(scheme.ToString(), null, new SipParameters(items.ToImmutable()));
        return scanner.AtEnd;
    }

    public override string ToString() =>
        Token is not null
            ? $"{Scheme} {Token}"
            : $"{Scheme} {string.Join(", ", Parameters.Items.Select(item => $"{item.Name}={item.Value}"))}";
}
