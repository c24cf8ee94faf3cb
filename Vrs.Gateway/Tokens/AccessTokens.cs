using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Vrs.Grains.Interfaces.Accounts;

namespace Vrs.Gateway.Tokens;

/// <summary>Access and refresh tokens of sign-ins that are not over.</summary>
public sealed class AccessTokens : IAccessTokens
{
    private const string ForAccess = "vrs-access";
    private const string ForRefresh = "vrs-refresh";
    private const string RoleClaim = "role";
    private const string PasswordClaim = "pwd";

    private readonly TokenSigner _signer;
    private readonly GatewayOptions _options;
    private readonly SignOuts _signOuts;

    /// <summary>Uses the server's signing key.</summary>
    public AccessTokens(TokenSigner signer, IOptions<GatewayOptions> options, SignOuts signOuts)
    {
        _options = options.Value;
        _signOuts = signOuts;
        _signer = signer;
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
        var access = _signer.Create(claims, ForAccess, _options.AccessTokenLife);
        claims[PasswordClaim] = Stamp(account);
        var refresh = _signer.Create(claims, ForRefresh, _options.RefreshTokenLife);
        return new IssuedTokens(access, refresh, _options.AccessTokenLife);
    }

    /// <inheritdoc/>
    public TokenHolder? Verify(string token) => _signer.Read(token, ForAccess) is { } read ? Holder(read) : null;

    /// <inheritdoc/>
    public bool IsForged(string token) => !_signer.IsOurs(token, ForAccess);

    /// <inheritdoc/>
    public async Task<RefreshHolder?> VerifyRefresh(string token, Func<UserId, Task<Account?>> find)
    {
        if (_signer.Read(token, ForRefresh) is not { } read || Holder(read) is not { } holder)
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
    public Task Revoke(string signIn) => _signOuts.End(signIn);

    private static string Stamp(Account account) =>
        Base64UrlEncoder.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(account.PasswordHash)).AsSpan(0, 9).ToArray());

    private TokenHolder? Holder(JsonWebToken token)
    {
        var signIn = token.GetClaim(JwtRegisteredClaimNames.Sid).Value;
        return _signOuts.IsOver(signIn) || RoleNames.FromName(token.GetClaim(RoleClaim).Value) is not { } role
            ? null
            : new TokenHolder(UserId.From(token.Subject), role, signIn, token.ValidTo);
    }
}
