using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Reflection;
using Orleans.Dashboard;
using Vrs.Gateway;
using Vrs.Silo.Cluster;
using Vrs.Silo.Embedded.Runtime;
using Vrs.Silo.Hosting;
using Vrs.Silo.Storage;

namespace Vrs.Silo;

/// <summary>What the grains run on: a Microsoft Orleans cluster. Its twin is GrainEngine.Embedded.cs.</summary>
internal static class GrainEngine
{
    /// <summary>The engine's name, for logs and the health page.</summary>
    public const string Name = "Orleans";

    /// <summary>Where operators find the dashboard of Orleans.</summary>
    public const string DashboardPath = "/dashboard";

    /// <summary>
    /// Adds the engine, with grain state and reminders in the database. Call it after <c>AddVrsStorage</c> and before
    /// the hosted services that call grains.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="roles">What this process does: with grains it is a silo, without it is a client of silos.</param>
    /// <param name="grainAssemblies">Where the grain classes are; Orleans finds them by itself.</param>
    public static WebApplicationBuilder AddGrainEngine(
        this WebApplicationBuilder builder, Roles roles, params Assembly[] grainAssemblies)
    {
        var engine = builder.AddOrleansEngineOptions();
        var storage = builder.Configuration.GetSection(StorageOptions.Section).Get<StorageOptions>() ?? new();
        var shared = CanBeShared(storage, roles);
        var tls = shared ? ClusterTls.Load(engine.Tls, builder.Environment.IsDevelopment()) : null;
        if (roles.HasFlag(Roles.Grains))
        {
            builder.Services.AddSqlGrainStorage();
            builder.UseOrleans(silo => silo.AsMember(engine, storage, tls, alone: !shared));
        }
        else
        {
            builder.UseOrleansClient(client => client.AsGateway(engine, storage, tls));
        }

        return builder;
    }

    /// <summary>The meters of what the engine measures: ours, and its own.</summary>
    public static string[] MeterNames { get; } = [EngineInstruments.MeterName, "Microsoft.Orleans"];

    /// <summary>
    /// What we measure of it, as of the other engine; its own instruments are described in its own documentation.
    /// </summary>
    public static IReadOnlyDictionary<Instrument, ImmutableArray<string>> Instruments => EngineInstruments.All;

    /// <summary>Whether a process may run only some of the roles: several processes are a cluster.</summary>
    public static bool CanSplitRoles => true;

    /// <summary>Adds the engine's own pages: the Orleans dashboard, for operators.</summary>
    /// <param name="app">The application.</param>
    public static WebApplication MapGrainEngine(this WebApplication app)
    {
        app.MapOrleansDashboard(routePrefix: DashboardPath).RequireAuthorization(GatewayServices.OperatorPolicy);
        return app;
    }

    private static bool CanBeShared(StorageOptions storage, Roles roles) =>
        storage.Provider == DatabaseProvider.PostgreSql || roles == Roles.Both
            ? storage.Provider == DatabaseProvider.PostgreSql
            : throw new ConfigurationFaultsException(
            [
                $"Role: found '{roles.ToString().ToLowerInvariant()}'; must be both while Storage:Provider is "
                + $"{storage.Provider}: several processes need a database that all of them share. Set "
                + "Storage:Provider to PostgreSql and Storage:ConnectionString, or leave the role out.",
            ]);
}
