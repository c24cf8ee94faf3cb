using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Vrs.Silo.Storage;

/// <summary>Adds the database to a host.</summary>
public static class StorageExtensions
{
    /// <summary>
    /// Adds <see cref="Database"/>, <see cref="GroupCommitWriter"/> and the migration at start. Call it before
    /// everything that uses the database when it starts.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">With the section <c>Storage</c>.</param>
    public static IServiceCollection AddVrsStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StorageOptions>().Bind(configuration.GetSection(StorageOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(
            provider => Database.Open(provider.GetRequiredService<IOptions<StorageOptions>>().Value));
        services.TryAddSingleton<GroupCommitWriter>();
        services.TryAddSingleton<Migrator>();
        services.AddHostedService<MigrationAtStart>();
        return services;
    }

    /// <summary>Keeps grain state and reminders in the database; needs <see cref="AddVrsStorage"/>.</summary>
    /// <param name="services">The host's services.</param>
    public static IServiceCollection AddSqlGrainStorage(this IServiceCollection services) =>
        services.AddSingleton<IStateStorage, SqlStorage>().AddSingleton<IReminderStorage, SqlReminderStorage>();

    private sealed class MigrationAtStart(Migrator migrator) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => migrator.Migrate(cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
