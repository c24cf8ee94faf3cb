using Orleans.Concurrency;

namespace Vrs.Grains.Interfaces.Operations;

/// <summary>What operators see: live calls, queues, interpreters, recent ends. One grain, key <c>board</c>.</summary>
[Alias("vrs.IOperationsGrain")]
public interface IOperationsGrain : IGrainWithStringKey
{
    /// <summary>A call changed.</summary>
    [OneWay, Alias("CallChanged")]
    Task CallChanged(CallView call);

    /// <summary>An interpreter changed.</summary>
    [OneWay, Alias("InterpreterChanged")]
    Task InterpreterChanged(InterpreterView interpreter);

    /// <summary>A queue changed.</summary>
    [OneWay, Alias("QueueChanged")]
    Task QueueChanged(QueueView queue);

    /// <summary>An operations page's gateway subscribes; repeated well within the observer's expiry.</summary>
    [Alias("Subscribe")]
    Task<BoardView> Subscribe(IBoardObserver observer);

    /// <summary>The page is gone.</summary>
    [Alias("Unsubscribe")]
    Task Unsubscribe(IBoardObserver observer);

    /// <summary>The board as it is now.</summary>
    [Alias("GetBoard")]
    Task<BoardView> GetBoard();
}

/// <summary>One open operations page.</summary>
[Alias("vrs.IBoardObserver")]
public interface IBoardObserver : IGrainObserver
{
    /// <summary>The board changed; at most four times a second.</summary>
    [OneWay, Alias("OnBoard")]
    Task OnBoard(BoardView board);
}

/// <summary>The operations board; each list is bounded (the newest are kept).</summary>
/// <param name="Version">Rises with every change.</param>
/// <param name="At">When it was made.</param>
/// <param name="Calls">Live calls, oldest first.</param>
/// <param name="Queues">Queues by pool.</param>
/// <param name="Interpreters">Interpreters who are signed in, by id.</param>
/// <param name="RecentEnds">Calls that ended, newest first.</param>
[GenerateSerializer, Immutable, Alias("vrs.BoardView")]
public sealed record BoardView(
    [property: Id(0)] long Version,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] ImmutableArray<CallView> Calls,
    [property: Id(3)] ImmutableArray<QueueView> Queues,
    [property: Id(4)] ImmutableArray<InterpreterView> Interpreters,
    [property: Id(5)] ImmutableArray<CallView> RecentEnds);
