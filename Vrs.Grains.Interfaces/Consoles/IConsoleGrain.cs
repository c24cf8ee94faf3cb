using Orleans.Concurrency;

namespace Vrs.Grains.Interfaces.Consoles;

/// <summary>All open pages of one user; keyed by <c>UserId</c>. Holds no persistent state.</summary>
[Alias("vrs.IConsoleGrain")]
public interface IConsoleGrain : IGrainWithStringKey
{
    /// <summary>
    /// A page's gateway subscribes; repeated well within the observer's expiry. Returns the latest message of each
    /// kind, so that a page that reconnects shows the truth at once.
    /// </summary>
    [Alias("Subscribe")]
    Task<ImmutableArray<ConsoleMessage>> Subscribe(IConsoleObserver observer);

    /// <summary>The page is gone.</summary>
    [Alias("Unsubscribe")]
    Task Unsubscribe(IConsoleObserver observer);

    /// <summary>Pushes a message to every open page of the user.</summary>
    [Alias("Publish")]
    Task Publish(ConsoleMessage message);
}

/// <summary>One open page, as grains see it.</summary>
[Alias("vrs.IConsoleObserver")]
public interface IConsoleObserver : IGrainObserver
{
    /// <summary>Something the page shows has changed.</summary>
    [OneWay, Alias("OnMessage")]
    Task OnMessage(ConsoleMessage message);
}
