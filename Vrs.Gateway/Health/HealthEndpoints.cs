using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Vrs.Gateway.Health;

/// <summary>What a supervisor or load balancer asks: is it alive, can it serve calls.</summary>
public static class HealthEndpoints
{
    /// <summary>Checks with this tag decide whether the process is ready.</summary>
    public const string ReadyTag = "ready";

    /// <summary>Adds the two questions.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks(GatewayPaths.Live, new HealthCheckOptions
        {
            Predicate = _ => false,
            ResponseWriter = Write,
        });
        routes.MapHealthChecks(GatewayPaths.Ready, new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(ReadyTag),
            ResponseWriter = Write,
        });
    }

    // Which check failed is told, why is not: this address is open to everybody, and the log has the reason.
    private static Task Write(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        Status = report.Status.ToString().ToLowerInvariant(),
        Failing = report.Entries.Where(e => e.Value.Status != HealthStatus.Healthy).Select(e => e.Key).Order(),
    });
}
