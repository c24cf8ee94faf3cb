using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Reminders;
using Orleans.Runtime;
using Orleans.TestingHost;
using Vrs.Silo.Cluster;
using Vrs.Silo.Storage;
using Vrs.Tests.Engine.Grains;
using Vrs.Tests.Support;

namespace Vrs.Tests.Engine;

/// <summary>
/// One silo of Orleans in this process, with virtual time for all that grains can see, that can be restarted over the
/// same storage. Membership and networking keep the time of the machine.
/// </summary>
public sealed class EngineFixture : IAsyncDisposable
{
    /// <summary>How many requests may wait for one grain.</summary>
    public const int MailboxLimit = 100;

    /// <summary>How often it is looked whether anything is still going on.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(2);

    private readonly VirtualTime _time = new();
    private readonly MemoryStorage _storage = new();
    private readonly MemoryReminderStorage _reminders = new();
    private InProcessTestCluster? _cluster;

    public Trials Trials { get; } = new();

    public IGrainFactory Grains => _cluster!.GetSiloServiceProvider().GetRequiredService<IGrainFactory>();

    public async Task Start()
    {
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 1);
        builder.Options.InitializeClientOnDeploy = false;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services
                .AddSingleton<IStateStorage>(_storage)
                .AddSingleton<IReminderStorage>(_reminders)
                .AddSingleton(Trials);
            silo.AddOurStorage();
            silo.Configure<SiloMessagingOptions>(options => options.MaxEnqueuedRequestsHardLimit = MailboxLimit);
            foreach (var area in (string[])
                [
                    TimeProviderNames.Grains, TimeProviderNames.Messaging, TimeProviderNames.ActivationManagement,
                    ReminderTimeProviderNames.Reminders,
                ])
            {
                silo.Services.AddKeyedSingleton<TimeProvider>(area, _time);
            }
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async Task Stop()
    {
        if (_cluster is { } cluster)
        {
            _cluster = null;
            await cluster.StopAllSilosAsync();
            await cluster.DisposeAsync();
        }
    }

    public async Task Crash()
    {
        var cluster = _cluster!;
        _cluster = null;
        await cluster.KillSiloAsync(cluster.Silos[0]);
        await cluster.DisposeAsync();
    }

    /// <summary>The engine among these services is gone at once, with all it had in memory.</summary>
    public static Task Kill(IServiceProvider services) =>
        services.GetRequiredService<Orleans.Runtime.Silo>().StopAsync(new CancellationToken(canceled: true));

    /// <summary>Moves the clock from timer to timer; what each brings about is done before the next fires.</summary>
    public async Task Advance(TimeSpan by)
    {
        var end = (_time.Elapsed + by).Ticks;
        await Quiet();
        while (_time.FireNext(end))
        {
            await Quiet();
        }

        _time.Advance(new TimeSpan(end) - _time.Elapsed);
    }

    /// <summary>Without ceremony: a grain that a test left waiting would hold up an orderly end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await Crash();
        }
    }

    // Orleans does not tell when it has nothing to do; a thread pool without work for two looks in a row has to do.
    private static async Task Quiet()
    {
        using var beats = new PeriodicTimer(Beat);
        for (var idle = 0; idle < 2; idle = ThreadPool.PendingWorkItemCount == 0 ? idle + 1 : 0)
        {
            await beats.WaitForNextTickAsync();
        }
    }
}
