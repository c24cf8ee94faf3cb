using Vrs.Grains.Interfaces.Accounts;

namespace Vrs.Gateway.Tokens;

/// <summary>
/// Makes and checks the tokens of people who signed in. One token serves HTTP, SIP (RFC 8898) and SignalR.
/// </summary>
public interface IAccessTokens
{
    /// <summary>Makes tokens for an account.</summary>
    /// <param name="account">Who.</param>
    /// <param name="signIn">The sign-in they belong to: null for a new one, else the one being renewed.</param>
    IssuedTokens Issue(Account account, string? signIn = null);

    /// <summary>Checks an access token: signature, lifetime, and that nobody signed out with it.</summary>
    /// <returns>Who holds it, or null when it is not (or no longer) good.</returns>
    TokenHolder? Verify(string token);

    /// <summary>
    /// Whether this service never made that access token: a guess, and not one that has merely ended.
    /// </summary>
    bool IsForged(string token);

    /// <summary>Checks a refresh token against the account as it is now.</summary>
    /// <param name="token">The refresh token.</param>
    /// <param name="find">Finds the account by name.</param>
    /// <returns>The account and the sign-in, or null when the token is not (or no longer) good.</returns>
    Task<RefreshHolder?> VerifyRefresh(string token, Func<UserId, Task<Account?>> find);

    /// <summary>Ends a sign-in: none of its tokens is good any more, here at once, elsewhere soon.</summary>
    Task Revoke(string signIn);
}

/// <summary>A pair of tokens. They are secrets: they print as nothing.</summary>
/// <param name="AccessToken">For <c>Authorization: Bearer</c>.</param>
/// <param name="RefreshToken">Buys the next pair.</param>
/// <param name="AccessLife">How long the access token holds.</param>
public sealed record IssuedTokens(string AccessToken, string RefreshToken, TimeSpan AccessLife)
{
    /// <summary>Prints nothing of the tokens.</summary>
    public override string ToString() => "[tokens]";
}

/// <summary>Who holds a good access token.</summary>
/// <param name="User">The account.</param>
/// <param name="Role">Its role when the token was made.</param>
/// <param name="SignIn">The sign-in the token came from.</param>
/// <param name="ExpiresAt">When the token ends.</param>
public sealed record TokenHolder(UserId User, AccountRole Role, string SignIn, DateTimeOffset ExpiresAt);

/// <summary>Who holds a good refresh token.</summary>
/// <param name="Account">The account as it is now.</param>
/// <param name="SignIn">The sign-in it renews.</param>
public sealed record RefreshHolder(Account Account, string SignIn);
