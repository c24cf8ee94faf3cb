using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Vrs.Gateway.Health;
using Vrs.Gateway.Tls;

namespace Vrs.Gateway.Management;

/// <summary>
/// The second listener, for operators' tools only. Which listener a request came to is a mark on its connection: a
/// header, which anybody may write, decides nothing.
/// </summary>
public static class ManagementListener
{
    private static readonly Mark Marked = new();

    /// <summary>Opens it.</summary>
    /// <param name="kestrel">The server.</param>
    /// <param name="certificate">The certificate of the public listener.</param>
    internal static void ListenForManagement(this KestrelServerOptions kestrel, ServingCertificate certificate)
    {
        var options = kestrel.ApplicationServices.GetRequiredService<IOptions<ManagementOptions>>().Value;
        kestrel.Listen(options.ListenEndPoint(), listener =>
        {
            listener.Use(next => connection =>
            {
                connection.Features.Set(Marked);
                return next(connection);
            });
            listener.UseHttps(TlsRules.For(certificate));
        });
    }

    /// <summary>
    /// Answers what comes to it, and lets nothing else through: no page, hub or API is there. Must come first.
    /// </summary>
    /// <param name="app">The application.</param>
    /// <param name="more">What else it answers.</param>
    public static void UseManagement(this WebApplication app, Action<IApplicationBuilder> more) => app.MapWhen(
        context => context.Features.Get<Mark>() is not null,
        management =>
        {
            management.Map(GatewayPaths.Live, at => at.Run(HealthEndpoints.TellLive));
            management.Map(GatewayPaths.Ready, at => at.Run(HealthEndpoints.TellReadyInDetail));
            management.Map(GatewayPaths.Startup, at => at.Run(HealthEndpoints.TellStartup));
            more(management);
            management.Run(context =>
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            });
        });

    private sealed class Mark;
}
