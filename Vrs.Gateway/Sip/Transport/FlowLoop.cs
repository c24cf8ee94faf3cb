using Vrs.Gateway.Sip.Transactions;

namespace Vrs.Gateway.Sip.Transport;

/// <summary>
/// Runs the work of one flow, one piece at a time and in order; holds no thread while there is none. As the
/// <see cref="SynchronizationContext"/> of that work it also gets the continuations of what the work awaits.
/// </summary>
public sealed class FlowLoop(TimeProvider time, Action<Exception> onFault)
    : SynchronizationContext, IFlowScheduler, IThreadPoolWorkItem
{
    // After so many pieces the thread is given back once, so that a busy flow does not starve others.
    private const int LongestRun = 64;

    private readonly Queue<(SendOrPostCallback Work, object? State)> _queue = new();
    private bool _hasThread;

    /// <summary>Whether the calling code runs on this loop.</summary>
    public bool IsCurrent => Current == this;

    /// <summary>Queues work. Never refuses: callers that may be many are counted by their flow.</summary>
    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_queue)
        {
            _queue.Enqueue((d, state));
            if (_hasThread)
            {
                return;
            }

            _hasThread = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Queues work.</summary>
    public void Post(Action work) => Post(static state => ((Action)state!)(), work);

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("A flow's loop is never waited for.");

    public override SynchronizationContext CreateCopy() => this;

    public IDisposable Schedule(TimeSpan delay, Action work)
    {
        var scheduled = new Scheduled(this, work);
        scheduled.Start(time, delay);
        return scheduled;
    }

    void IThreadPoolWorkItem.Execute()
    {
        var outer = Current;
        SetSynchronizationContext(this);
        try
        {
            for (var run = 0; run < LongestRun; run++)
            {
                if (!TryTake(out var next))
                {
                    return;
                }

                Run(next.Work, next.State);
            }
        }
        finally
        {
            SetSynchronizationContext(outer);
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    // Whoever finds nothing has given its thread back: the next work asks for one.
    private bool TryTake(out (SendOrPostCallback Work, object? State) next)
    {
        lock (_queue)
        {
            return _hasThread = _queue.TryDequeue(out next);
        }
    }

    private void Run(SendOrPostCallback work, object? state)
    {
        try
        {
            work(state);
        }
        catch (Exception fault)
        {
            // A mistake in one turn ends that turn; the flow's other dialogs go on.
            onFault(fault);
        }
    }

    private sealed class Scheduled(FlowLoop loop, Action work) : IDisposable
    {
        private ITimer? _timer;
        private volatile bool _disposed;

        public void Start(TimeProvider time, TimeSpan delay)
        {
            if (delay <= TimeSpan.Zero)
            {
                loop.Post(Run);
                return;
            }

            _timer = time.CreateTimer(
                static state => ((Scheduled)state!).Due(), this, delay, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            _disposed = true;
            _timer?.Dispose();
        }

        private void Due() => loop.Post(Run);

        private void Run()
        {
            _timer?.Dispose();
            if (!_disposed)
            {
                work();
            }
        }
    }
}
