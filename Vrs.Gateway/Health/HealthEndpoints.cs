using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Vrs.Gateway.Health;

/// <summary>
/// What a supervisor or load balancer asks: is it alive, has it started, can it serve calls. Anybody may ask that much;
/// what is wrong is told on the management listener only. No question starts a check: the answers are those of the
/// last round.
/// </summary>
public static class HealthEndpoints
{
    /// <summary>Adds the three questions, as the public may ask them: one word each.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(GatewayPaths.Live, TellLive);
        routes.MapGet(GatewayPaths.Ready, TellReady);
        routes.MapGet(GatewayPaths.Startup, TellStartup);
    }

    /// <summary>200 as long as the process answers at all.</summary>
    internal static Task TellLive(HttpContext context) => Tell(context, HealthStatus.Healthy);

    /// <summary>200 from the first time that it was ready, else 503.</summary>
    internal static Task TellStartup(HttpContext context) =>
        Tell(context, Monitor(context).HasStarted ? HealthStatus.Healthy : HealthStatus.Unhealthy);

    /// <summary>200 while it can serve calls, else 503.</summary>
    internal static Task TellReady(HttpContext context) => Tell(context, Monitor(context).Status);

    /// <summary>As <see cref="TellReady"/>, with each check, what it found and how long that took.</summary>
    internal static Task TellReadyInDetail(HttpContext context)
    {
        var monitor = Monitor(context);
        var (status, report) = (monitor.Status, monitor.Report);
        context.Response.StatusCode = CodeOf(status);
        return context.Response.WriteAsJsonAsync(new
        {
            Status = Word(status),
            monitor.IsDraining,
            Checks = report?.Entries.OrderBy(e => e.Key, StringComparer.Ordinal).ToDictionary(e => e.Key, e => new
            {
                Status = Word(e.Value.Status),
                Detail = e.Value.Description ?? e.Value.Exception?.Message,
                Milliseconds = Math.Round(e.Value.Duration.TotalMilliseconds, 1),
            }),
        });
    }

    private static HealthMonitor Monitor(HttpContext context) =>
        context.RequestServices.GetRequiredService<HealthMonitor>();

    private static Task Tell(HttpContext context, HealthStatus status)
    {
        context.Response.StatusCode = CodeOf(status);
        return context.Response.WriteAsJsonAsync(new { Status = Word(status) });
    }

    private static int CodeOf(HealthStatus status) => status is HealthStatus.Unhealthy
        ? StatusCodes.Status503ServiceUnavailable
        : StatusCodes.Status200OK;

    private static string Word(HealthStatus status) => status.ToString().ToLowerInvariant();
}
