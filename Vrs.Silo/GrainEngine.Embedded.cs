using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Reflection;
using Vrs.Silo.Embedded;
using Vrs.Silo.Embedded.Runtime;
using Vrs.Silo.Hosting;
using Vrs.Silo.Storage;

namespace Vrs.Silo;

/// <summary>What the grains run on: the embedded engine, in this process. Its twin is GrainEngine.Orleans.cs.</summary>
internal static class GrainEngine
{
    /// <summary>The engine's name, for logs and the health page.</summary>
    public const string Name = "Embedded";

    /// <summary>
    /// Adds the engine, with grain state and reminders in the database. Call it after <c>AddVrsStorage</c> and before
    /// the hosted services that call grains.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="roles">What this process does: here it is always both.</param>
    /// <param name="grainAssemblies">Where the grain classes are.</param>
    public static WebApplicationBuilder AddGrainEngine(
        this WebApplicationBuilder builder, Roles roles, params Assembly[] grainAssemblies)
    {
        builder.Services
            .ConfigureEmbeddedSilo(builder.Configuration)
            .AddSqlGrainStorage()
            .AddEmbeddedSilo(grainAssemblies);
        return builder;
    }

    /// <summary>The meter of what the engine measures.</summary>
    public static string[] MeterNames { get; } = [EngineInstruments.MeterName];

    /// <summary>What the engine measures, with the labels; described in docs/metrics.md.</summary>
    public static IReadOnlyDictionary<Instrument, ImmutableArray<string>> Instruments => EngineInstruments.All;

    /// <summary>Whether a process may run only some of the roles: several processes are a cluster.</summary>
    public static bool CanSplitRoles => false;

    /// <summary>Adds the engine's own pages; the embedded one has none.</summary>
    /// <param name="app">The application.</param>
    public static WebApplication MapGrainEngine(this WebApplication app) => app;
}
