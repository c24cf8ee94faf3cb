using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Vrs.Grains.Audit;
using Vrs.Grains.Calls;
using Vrs.Grains.Interpreters;
using Vrs.Grains.Queues;
using Vrs.Grains.Records;

namespace Vrs.Grains;

/// <summary>What the grains need of their host.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Adds the options of the grains, validated at start. The host adds <see cref="ICallRecords"/>, the
    /// engine, and lasting <see cref="IAllocationDecisions"/> and <see cref="IAuditTrail"/> if it has them.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">Sections <c>Calls</c>, <c>Queues</c>, <c>Interpreters</c>.</param>
    public static IServiceCollection AddVrsGrains(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CallOptions>().Bind(configuration.GetSection(CallOptions.Section)).ValidateOnStart();
        services.AddOptions<QueueOptions>().Bind(configuration.GetSection(QueueOptions.Section)).ValidateOnStart();
        services.AddOptions<InterpreterOptions>()
            .Bind(configuration.GetSection(InterpreterOptions.Section))
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CallOptions>, CallOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<QueueOptions>, QueueOptionsValidator>());
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<InterpreterOptions>, InterpreterOptionsValidator>());
        services.TryAddSingleton<IAllocationDecisions, RecentDecisions>();
        services.TryAddSingleton<IAuditTrail, RecentAudit>();
        return services;
    }
}
