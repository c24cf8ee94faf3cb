using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Vrs.Gateway.Tokens;

/// <summary>JSON Web Tokens (RFC 7519) of this service, signed with HMAC-SHA256. Thread-safe.</summary>
/// <param name="key">The server's signing key.</param>
/// <param name="time">The clock.</param>
public sealed class TokenSigner(SigningKey key, TimeProvider time)
{
    private const string Issuer = "vrs";

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SigningCredentials _credentials = new(
        new SymmetricSecurityKey(key.Bytes) { KeyId = key.Id },
        SecurityAlgorithms.HmacSha256);

    /// <summary>Makes a token.</summary>
    /// <param name="claims">What it says.</param>
    /// <param name="audience">What it is for; it is good for nothing else.</param>
    /// <param name="life">How long it holds.</param>
    public string Create(IDictionary<string, object> claims, string audience, TimeSpan life)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = audience,
            IssuedAt = now,
            Expires = now + life,
            Claims = claims,
            SigningCredentials = _credentials,
        });
    }

    /// <summary>What a token says; null when it is not this service's, not for this, or has ended.</summary>
    public JsonWebToken? Read(string token, string audience) =>
        Validated(token, audience) is { } read && read.ValidTo > time.GetUtcNow().UtcDateTime ? read : null;

    /// <summary>Whether this service made it for this, be it that it has ended since.</summary>
    public bool IsOurs(string token, string audience) => Validated(token, audience) is not null;

    private JsonWebToken? Validated(string token, string audience)
    {
        var parameters = new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = audience,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            IssuerSigningKey = _credentials.Key,
            ValidateLifetime = false,
        };

        // With a symmetric key at hand nothing is fetched, so the task is complete when it is returned.
        var result = _handler.ValidateTokenAsync(token, parameters).GetAwaiter().GetResult();
        return result.IsValid ? (JsonWebToken)result.SecurityToken : null;
    }
}
