using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Vrs.Gateway.Audit;
using Vrs.Gateway.Telemetry;
using Vrs.Gateway.Tokens;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Audit;

namespace Vrs.Gateway.Accounts;

/// <summary>What a page posts to sign in.</summary>
/// <param name="User">The account's name.</param>
/// <param name="Password">Its password.</param>
public sealed record SignInRequest(string? User, string? Password)
{
    /// <summary>Prints without the password.</summary>
    public override string ToString() => "[sign-in]";
}

/// <summary>What a page posts to stay signed in.</summary>
/// <param name="RefreshToken">From the last answer.</param>
public sealed record RefreshRequest(string? RefreshToken)
{
    /// <summary>Prints without the token.</summary>
    public override string ToString() => "[refresh]";
}

/// <summary>Sign-in, renewal, sign-out and "who am I".</summary>
/// <param name="grains">Reaches account grains.</param>
/// <param name="passwords">Checks passwords.</param>
/// <param name="tokens">Makes and checks tokens.</param>
/// <param name="throttle">Slows guessing down.</param>
/// <param name="cookies">Tell browsers in which an account has signed in before.</param>
/// <param name="audit">Keeps who signed in, and who was refused.</param>
/// <param name="options">The SIP domain.</param>
/// <param name="environment">Tells whether the demo accounts exist.</param>
/// <param name="log">The log.</param>
internal sealed partial class AccountEndpoints(
    IGrainFactory grains,
    Passwords passwords,
    IAccessTokens tokens,
    SignInThrottle throttle,
    DeviceCookies cookies,
    AuditLog audit,
    IOptions<GatewayOptions> options,
    IHostEnvironment environment,
    ILogger<AccountEndpoints> log)
{
    /// <summary>Longest password taken, in characters: hashing a longer one would only cost time.</summary>
    private const int PasswordLengthMax = 256;

    /// <summary>Adds the endpoints.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(GatewayPaths.Api);
        api.MapPost("/sign-in", SignIn);
        api.MapPost("/token", Renew);
        api.MapPost("/sign-out", (Delegate)SignOut).RequireAuthorization();
        api.MapGet("/me", (Delegate)Me).RequireAuthorization();
        if (environment.IsDevelopment())
        {
            api.MapGet("/demo-accounts", () => TypedResults.Ok(DemoAccounts.All.Select(DemoAccountView.For)));
        }
    }

    private async Task<Results<Ok<SignedInAnswer>, ProblemHttpResult>> SignIn(
        SignInRequest request,
        HttpContext context)
    {
        var user = (request.User ?? "").Trim().ToLowerInvariant();
        var password = request.Password ?? "";
        if (user.Length == 0 || password.Length is 0 or > PasswordLengthMax)
        {
            return Problems.BadRequest("Give your user name and your password.");
        }

        var known = cookies.Read(context) is { } device && device.Account.Value == user ? device : null;
        var place = SignInThrottle.PlaceOf(context.Connection.RemoteIpAddress, known);
        if (throttle.Wait(place, user) is var wait && wait > TimeSpan.Zero)
        {
            GatewayInstruments.Limited.Add(
                1, new("kind", "SignIn"), new("asker", known is null ? "stranger" : "account"));
            if (throttle.IsFirstRefusal(place, user))
            {
                await Note(context, user, "sign_in", "throttled");
            }

            return TooManyAttempts(context, wait);
        }

        // An unknown name takes the same way and the same time as a wrong password, and gets the same answer.
        var account = UserNames.IsValid(user) ? await Find(UserId.From(user)) : null;
        var matches = await passwords.Check(account, password, context.RequestAborted);
        if (matches is null)
        {
            return Problems.Unavailable("Too many people sign in at this moment. Try again in a few seconds.");
        }

        if (matches is false)
        {
            throttle.Failed(place, user);
            LogSignInRefused();
            await Note(context, user, "sign_in", "refused");
            return Problems.Unauthorized("User name or password is wrong.");
        }

        await audit.Note(AuditLog.Of(user, RoleNames.ToName(account!.Role), "sign_in", AuditEvent.Done) with
        {
            Address = AuditLog.AddressOf(context),
        });
        throttle.Succeeded(place, user);
        cookies.Give(context, account.User);
        LogSignedIn(account.User, account.Role);
        return TypedResults.Ok(SignedInAnswer.For(account, tokens.Issue(account), context.Request, options.Value));
    }

    private async Task<Results<Ok<SignedInAnswer>, ProblemHttpResult>> Renew(
        RefreshRequest request,
        HttpContext context)
    {
        if (await tokens.VerifyRefresh(request.RefreshToken ?? "", Find) is { } holder)
        {
            return TypedResults.Ok(SignedInAnswer.For(
                holder.Account, tokens.Issue(holder.Account, holder.SignIn), context.Request, options.Value));
        }

        await Note(context, "", "token", "refused");
        return Problems.Unauthorized("Your sign-in has ended. Sign in again.");
    }

    /// <summary>An account that nobody has is as good as any name here: what was typed may be a password.</summary>
    private async Task Note(HttpContext context, string user, string action, string outcome)
    {
        var known = UserNames.IsValid(user) && await Find(UserId.From(user)) is not null;
        await audit.Note(AuditLog.Of(known ? user : "", AuditEvent.Unknown, action, outcome) with
        {
            Address = AuditLog.AddressOf(context),
        });
    }

    private async Task<NoContent> SignOut(HttpContext context)
    {
        var user = SignedInUser.From(context.User);
        await tokens.Revoke(user.SignIn);
        LogSignedOut(user.User, user.Role);
        await audit.Note(AuditLog.By(user, "sign_out", AuditEvent.Done) with { Address = AuditLog.AddressOf(context) });
        return TypedResults.NoContent();
    }

    private async Task<Results<Ok<Me>, ProblemHttpResult>> Me(HttpContext context) =>
        await Find(SignedInUser.From(context.User).User) is { } account
            ? TypedResults.Ok(Accounts.Me.For(account, options.Value))
            : Problems.Unauthorized("Your account does not exist any more.");

    private Task<Account?> Find(UserId user) => grains.GetGrain<IAccountGrain>(user.Value).Get();

    private static ProblemHttpResult TooManyAttempts(HttpContext context, TimeSpan wait)
    {
        var seconds = RetryAfter.Seconds(wait);
        context.Response.Headers.RetryAfter = seconds;
        return Problems.TooMany($"Too many wrong passwords. Try again in {seconds} seconds.");
    }

    [LoggerMessage(LogLevel.Information, "{User} ({ActorRole}) signed in.")]
    private partial void LogSignedIn(UserId user, AccountRole actorRole);

    [LoggerMessage(LogLevel.Information, "{User} ({ActorRole}) signed out.")]
    private partial void LogSignedOut(UserId user, AccountRole actorRole);

    [LoggerMessage(LogLevel.Information, "A sign-in was refused.")]
    private partial void LogSignInRefused();
}
