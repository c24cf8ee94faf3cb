using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans;
using Vrs.Silo.Embedded.Runtime;
using Vrs.Silo.Storage;

namespace Vrs.Silo.Embedded;

/// <summary>
/// A silo without a host, for tests and simulation: state in memory and the system clock, unless the services that the
/// caller adds say otherwise.
/// </summary>
public sealed class StandaloneSilo : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private StandaloneSilo(ServiceProvider services)
    {
        _services = services;
        Silo = services.GetRequiredService<EmbeddedSilo>();
    }

    /// <summary>The silo.</summary>
    public EmbeddedSilo Silo { get; }

    /// <summary>References to its grains.</summary>
    public IGrainFactory Grains => Silo.GrainFactory;

    /// <summary>Its services.</summary>
    public IServiceProvider Services => _services;

    /// <summary>Makes and starts a silo.</summary>
    /// <param name="configure">Adds what the grains need, and replaces storage, clock, turn order or transit.</param>
    /// <param name="grainAssemblies">Where the grain classes are.</param>
    public static async Task<StandaloneSilo> Start(
        Action<IServiceCollection> configure, params Assembly[] grainAssemblies)
    {
        var silo = Create(configure, grainAssemblies);
        await silo.Silo.Start();
        return silo;
    }

    /// <summary>Makes a silo; its reminders do not tick before <see cref="EmbeddedSilo.Start"/>.</summary>
    /// <param name="configure">Adds what the grains need, and replaces storage, clock, turn order or transit.</param>
    /// <param name="grainAssemblies">Where the grain classes are.</param>
    public static StandaloneSilo Create(Action<IServiceCollection> configure, params Assembly[] grainAssemblies)
    {
        var services = new ServiceCollection();
        services.AddOptions();
        configure(services);
        services.TryAddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.TryAdd(ServiceDescriptor.Singleton(typeof(ILogger<>), typeof(Logger<>)));
        services.TryAddSingleton<IStateStorage, MemoryStorage>();
        services.TryAddSingleton<IReminderStorage, MemoryReminderStorage>();
        services.AddEmbeddedSilo(grainAssemblies);
        return new StandaloneSilo(services.BuildServiceProvider());
    }

    /// <summary>Stops the silo in good order.</summary>
    public async ValueTask DisposeAsync()
    {
        await Silo.Stop();
        await _services.DisposeAsync();
    }
}
