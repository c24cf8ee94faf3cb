using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Utilities;
using Vrs.Grains.Interfaces.Operations;

namespace Vrs.Grains.Operations;

/// <summary>The operations board; in memory only, filled by what grains tell.</summary>
public sealed class OperationsGrain : Grain, IOperationsGrain
{
    /// <summary>The key of the one board.</summary>
    public const string Key = "board";

    private const int MaxCalls = 500;
    private const int MaxEnds = 50;
    private const int MaxInterpreters = 500;

    private static readonly TimeSpan Expiry = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan BroadcastInterval = TimeSpan.FromMilliseconds(250);

    private readonly TimeProvider _time;
    private readonly ObserverManager<IBoardObserver> _pages;
    private readonly Dictionary<CallId, CallView> _calls = [];
    private readonly SortedDictionary<string, QueueView> _queues = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, InterpreterView> _interpreters = new(StringComparer.Ordinal);
    private readonly LinkedList<CallView> _ends = new();
    private long _version;
    private long _broadcast;

    /// <summary>Made by the engine.</summary>
    public OperationsGrain(TimeProvider time, ILogger<OperationsGrain> log)
    {
        _time = time;
        _pages = new ObserverManager<IBoardObserver>(Expiry, log)
        {
            GetDateTime = () => time.GetUtcNow().UtcDateTime,
        };
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // What the board knows is only here.
        DelayDeactivation(Timeout.InfiniteTimeSpan);
        this.RegisterGrainTimer(
            _ => Broadcast(),
            new GrainTimerCreationOptions(BroadcastInterval, BroadcastInterval) { Interleave = true });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task CallChanged(CallView call)
    {
        if (_ends.Any(end => end.Call == call.Call)
            || (_calls.TryGetValue(call.Call, out var known) && known.Version > call.Version))
        {
            return Task.CompletedTask;
        }

        if (call.Phase is CallPhase.Ended)
        {
            _calls.Remove(call.Call);
            _ends.AddFirst(call);
            if (_ends.Count > MaxEnds)
            {
                _ends.RemoveLast();
            }
        }
        else
        {
            _calls[call.Call] = call;
        }

        _version++;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task InterpreterChanged(InterpreterView interpreter)
    {
        var id = interpreter.Interpreter.Value;
        if (!_interpreters.TryGetValue(id, out var known) || known.Version <= interpreter.Version)
        {
            if (interpreter.Status is InterpreterStatus.SignedOut)
            {
                _interpreters.Remove(id);
            }
            else
            {
                _interpreters[id] = interpreter;
            }

            _version++;
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task QueueChanged(QueueView queue)
    {
        if (!_queues.TryGetValue(queue.Pool.Value, out var known) || known.Version <= queue.Version)
        {
            _queues[queue.Pool.Value] = queue;
            _version++;
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<BoardView> Subscribe(IBoardObserver observer)
    {
        _pages.Subscribe(observer, observer);
        return GetBoard();
    }

    /// <inheritdoc/>
    public Task Unsubscribe(IBoardObserver observer)
    {
        _pages.Unsubscribe(observer);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<BoardView> GetBoard() => Task.FromResult(Board());

    private BoardView Board() => new(
        _version,
        _time.GetUtcNow(),
        [
            .. _calls.Values
                .OrderBy(call => call.StartedAt)
                .ThenBy(call => call.Call.Value, StringComparer.Ordinal)
                .Take(MaxCalls),
        ],
        [.. _queues.Values],
        [.. _interpreters.Values.Take(MaxInterpreters)],
        [.. _ends]);

    /// <summary>However many changes there were, pages are told at most once an interval.</summary>
    private async Task Broadcast()
    {
        if (_broadcast == _version || _pages.Count == 0)
        {
            return;
        }

        _broadcast = _version;
        var board = Board();
        await _pages.Notify(page => page.OnBoard(board));
    }
}
