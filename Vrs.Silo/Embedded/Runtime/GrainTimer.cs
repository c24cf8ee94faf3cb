using Orleans;
using Orleans.Runtime;

namespace Vrs.Silo.Embedded.Runtime;

/// <summary>A timer of an activation. The next tick is due one period after the last one is done.</summary>
internal sealed class GrainTimer : Work, IGrainTimer
{
    private readonly Func<CancellationToken, Task> _callback;
    private readonly GrainTimerCreationOptions _options;
    private readonly CancellationToken _ending;
    private readonly ITimer _clock;
    private TimeSpan _due;
    private TimeSpan _period;
    private bool _ticking;
    private bool _changed;
    private volatile bool _disposed;
    private volatile bool _abandoned;

    public GrainTimer(
        Activation activation,
        Func<CancellationToken, Task> callback,
        GrainTimerCreationOptions options,
        CancellationToken ending)
        : base(activation)
    {
        _callback = callback;
        _options = options;
        _ending = ending;
        _period = options.Period;
        using var flow =
            ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow();
        _clock = activation.Silo.Time.CreateTimer(
            static timer => ((GrainTimer)timer!).Due(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public override bool Interleaves => _options.Interleave;

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, Timeout.InfiniteTimeSpan);
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, Timeout.InfiniteTimeSpan);
        if (_abandoned)
        {
            return;
        }

        _due = dueTime;
        _period = period;
        _changed = true;
        // A tick under way starts the clock itself when it is done, so that ticks never overlap.
        if (!_ticking)
        {
            _clock.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>
    /// A crash of its activation: it ticks no more; any thread. A turn that is under way on another thread may still
    /// change it, in vain and without a fault.
    /// </summary>
    public void Abandon()
    {
        _abandoned = true;
        _clock.Dispose();
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _clock.Dispose();
            Activation.Forget(this);
        }
    }

    public override async Task Run(Grain grain)
    {
        if (_disposed)
        {
            return;
        }

        if (_ticking)
        {
            // It was due before Change made it due anew; once more after the tick under way is enough.
            (_due, _changed) = (TimeSpan.Zero, true);
            return;
        }

        if (_options.KeepAlive)
        {
            Activation.Touch();
        }

        _ticking = true;
        _changed = false;
        try
        {
            await _callback(_ending);
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            Activation.Silo.Log.TimerCancelled(Activation.Identity);
        }
        catch (Exception fault)
        {
            Activation.Silo.Log.TimerFailed(Activation.Identity, fault);
            Activation.AfterFault(fault);
        }

        _ticking = false;
        var next = _changed ? _due : _period;
        if (!_disposed && !_abandoned && next != Timeout.InfiniteTimeSpan)
        {
            _clock.Change(next, Timeout.InfiniteTimeSpan);
        }
    }

    public override void Reroute() => Dispose();

    public override void Fail(Exception fault) => Dispose();

    private void Due()
    {
        if (!_disposed)
        {
            Activation.Post(this);
        }
    }
}
