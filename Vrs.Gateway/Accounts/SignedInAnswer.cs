using Microsoft.AspNetCore.Http;
using Vrs.Gateway.Tokens;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Queues;

namespace Vrs.Gateway.Accounts;

/// <summary>Everything a page needs after sign-in.</summary>
/// <param name="AccessToken">For <c>Authorization: Bearer</c>.</param>
/// <param name="ExpiresInSeconds">How long the access token holds, in seconds.</param>
/// <param name="RefreshToken">Buys the next pair of tokens.</param>
/// <param name="User">The account's name.</param>
/// <param name="Role">Its role.</param>
/// <param name="DisplayName">Its display name.</param>
/// <param name="Number">Its number, or null.</param>
/// <param name="SipUri">Its address-of-record.</param>
/// <param name="WebSocketUrl">Where its SIP connection goes.</param>
/// <param name="Pool">Its first pool, or null.</param>
public sealed record SignedInAnswer(
    string AccessToken,
    int ExpiresInSeconds,
    string RefreshToken,
    UserId User,
    AccountRole Role,
    string DisplayName,
    string? Number,
    string SipUri,
    string WebSocketUrl,
    PoolId? Pool)
{
    /// <summary>Prints without the tokens.</summary>
    public override string ToString() => $"[{User} signed in]";

    internal static SignedInAnswer For(
        Account account,
        IssuedTokens tokens,
        HttpRequest request,
        GatewayOptions options)
    {
        var me = Me.For(account, options);
        return new(
            tokens.AccessToken,
            (int)tokens.AccessLife.TotalSeconds,
            tokens.RefreshToken,
            me.User,
            me.Role,
            me.DisplayName,
            me.Number,
            me.SipUri,
            $"wss://{request.Host}{GatewayPaths.Sip}",
            me.Pool);
    }
}

/// <summary>What an account's owner may see of it.</summary>
/// <param name="User">The account's name.</param>
/// <param name="Role">Its role.</param>
/// <param name="DisplayName">Its display name.</param>
/// <param name="Number">Its number, or null.</param>
/// <param name="SipUri">Its address-of-record.</param>
/// <param name="Pool">Its first pool, or null.</param>
public sealed record Me(
    UserId User,
    AccountRole Role,
    string DisplayName,
    string? Number,
    string SipUri,
    PoolId? Pool)
{
    internal static Me For(Account account, GatewayOptions options) => new(
        account.User,
        account.Role,
        account.DisplayName,
        account.Number,
        $"sip:{account.User}@{options.SipDomain}",
        account.Pools.IsDefaultOrEmpty ? null : account.Pools[0]);
}
