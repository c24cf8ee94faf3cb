using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Tokens;
using Vrs.Grains.Interfaces.Accounts;

namespace Vrs.Gateway.Sip.Registrar;

/// <summary>Who sent a request, or the response that refuses it.</summary>
/// <param name="Holder">Who; null when refused.</param>
/// <param name="Refusal">401 or 403; null when it is clear who.</param>
/// <param name="IsForged">The request brought a token that this service never made.</param>
public readonly record struct Authentication(TokenHolder? Holder, SipResponse? Refusal, bool IsForged = false);

/// <summary>
/// Bearer authentication (RFC 8898) with the tokens of the web sign-in. For requests outside dialogs only: a challenged
/// request inside a dialog makes browsers hang up, and CANCEL and ACK cannot be challenged at all (RFC 3261 section
/// 22.1).
/// </summary>
/// <param name="tokens">Checks tokens.</param>
/// <param name="realm">The SIP domain: realm of the challenge and host of every address-of-record.</param>
public sealed class BearerAuthenticator(IAccessTokens tokens, string realm)
{
    /// <summary>
    /// Checks the token, that its holder's role takes part in calls, and that the address-of-record is the holder's
    /// own.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="address">The address that must be the holder's: To of REGISTER, From of everything else.</param>
    public Authentication Check(SipRequest request, NameAddress address)
    {
        if (request.Headers[HeaderNames.Authorization] is not { } text)
        {
            return new Authentication(null, Challenged(request, error: null));
        }

        if (HolderOf(text) is not { } holder)
        {
            var forged = TokenIn(text) is not { } token || tokens.IsForged(token);
            return new Authentication(null, Challenged(request, "invalid_token"), forged);
        }

        return IsInCalls(holder.Role) && IsAddressOf(address.Uri, holder)
            ? new Authentication(holder, null)
            : new Authentication(null, SipResponse.For(request, SipStatus.Forbidden));
    }

    /// <summary>Who holds the token of a request, if it brings a good one and may take part in calls.</summary>
    public TokenHolder? HolderOf(SipRequest request) =>
        request.Headers[HeaderNames.Authorization] is { } text
            && HolderOf(text) is { } holder
            && IsInCalls(holder.Role)
            ? holder
            : null;

    private TokenHolder? HolderOf(string authorization) =>
        TokenIn(authorization) is { } token ? tokens.Verify(token) : null;

    private static bool IsInCalls(AccountRole role) =>
        role is AccountRole.Caller or AccountRole.Interpreter or AccountRole.Phone;

    private static string? TokenIn(string authorization) =>
        Challenge.TryParse(authorization, out var credentials) && credentials.Is("Bearer") ? credentials.Token : null;

    private bool IsAddressOf(SipUri uri, TokenHolder holder) =>
        uri.IsSip
        && string.Equals(uri.Host, realm, StringComparison.OrdinalIgnoreCase)
        && string.Equals(uri.DecodedUser, holder.User.Value, StringComparison.Ordinal);

    private SipResponse Challenged(SipRequest request, string? error)
    {
        var challenge = Challenge.Bearer(realm, error);
        challenge = challenge with { Parameters = challenge.Parameters.With("scope", "\"sip\"") };
        var response = SipResponse.For(request, SipStatus.Unauthorized);
        response.Headers.Add(HeaderNames.WwwAuthenticate, challenge.ToString());
        return response;
    }
}
