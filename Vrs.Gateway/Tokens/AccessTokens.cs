using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Vrs.Grains.Interfaces.Accounts;

namespace Vrs.Gateway.Tokens;

/// <summary>JSON Web Tokens (RFC 7519), signed with HMAC-SHA256.</summary>
public sealed class AccessTokens : IAccessTokens
{
    private const string Issuer = "vrs";
    private const string ForAccess = "vrs-access";
    private const string ForRefresh = "vrs-refresh";
    private const string RoleClaim = "role";
    private const string PasswordClaim = "pwd";

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly ConcurrentDictionary<string, DateTimeOffset> _signedOut = new();
    private readonly SigningCredentials _credentials;
    private readonly GatewayOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Uses the server's signing key.</summary>
    public AccessTokens(SigningKey key, IOptions<GatewayOptions> options, TimeProvider time)
    {
        _options = options.Value;
        _time = time;
        _credentials = new SigningCredentials(
            new SymmetricSecurityKey(key.Bytes) { KeyId = key.Id },
            SecurityAlgorithms.HmacSha256);
    }

    /// <inheritdoc/>
    public IssuedTokens Issue(Account account, string? signIn = null)
    {
        var claims = new Dictionary<string, object>
        {
            [JwtRegisteredClaimNames.Sub] = account.User.Value,
            [JwtRegisteredClaimNames.Sid] = signIn ?? RandomNumberGenerator.GetHexString(16, lowercase: true),
            [RoleClaim] = RoleNames.ToName(account.Role),
        };
        var access = Create(claims, ForAccess, _options.AccessTokenLife);
        claims[PasswordClaim] = Stamp(account);
        var refresh = Create(claims, ForRefresh, _options.RefreshTokenLife);
        return new IssuedTokens(access, refresh, _options.AccessTokenLife);
    }

    /// <inheritdoc/>
    public TokenHolder? Verify(string token) => Read(token, ForAccess) is { } read ? Holder(read) : null;

    /// <inheritdoc/>
    public async Task<RefreshHolder?> VerifyRefresh(string token, Func<UserId, Task<Account?>> find)
    {
        if (Read(token, ForRefresh) is not { } read || Holder(read) is not { } holder)
        {
            return null;
        }

        // An account that is gone, or has a new password, ends every sign-in made before.
        var account = await find(holder.User);
        return account is not null && read.TryGetClaim(PasswordClaim, out var stamp) && stamp.Value == Stamp(account)
            ? new RefreshHolder(account, holder.SignIn)
            : null;
    }

    /// <inheritdoc/>
    public void Revoke(string signIn)
    {
        var now = _time.GetUtcNow();
        foreach (var (old, until) in _signedOut)
        {
            if (until < now)
            {
                _signedOut.TryRemove(old, out _);
            }
        }

        // Once its refresh token would have ended by itself, a sign-in need not be remembered any longer.
        _signedOut[signIn] = now + _options.RefreshTokenLife;
    }

    private static string Stamp(Account account) =>
        Base64UrlEncoder.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(account.PasswordHash)).AsSpan(0, 9).ToArray());

    private string Create(Dictionary<string, object> claims, string audience, TimeSpan life)
    {
        var now = _time.GetUtcNow().UtcDateTime;
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

    private JsonWebToken? Read(string token, string audience)
    {
        var parameters = new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = audience,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            IssuerSigningKey = _credentials.Key,
            LifetimeValidator = (_, expires, _, _) => expires > _time.GetUtcNow().UtcDateTime,
        };

        // With a symmetric key at hand nothing is fetched, so the task is complete when it is returned.
        var result = _handler.ValidateTokenAsync(token, parameters).GetAwaiter().GetResult();
        return result.IsValid ? (JsonWebToken)result.SecurityToken : null;
    }

    private TokenHolder? Holder(JsonWebToken token)
    {
        var signIn = token.GetClaim(JwtRegisteredClaimNames.Sid).Value;
        return _signedOut.ContainsKey(signIn) || RoleNames.FromName(token.GetClaim(RoleClaim).Value) is not { } role
            ? null
            : new TokenHolder(UserId.From(token.Subject), role, signIn, token.ValidTo);
    }
}
