using Microsoft.AspNetCore.Http;
using Vrs.Gateway.Accounts;

namespace Vrs.Gateway.Admission;

/// <summary>
/// Refuses HTTP requests of who sends too many, with 429. SIP connections have a rate of their own; a page that is
/// signed in answers for its account, and so does a browser that signed in before.
/// </summary>
/// <param name="next">What serves the request.</param>
/// <param name="admittance">How much is taken from whom.</param>
/// <param name="cookies">Tell browsers in which an account has signed in before.</param>
internal sealed class RequestAdmission(RequestDelegate next, Admittance admittance, DeviceCookies cookies)
{
    /// <summary>Serves or refuses one request.</summary>
    public Task Invoke(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments(GatewayPaths.Sip))
        {
            return next(context);
        }

        var wait = admittance.Ask(AdmissionKind.Request, AskerOf(context));
        if (wait == TimeSpan.Zero)
        {
            return next(context);
        }

        var seconds = RetryAfter.Seconds(wait);
        context.Response.Headers.RetryAfter = seconds;
        return Problems.TooMany($"Too many requests came from here. Try again in {seconds} seconds.")
            .ExecuteAsync(context);
    }

    private Asker AskerOf(HttpContext context) => new(
        context.Connection.RemoteIpAddress ?? System.Net.IPAddress.None,
        SignedInUser.TryFrom(context.User)?.User ?? cookies.Read(context)?.Account);
}
