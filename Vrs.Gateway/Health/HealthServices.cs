using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Vrs.Gateway.Management;

namespace Vrs.Gateway.Health;

/// <summary>Puts the health checks together.</summary>
public static class HealthServices
{
    /// <summary>Adds the monitor and the checks of what every process has.</summary>
    internal static void AddHealth(this IServiceCollection services)
    {
        services.AddSingleton<HealthMonitor>();
        services.AddHostedService(provider => provider.GetRequiredService<HealthMonitor>());
        services.AddHealthChecks();
        services.AddHealthCheck<SignalingCheck>("signaling");
        services.AddHealthCheck<SessionCheck>("session");
        services.AddHealthCheck<DispatchCheck>("dispatch");
    }

    /// <summary>
    /// Adds a check; one that takes longer than <see cref="ManagementOptions.CheckTimeout"/> has failed.
    /// </summary>
    /// <typeparam name="TCheck">The check; made once.</typeparam>
    /// <param name="services">Where to.</param>
    /// <param name="name">Its name.</param>
    public static void AddHealthCheck<TCheck>(this IServiceCollection services, string name)
        where TCheck : class, IHealthCheck
    {
        services.AddSingleton<TCheck>();
        services.AddOptions<HealthCheckServiceOptions>().Configure<IOptions<ManagementOptions>>((health, management) =>
            health.Registrations.Add(new HealthCheckRegistration(
                name,
                provider => provider.GetRequiredService<TCheck>(),
                failureStatus: null,
                tags: null,
                management.Value.CheckTimeout)));
    }
}
