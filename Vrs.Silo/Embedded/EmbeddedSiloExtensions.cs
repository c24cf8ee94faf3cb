using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Vrs.Silo.Embedded.Runtime;
using Vrs.Silo.Storage;

namespace Vrs.Silo.Embedded;

/// <summary>Adds the embedded grain engine to a host.</summary>
public static class EmbeddedSiloExtensions
{
    /// <summary>
    /// Adds <see cref="EmbeddedSilo"/> and <see cref="IGrainFactory"/>. Say as well where state is kept:
    /// <see cref="StorageExtensions.AddSqlGrainStorage"/>. What the services hold already is used:
    /// <see cref="TimeProvider"/>, <see cref="ITurnOrder"/>, <see cref="IMessageTransit"/>.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="grainAssemblies">Where the grain classes are.</param>
    public static IServiceCollection AddEmbeddedSilo(
        this IServiceCollection services, params Assembly[] grainAssemblies)
    {
        services.AddOptions<EmbeddedSiloOptions>().ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<EmbeddedSiloOptions>, EmbeddedSiloOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ITurnOrder, ThreadPoolTurnOrder>();
        services.TryAddSingleton<StateJson>();
        services.AddSingleton(provider => new EmbeddedSilo(new EmbeddedSiloParts(
            provider,
            provider.GetRequiredService<IOptions<EmbeddedSiloOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ITurnOrder>(),
            provider.GetService<IMessageTransit>(),
            provider.GetRequiredService<IStateStorage>(),
            provider.GetRequiredService<IReminderStorage>(),
            provider.GetRequiredService<StateJson>(),
            grainAssemblies,
            provider.GetRequiredService<ILoggerFactory>().CreateLogger("Vrs.Silo.Embedded"))));
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedSilo>().GrainFactory);
        services.AddHostedService<SiloAtStart>();
        return services;
    }

    /// <summary>Reads <see cref="EmbeddedSiloOptions"/> from configuration.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">With the section <c>GrainEngine</c>.</param>
    public static IServiceCollection ConfigureEmbeddedSilo(
        this IServiceCollection services, IConfiguration configuration) =>
        services.Configure<EmbeddedSiloOptions>(configuration.GetSection(EmbeddedSiloOptions.Section));

    private sealed class SiloAtStart(EmbeddedSilo silo, GroupCommitWriter? writer = null) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await silo.Start(cancellationToken);
            silo.WakeAll();
            if (writer is not null)
            {
                writer.State.Recovered += silo.WakeAll;
            }
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            if (writer is not null)
            {
                writer.State.Recovered -= silo.WakeAll;
            }

            return silo.Stop(cancellationToken);
        }
    }
}
