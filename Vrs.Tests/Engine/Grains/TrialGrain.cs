using Microsoft.Extensions.Logging.Abstractions;
using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Utilities;

namespace Vrs.Tests.Engine.Grains;

[GrainType("trial")]
public sealed class TrialGrain(Trials trials) : Grain, ITrialGrain
{
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(30);

    private readonly ObserverManager<ITrialObserver> _observers = new(TimeSpan.FromMinutes(5), NullLogger.Instance);
    private int _activation;
    private int _count;
    private IGrainTimer? _timer;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _activation = trials.NextActivation(this.GetPrimaryKeyString());
        return this.GetPrimaryKeyString() == "never" && _activation == 1
            ? throw new InvalidOperationException("cannot activate")
            : Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        trials.Note($"deactivated {this.GetPrimaryKeyString()}: {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public async Task Pass(string gate)
    {
        trials.Note($"enter {gate}");
        await trials.Gate(gate);
        trials.Note($"leave {gate}");
    }

    public Task PassBetween(string gate) => Pass(gate);

    public Task PassUnawaited(string gate) => Pass(gate);

    public Task<int> ThrowAtOnce(string message) => throw new TrialException(message);

    public async Task<int> ThrowLater(string message)
    {
        await Task.Yield();
        throw new TrialException(message);
    }

    public Task ThrowUnheard()
    {
        trials.Note("thrown");
        throw new TrialException("unheard");
    }

    public async Task<int> Count()
    {
        var count = _count;
        await Task.Yield();
        _count = count + 1;
        return _count;
    }

    public async Task<string> DescribeTurn()
    {
        var before = TaskScheduler.Current;
        var context = SynchronizationContext.Current is null ? "no context" : "a context";
        await Task.Yield();
        var same = TaskScheduler.Current == before && before != TaskScheduler.Default;
        return $"{context}, {(same ? "same" : "other")} scheduler";
    }

    public Task<int> WhichActivation() => Task.FromResult(_activation);

    public Task DeactivateSoon()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task DeactivateBetween() => DeactivateSoon();

    public Task StayFor(TimeSpan span)
    {
        DelayDeactivation(span);
        return Task.CompletedTask;
    }

    public Task<int> CallOther(string key) => GrainFactory.GetGrain<ITrialGrain>(key).Count();

    public Task Attach(ITrialObserver observer)
    {
        _observers.Subscribe(observer, observer);
        return Task.CompletedTask;
    }

    public async Task<int> Tell(string text)
    {
        await _observers.Notify(observer => observer.Hear(text));
        return _observers.Count;
    }

    public Task StartTimer(TimeSpan due, TimeSpan period, bool interleave, bool keepAlive, string? gate)
    {
        _timer = this.RegisterGrainTimer(
            static (state, ct) => state.Self.Tick(state.Gate),
            (Self: this, Gate: gate),
            new GrainTimerCreationOptions(due, period) { Interleave = interleave, KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public Task ChangeTimer(TimeSpan due, TimeSpan period)
    {
        _timer!.Change(due, period);
        return Task.CompletedTask;
    }

    public Task ChangeTimerAt(string gate)
    {
        trials.Note($"enter {gate}");
        trials.Gate(gate).Wait(LongestTurn);
        _timer!.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        trials.Note($"leave {gate}");
        return Task.CompletedTask;
    }

    private async Task Tick(string? gate)
    {
        trials.Note("tick");
        if (gate is not null)
        {
            await trials.Gate(gate);
            trials.Note("tock");
        }
    }
}

[Reentrant, GrainType("reentrant-trial")]
public sealed class ReentrantTrialGrain(Trials trials) : Grain, IReentrantTrialGrain
{
    public async Task Pass(string gate)
    {
        trials.Note($"enter {gate}");
        await trials.Gate(gate);
        trials.Note($"leave {gate}");
    }
}

/// <summary>What trial grains throw on purpose, to callers in other silos too.</summary>
[GenerateSerializer, Alias("trial-exception")]
public sealed class TrialException(string message) : Exception(message);
