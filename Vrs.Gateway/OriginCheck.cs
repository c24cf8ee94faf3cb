using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Vrs.Gateway;

/// <summary>
/// Keeps other sites' pages out: browsers let any page open a WebSocket anywhere, and only the Origin header tells
/// whose page it is (RFC 6455 section 10.2). Programs that are no browsers send none, and have to bring a token all the
/// same.
/// </summary>
/// <param name="next">What answers the request.</param>
/// <param name="options">Further origins.</param>
/// <param name="log">The log.</param>
internal sealed partial class OriginCheck(
    RequestDelegate next,
    IOptions<GatewayOptions> options,
    ILogger<OriginCheck> log)
{
    /// <summary>Answers one request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var origin = context.Request.Headers.Origin.ToString();
        if (origin.Length == 0
            || origin == $"https://{context.Request.Host}"
            || options.Value.AllowedOrigins.Contains(origin, StringComparer.Ordinal))
        {
            return next(context);
        }

        LogForeignOrigin(origin.Length <= 200 ? origin : origin[..200]);
        return Results.Problem(
                "This page comes from another site, which may not use the service. An operator can add it to "
                + "Gateway:AllowedOrigins.",
                statusCode: StatusCodes.Status403Forbidden)
            .ExecuteAsync(context);
    }

    [LoggerMessage(LogLevel.Warning, "A request from a page of {Origin} was refused; see Gateway:AllowedOrigins.")]
    private partial void LogForeignOrigin(string origin);
}
