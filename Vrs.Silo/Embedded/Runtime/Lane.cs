namespace Vrs.Silo.Embedded.Runtime;

/// <summary>
/// A task scheduler that runs one task at a time. Awaits inside a grain come back to its lane, so grain code never runs
/// on two threads at once.
/// </summary>
/// <param name="order">Decides when and where the lane runs.</param>
internal sealed class Lane(ITurnOrder order) : TaskScheduler, ITurnLane
{
    [ThreadStatic]
    private static Lane? _running;

    private readonly Queue<Task> _turns = new();
    private bool _announced;
    private bool _abandoned;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Whether the caller is a turn of this lane.</summary>
    public bool IsRunningHere => _running == this;

    /// <summary>Runs an action as a turn of its own.</summary>
    public void Post<TState>(Action<TState> turn, TState state)
        where TState : class =>
        new Task(static work => ((Turn<TState>)work!).Run(), new Turn<TState>(turn, state)).Start(this);

    /// <summary>From now on nothing of this lane runs, what is waiting included: a crash.</summary>
    public void Abandon()
    {
        lock (_turns)
        {
            _abandoned = true;
            _turns.Clear();
        }
    }

    public bool RunTurn()
    {
        Task? turn;
        lock (_turns)
        {
            if (!_turns.TryDequeue(out turn))
            {
                _announced = false;
                return false;
            }
        }

        // A test runner's context would steal the continuations of grain code from this scheduler.
        var context = SynchronizationContext.Current;
        var outer = _running;
        SynchronizationContext.SetSynchronizationContext(null);
        _running = this;
        try
        {
            TryExecuteTask(turn);
        }
        finally
        {
            _running = outer;
            SynchronizationContext.SetSynchronizationContext(context);
        }

        lock (_turns)
        {
            return _announced = _turns.Count > 0;
        }
    }

    protected override void QueueTask(Task task)
    {
        lock (_turns)
        {
            if (_abandoned)
            {
                return;
            }

            _turns.Enqueue(task);
            if (_announced)
            {
                return;
            }

            _announced = true;
        }

        order.Ready(this);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && !_abandoned && _running == this && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_turns)
        {
            return [.. _turns];
        }
    }

    private sealed class Turn<TState>(Action<TState> turn, TState state)
    {
        public void Run() => turn(state);
    }
}
