using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Reminders;
using Orleans.Runtime;
using Orleans.TestingHost;
using Vrs.Silo.Cluster;
using Vrs.Silo.Storage;
using Vrs.Tests.Cluster;
using Vrs.Tests.Engine.Grains;
using Vrs.Tests.Support;

namespace Vrs.Tests.Engine;

/// <summary>
/// Silos of Orleans in this process that can be restarted over the same storage; usually one. Timers and
/// reminders go by virtual time. What Orleans measures on the machine's own clock, whatever clock it is given, is short
/// here: the response timeout as it is, and idleness <see cref="Haste"/> times as fast as the virtual clock moves.
/// </summary>
/// <param name="states">Where grains are stored; null for in memory.</param>
/// <param name="reminders">Where reminders are stored; null for in memory.</param>
/// <param name="losesOne">Whether they are two, a third of which has just died; otherwise it is one.</param>
public sealed class EngineFixture(
    IStateStorage? states = null, IReminderStorage? reminders = null, bool losesOne = false) : IAsyncDisposable
{
    /// <summary>How many requests may wait for one grain.</summary>
    public const int MailboxLimit = 100;

    /// <summary>How much sooner than elsewhere a grain is idle for long: 15 minutes are 1.5 seconds.</summary>
    private const int Haste = 600;

    /// <summary>Spans that are not worth waiting for.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(2);

    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Who is dead is said here alone: a busy machine must not look like a dead silo.</summary>
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromMinutes(1);

    // It starts now: until when a grain asked to stay is told by it, and compared with the machine's clock.
    private readonly VirtualTime _time = new(DateTimeOffset.UtcNow);
    private readonly IStateStorage _storage = states ?? new MemoryStorage();
    private readonly IReminderStorage _reminders = reminders ?? new MemoryReminderStorage();
    private InProcessTestCluster? _cluster;

    public Trials Trials { get; } = new();

    public IGrainFactory Grains => _cluster!.Silos[0].ServiceProvider.GetRequiredService<IGrainFactory>();

    public async Task Start()
    {
        var builder = new InProcessTestClusterBuilder(initialSilosCount: (short)(losesOne ? 3 : 1));
        builder.Options.InitializeClientOnDeploy = false;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services
                .AddSingleton<IStateStorage>(_storage)
                .AddSingleton<IReminderStorage>(_reminders)
                .AddSingleton(Trials);
            silo.AddOurStorage();
            silo.Configure<SiloMessagingOptions>(options =>
            {
                options.MaxEnqueuedRequestsHardLimit = MailboxLimit;
                options.ResponseTimeout = ResponseTimeout;
            });
            silo.Configure<GrainCollectionOptions>(options =>
            {
                options.CollectionAge = OfIdleness(options.CollectionAge);
                options.CollectionQuantum = OfIdleness(options.CollectionQuantum);
            });
            silo.Configure<ClusterMembershipOptions>(options => options.ProbeTimeout = ProbeTimeout);
            // It counts time as grains do, and would be all that happens while the clock moves.
            silo.Configure<DeploymentLoadPublisherOptions>(options =>
                options.DeploymentLoadPublisherRefreshTime = TimeSpan.FromDays(1));
            silo.Services
                .AddKeyedSingleton<TimeProvider>(TimeProviderNames.Grains, _time)
                .AddKeyedSingleton<TimeProvider>(ReminderTimeProviderNames.Reminders, new LateTimers(_time));
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        if (losesOne)
        {
            await LoseOne(_cluster);
        }
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
        foreach (var silo in cluster.Silos.ToList())
        {
            await cluster.KillSiloAsync(silo);
        }

        await cluster.DisposeAsync();
    }

    /// <summary>The engine among these services is gone at once, with all it had in memory.</summary>
    public static Task Kill(IServiceProvider services) =>
        services.GetRequiredService<Orleans.Runtime.Silo>().StopAsync(new CancellationToken(canceled: true));

    /// <summary>What a span of idleness is on the clock that this engine measures it by.</summary>
    public static TimeSpan OfIdleness(TimeSpan span) => span / Haste;

    /// <summary>Moves the clock from timer to timer; what each brings about is done before the next fires.</summary>
    public async Task Advance(TimeSpan by)
    {
        var end = (_time.Elapsed + by + LateTimers.Lateness).Ticks;
        await Stillness.Comes();
        var before = _time.Elapsed;
        while (_time.FireNext(end))
        {
            await Pass(OfIdleness(_time.Elapsed - before));
            await Stillness.Comes();
            before = _time.Elapsed;
        }

        _time.Advance(new TimeSpan(end) - _time.Elapsed);
        await Pass(OfIdleness(_time.Elapsed - before));
    }

    /// <summary>Without ceremony: a grain that a test left waiting would hold up an orderly end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await Crash();
        }
    }

    // Until the others agree that it is gone, grains may still be looked for there.
    private static async Task LoseOne(InProcessTestCluster cluster)
    {
        var victim = cluster.Silos[0];
        await cluster.KillSiloAsync(victim);
        List<IClusterMembershipService> others =
        [
            .. cluster.Silos.Select(
                silo => silo.ServiceProvider.GetRequiredService<IClusterMembershipService>()),
        ];
        Assert.True(await others[0].TryKill(victim.SiloAddress));
        await Eventually.Is("all know who died", () => others.TrueForAll(
            other => other.CurrentSnapshot.GetSiloStatus(victim.SiloAddress) is SiloStatus.Dead));
        await Stillness.Comes();
    }

    // On the machine's clock, which idleness goes by.
    private static async Task Pass(TimeSpan span)
    {
        if (span > Beat)
        {
            using var timer = new PeriodicTimer(span);
            await timer.WaitForNextTickAsync();
        }
    }
}
