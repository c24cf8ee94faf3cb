using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Dashboard;
using Orleans.Hosting;
using Orleans.Metadata;
using Orleans.Storage;
using Vrs.Silo.Storage;

namespace Vrs.Silo.Cluster;

/// <summary>How a process becomes part of the cluster.</summary>
internal static class OrleansSetup
{
    /// <summary>The ADO.NET provider of the membership table.</summary>
    private const string Invariant = "Npgsql";

    /// <summary>The name that grains know the service by; it is part of no stored key.</summary>
    private const string ServiceId = "vrs";

    private static readonly TimeSpan SignOfLifeInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan GatewayListInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConnectInterval = TimeSpan.FromSeconds(1);

    /// <summary>Adds <see cref="OrleansEngineOptions"/>.</summary>
    /// <returns>What they are now; they are validated with all others.</returns>
    public static OrleansEngineOptions AddOrleansEngineOptions(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection(OrleansEngineOptions.Section);
        builder.Services.AddOptions<OrleansEngineOptions>().Bind(section).ValidateOnStart();
        builder.Services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<OrleansEngineOptions>, OrleansEngineOptionsValidator>());
        return section.Get<OrleansEngineOptions>() ?? new OrleansEngineOptions();
    }

    /// <summary>A silo.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="engine">Times, bounds and addresses.</param>
    /// <param name="storage">The database, which has the membership table.</param>
    /// <param name="tls">What it shows to others, or null.</param>
    /// <param name="alone">A cluster of one, which nobody can join.</param>
    public static void AsMember(
        this ISiloBuilder silo, OrleansEngineOptions engine, StorageOptions storage, ClusterTls? tls, bool alone)
    {
        silo.Configure<ClusterOptions>(options => Name(options, engine));
        if (tls is not null)
        {
            silo.UseTls(tls);
        }

        if (alone)
        {
            // Orleans wants a port even so; nobody has to know it, so two such servers on one machine do not meet.
            var own = new IPEndPoint(IPAddress.Loopback, FreePort());
            silo.ConfigureEndpoints(own.Address, own.Port, gatewayPort: 0).UseDevelopmentClustering(own);
        }
        else
        {
            silo.ConfigureEndpoints(
                    IPAddress.Parse(engine.AdvertisedAddress),
                    engine.SiloPort,
                    engine.GatewayPort,
                    listenOnAnyHostAddress: true)
                .UseAdoNetClustering(options =>
                    (options.Invariant, options.ConnectionString) = (Invariant, storage.ConnectionString));
        }

        silo.Services.AddSingleton<IGrainPropertiesProvider, GrainPlacement>();
        silo.AddOurStorage().AddDashboard(Show);
        silo.AddIncomingGrainCallFilter<MeasuredCalls>().AddOutgoingGrainCallFilter<MeasuredCalls>();
        silo.Configure<ClusterMembershipOptions>(options => Watch(options, engine));
        Limit(silo, engine);
    }

    /// <summary>
    /// Keeps grain state and reminders where both engines keep them, and wakes whom a dead silo leaves behind; needs
    /// <see cref="IStateStorage"/> and <see cref="IReminderStorage"/>.
    /// </summary>
    public static ISiloBuilder AddOurStorage(this ISiloBuilder silo)
    {
        silo.Services.AddSingleton<StateJson>();
        silo.Services.AddSingleton<IGrainStorage, ClusterGrainStorage>();
        silo.Services.AddSingleton<IReminderTable, ClusterReminderTable>();
        silo.Services.AddHostedService<WakeUpCalls>();
        return silo.AddReminders();
    }

    /// <summary>A gateway without grains.</summary>
    /// <param name="client">Its way to the silos.</param>
    /// <param name="engine">Times and bounds.</param>
    /// <param name="storage">The database, which has the membership table.</param>
    /// <param name="tls">What it shows to silos, or null.</param>
    public static void AsGateway(
        this IClientBuilder client, OrleansEngineOptions engine, StorageOptions storage, ClusterTls? tls)
    {
        if (tls is not null)
        {
            client.UseTls(tls);
        }

        client.Configure<ClusterOptions>(options => Name(options, engine))
            .Configure<ClientMessagingOptions>(options => options.ResponseTimeout = engine.ResponseTimeout)
            .Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = GatewayListInterval)
            .UseAdoNetClustering(options =>
                (options.Invariant, options.ConnectionString) = (Invariant, storage.ConnectionString))
            .AddDashboard(Show)
            .AddOutgoingGrainCallFilter<MeasuredCalls>();
        client.Services.AddSingleton<IClientConnectionRetryFilter>(services =>
            new PatientConnection(services.GetRequiredService<TimeProvider>(), engine.ConnectTimeout));
    }

    private static void Name(ClusterOptions options, OrleansEngineOptions engine) =>
        (options.ClusterId, options.ServiceId) = (engine.ClusterId, ServiceId);

    // What grains say about calls is nobody's business; the trace page would show it.
    private static void Show(DashboardOptions options) => options.HideTrace = true;

    // How soon a silo that died is known to be dead is weighed in docs/engine.md.
    private static void Watch(ClusterMembershipOptions options, OrleansEngineOptions engine)
    {
        options.ProbeTimeout = engine.ProbeInterval;
        // Orleans would wait up to four times as long for a silo whose process is there and says nothing.
        options.MaxProbeTimeout = engine.ProbeInterval;
        options.NumMissedProbesLimit = engine.MissedProbesLimit;
        options.IAmAliveTablePublishTimeout = SignOfLifeInterval;
    }

    private static void Limit(ISiloBuilder silo, OrleansEngineOptions engine)
    {
        silo.Configure<SiloMessagingOptions>(options =>
        {
            options.ResponseTimeout = engine.ResponseTimeout;
            options.MaxEnqueuedRequestsHardLimit = engine.MailboxLimit;
        });
        silo.Configure<GrainCollectionOptions>(options =>
        {
            options.CollectionAge = engine.CollectionAge;
            options.CollectionQuantum = engine.CollectionQuantum;
            options.DeactivationTimeout = engine.DeactivationTimeout;
        });
        silo.Configure<ReminderOptions>(options => options.MinimumReminderPeriod = engine.MinimumReminderPeriod);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Silos may come up after their gateways: tries again until its time is over.</summary>
    private sealed class PatientConnection(TimeProvider time, TimeSpan limit) : IClientConnectionRetryFilter
    {
        private readonly long _start = time.GetTimestamp();

        public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
        {
            if (time.GetElapsedTime(_start) > limit)
            {
                return false;
            }

            await Task.Delay(ConnectInterval, time, cancellationToken);
            return true;
        }
    }
}
