using Microsoft.AspNetCore.Http;

namespace Vrs.Gateway;

/// <summary>Puts the headers on every response that keep the pages to themselves.</summary>
/// <param name="next">What answers the request.</param>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    /// <summary>Everything a page may load or reach: itself. Nothing inline, nothing from elsewhere.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        + "media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'";

    /// <summary>Camera and microphone for the pages themselves, and no other sensor.</summary>
    public const string PermissionsPolicy =
        "camera=(self), microphone=(self), fullscreen=(self), display-capture=(), geolocation=(), payment=(), usb=()";

    /// <summary>Answers one request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers["Permissions-Policy"] = PermissionsPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";

        // Answers of the API are about one person at one moment; no cache may keep them.
        if (context.Request.Path.StartsWithSegments(GatewayPaths.Api))
        {
            headers.CacheControl = "no-store";
        }

        return next(context);
    }
}
