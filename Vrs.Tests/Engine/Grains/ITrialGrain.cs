using Orleans;
using Orleans.Concurrency;

namespace Vrs.Tests.Engine.Grains;

/// <summary>A grain that does what a test tells it to.</summary>
[Alias("trial.ITrialGrain")]
public interface ITrialGrain : IGrainWithStringKey
{
    /// <summary>Enters, waits for the gate of this name, leaves.</summary>
    [Alias("Pass")]
    Task Pass(string gate);

    /// <summary>The same, but it may interleave.</summary>
    [AlwaysInterleave, Alias("PassBetween")]
    Task PassBetween(string gate);

    /// <summary>The same, but nobody waits for it.</summary>
    [OneWay, Alias("PassUnawaited")]
    Task PassUnawaited(string gate);

    /// <summary>Throws before its first await.</summary>
    [Alias("ThrowAtOnce")]
    Task<int> ThrowAtOnce(string message);

    /// <summary>Throws after an await.</summary>
    [Alias("ThrowLater")]
    Task<int> ThrowLater(string message);

    /// <summary>Throws, and nobody hears it.</summary>
    [OneWay, Alias("ThrowUnheard")]
    Task ThrowUnheard();

    /// <summary>Adds one without any lock and yields in between; returns the count.</summary>
    [Alias("Count")]
    Task<int> Count();

    /// <summary>The SynchronizationContext, and whether an await comes back to the grain's own scheduler.</summary>
    [Alias("DescribeTurn")]
    Task<string> DescribeTurn();

    /// <summary>The number of this activation, from 1.</summary>
    [Alias("WhichActivation")]
    Task<int> WhichActivation();

    [Alias("DeactivateSoon")]
    Task DeactivateSoon();

    /// <summary>The same, but it may interleave.</summary>
    [AlwaysInterleave, Alias("DeactivateBetween")]
    Task DeactivateBetween();

    [Alias("StayFor")]
    Task StayFor(TimeSpan span);

    [Alias("CallOther")]
    Task<int> CallOther(string key);

    [Alias("Attach")]
    Task Attach(ITrialObserver observer);

    /// <summary>Tells all attached observers; returns how many are left.</summary>
    [Alias("Tell")]
    Task<int> Tell(string text);

    [Alias("StartTimer")]
    Task StartTimer(TimeSpan due, TimeSpan period, bool interleave, bool keepAlive, string? gate);

    [Alias("ChangeTimer")]
    Task ChangeTimer(TimeSpan due, TimeSpan period);

    /// <summary>Changes the timer when a gate opens; the turn goes on until then.</summary>
    [Alias("ChangeTimerAt")]
    Task ChangeTimerAt(string gate);
}

/// <summary>The same with [Reentrant].</summary>
[Alias("trial.IReentrantTrialGrain")]
public interface IReentrantTrialGrain : IGrainWithStringKey
{
    [Alias("Pass")]
    Task Pass(string gate);
}

/// <summary>An object outside that hears a text.</summary>
[Alias("trial.ITrialObserver")]
public interface ITrialObserver : IGrainObserver
{
    [Alias("Hear")]
    Task<bool> Hear(string text);
}
