using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.TestingHost;
using Vrs.Tests.Cluster;

namespace Vrs.Tests.Domain.Grains;

/// <summary>
/// On a cluster of two Orleans silos in this process, over one storage. Grains go by the clock that a test moves; what
/// follows from a move is waited for. What doubles do happens on the thread of the test.
/// </summary>
internal sealed partial class GrainWorld
{
    /// <summary>Between two silos an answer may arrive after what followed from the question.</summary>
    public const bool AnswersMayBeOvertaken = true;

    private const int Silos = 2;

    /// <summary>How long an answer may take, on a machine that may be busy.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, MortalSilo> _mortals = [];
    private readonly ConcurrentQueue<Action> _deeds = [];
    private ClusterStillness _stillness = null!;
    private InProcessTestCluster _cluster = null!;

    public IGrainFactory Grains => _cluster.Client;

    /// <summary>Waits until everything has happened that is to happen now.</summary>
    public void Settle()
    {
        do
        {
            _stillness.Comes(DoNext);
        }
        while (Time.FireNext(Time.GetTimestamp()));
    }

    /// <summary>The answer of a grain, once everything that follows from the question has happened.</summary>
    public T Ask<T>(Task<T> question)
    {
        Tell(question);
        return question.GetAwaiter().GetResult();
    }

    public void Tell(Task message)
    {
        var start = TimeProvider.System.GetTimestamp();
        do
        {
            Settle();
            Assert.True(TimeProvider.System.GetElapsedTime(start) < AnswerLimit, "the grain did not answer");
        }
        while (!message.IsCompleted);
        message.GetAwaiter().GetResult();
    }

    /// <summary>What a double does when it is called: everything happens on one thread here.</summary>
    public Task<T> OnThisThread<T>(Func<T> deed)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _deeds.Enqueue(() => done.SetResult(deed()));
        return done.Task;
    }

    /// <summary>
    /// One of the silos is gone at once, with all it had in memory; the others know it, and the gateway has told them
    /// again where it is called.
    /// </summary>
    /// <param name="number">Which one.</param>
    public void KillSilo(int number)
    {
        var victim = _cluster.Silos[number];
        _mortals[victim.Name].Die();
        var looks = _stillness.LooksAtReminders;
        Wait(_cluster.KillSiloAsync(victim));
        var membership = _cluster.Silos[0].ServiceProvider.GetRequiredService<IClusterMembershipService>();
        Wait(membership.TryKill(victim.SiloAddress));
        // One to take over the share of the dead, one to wake whoever lived there.
        Assert.True(
            SpinWait.SpinUntil(() => _stillness.LooksAtReminders >= looks + 2, AnswerLimit),
            "the other silo did not take the reminders over");
        Gateway.Renew();
        Settle();
    }

    private void Kill()
    {
        foreach (var mortal in _mortals.Values)
        {
            mortal.Die();
        }

        foreach (var silo in _cluster.Silos.ToList())
        {
            Wait(_cluster.KillSiloAsync(silo));
        }

        Wait(_cluster.KillClientAsync());
        Wait(_cluster.DisposeAsync().AsTask());
    }

    private void StartEngine()
    {
        _storage.Forget();
        _stillness = new ClusterStillness { IsHeldBack = () => _storage.IsHanging };
        var builder = new InProcessTestClusterBuilder(Silos);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((options, silo) =>
        {
            var mortal = _mortals[options.SiloName] = new MortalSilo(options.SiloName, Clock, _storage, _stillness);
            mortal.Prepare(silo, new WatchedReminders(_reminders, options.SiloName, _stillness));
            AddServices(silo.Services);
            silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = ResponseTimeout);
            // Who is dead is said by the test alone: a busy machine must not look like a dead silo.
            silo.Configure<ClusterMembershipOptions>(membership => membership.ProbeTimeout = AnswerLimit);
        });
        builder.ConfigureClient(client => client
            .Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = ResponseTimeout)
            .AddOutgoingGrainCallFilter(_stillness.FilterOf("client")));
        _cluster = builder.Build();
        Wait(_cluster.DeployAsync());
    }

    private bool DoNext()
    {
        var found = _deeds.TryDequeue(out var deed);
        deed?.Invoke();
        return found;
    }

    // Elsewhere than here: this thread may be one of few that the test runner has for what follows.
    private static void Wait(Task task) => Task.Run(() => task).GetAwaiter().GetResult();
}
