using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Vrs.Gateway.Tokens;
using Vrs.Grains.Interfaces.Accounts;

namespace Vrs.Gateway.Accounts;

/// <summary>Takes the access token of an HTTP request (RFC 6750) and says who sent it.</summary>
/// <param name="options">Unused: the scheme has none.</param>
/// <param name="loggers">For the base class.</param>
/// <param name="encoder">For the base class.</param>
/// <param name="tokens">Checks the token.</param>
internal sealed class BearerAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    IAccessTokens tokens) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>The scheme's name.</summary>
    public const string SchemeName = "Bearer";

    private const string Prefix = "Bearer ";

    /// <inheritdoc/>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (ReadToken() is not { } token)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        return Task.FromResult(tokens.Verify(token) is { } holder
            ? AuthenticateResult.Success(new AuthenticationTicket(SignedInUser.ToPrincipal(holder), SchemeName))
            : AuthenticateResult.Fail("The access token is not valid any more."));
    }

    /// <inheritdoc/>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var failed = (await HandleAuthenticateOnceSafeAsync()).Failure is not null;
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = failed ? "Bearer error=\"invalid_token\"" : "Bearer";
    }

    private string? ReadToken()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return header[Prefix.Length..].Trim();
        }

        // A browser cannot put a header on a WebSocket, so SignalR sends the token in the query there, and only there.
        return Request.Path.StartsWithSegments(GatewayPaths.Hubs) && Request.Query["access_token"] is [{ } inQuery]
            ? inQuery
            : null;
    }
}

/// <summary>Who sent a request, from the principal that <see cref="BearerAuthentication"/> made.</summary>
/// <param name="User">The account.</param>
/// <param name="Role">Its role.</param>
/// <param name="SignIn">The sign-in.</param>
public sealed record SignedInUser(UserId User, AccountRole Role, string SignIn)
{
    private const string SignInClaim = "sid";

    /// <summary>Reads the principal of an authenticated request.</summary>
    /// <exception cref="InvalidOperationException">The endpoint forgot to ask for authorization.</exception>
    public static SignedInUser From(ClaimsPrincipal? principal) =>
        TryFrom(principal) ?? throw new InvalidOperationException("The endpoint needs RequireAuthorization.");

    /// <summary>Reads the principal of any request; null when nobody is signed in.</summary>
    public static SignedInUser? TryFrom(ClaimsPrincipal? principal) =>
        principal?.FindFirst(ClaimTypes.NameIdentifier) is { } user
            && RoleNames.FromName(principal.FindFirst(ClaimTypes.Role)?.Value ?? "") is { } role
            ? new SignedInUser(UserId.From(user.Value), role, principal.FindFirst(SignInClaim)?.Value ?? "")
            : null;

    internal static ClaimsPrincipal ToPrincipal(TokenHolder holder) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, holder.User.Value),
            new Claim(ClaimTypes.Role, RoleNames.ToName(holder.Role)),
            new Claim(SignInClaim, holder.SignIn),
        ],
        HeaderNames.Authorization));
}
