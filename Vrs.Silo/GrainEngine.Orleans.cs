using System.Net;
using System.Reflection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Dashboard;
using Vrs.Silo.Storage;

namespace Vrs.Silo;

/// <summary>
/// What the grains run on: a Microsoft Orleans cluster over PostgreSQL. Its twin is GrainEngine.Embedded.cs.
/// </summary>
internal static class GrainEngine
{
    /// <summary>The engine's name, for logs and the health page.</summary>
    public const string Name = "Orleans";

    /// <summary>The ADO.NET provider of clustering, grain state and reminders.</summary>
    private const string Invariant = "Npgsql";

    /// <summary>
    /// Adds the engine, with membership, grain state and reminders in PostgreSQL. Call it after <c>AddVrsStorage</c>
    /// and before the hosted services that call grains.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="grainAssemblies">Where the grain classes are; Orleans finds them by itself.</param>
    public static WebApplicationBuilder AddGrainEngine(
        this WebApplicationBuilder builder, params Assembly[] grainAssemblies)
    {
        var storage = builder.Configuration.GetSection(StorageOptions.Section).Get<StorageOptions>()
            ?? new StorageOptions();
        if (storage.Provider != DatabaseProvider.PostgreSql)
        {
            throw new OptionsValidationException(
                nameof(StorageOptions),
                typeof(StorageOptions),
                [$"Storage:Provider is {storage.Provider}; the Orleans engine needs PostgreSql, which all "
                    + "silos share."]);
        }

        var engine = builder.Configuration.GetSection("GrainEngine");
        builder.UseOrleans(silo => silo
            .Configure<ClusterOptions>(options =>
            {
                options.ClusterId = engine["ClusterId"] ?? "vrs";
                options.ServiceId = "vrs";
            })
            .ConfigureEndpoints(
                IPAddress.Parse(engine["AdvertisedAddress"] ?? "127.0.0.1"),
                siloPort: engine.GetValue("SiloPort", 11111),
                gatewayPort: engine.GetValue("GatewayPort", 30000),
                listenOnAnyHostAddress: true)
            .UseAdoNetClustering(
                options => (options.Invariant, options.ConnectionString) = (Invariant, storage.ConnectionString))
            .AddAdoNetGrainStorageAsDefault(
                options => (options.Invariant, options.ConnectionString) = (Invariant, storage.ConnectionString))
            .UseAdoNetReminderService(
                options => (options.Invariant, options.ConnectionString) = (Invariant, storage.ConnectionString))
            .AddDashboard(options => options.HideTrace = true));
        return builder;
    }

    /// <summary>Whether a process may run only some of the roles: several processes are a cluster.</summary>
    public static bool CanSplitRoles => true;

    /// <summary>Adds the engine's own pages: the Orleans dashboard, for operators.</summary>
    /// <param name="app">The application.</param>
    public static WebApplication MapGrainEngine(this WebApplication app)
    {
        app.MapOrleansDashboard(routePrefix: "/orleans").RequireAuthorization();
        return app;
    }
}
