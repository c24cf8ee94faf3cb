namespace Vrs.Tests.Support;

/// <summary>
/// A clock that moves only when it is told to. Timers fire on the thread that moves it, in order of due time.
/// </summary>
/// <param name="start">What it shows at first; the same in every run unless it is said.</param>
internal sealed class VirtualTime(DateTimeOffset? start = null) : TimeProvider
{
    private readonly DateTimeOffset _start = start ?? new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly PriorityQueue<VirtualTimer, (long Due, long Number)> _timers = new();
    private readonly Lock _guard = new();
    private long _now;
    private long _numbers;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How far the clock has moved.</summary>
    public TimeSpan Elapsed => new(GetTimestamp());

    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Calls an action when so much time has passed.</summary>
    public void After(TimeSpan delay, Action action) =>
        CreateTimer(static state => ((Action)state!)(), action, delay, Timeout.InfiniteTimeSpan);

    /// <summary>Completes when so much time has passed.</summary>
    public Task Wait(TimeSpan delay)
    {
        var over = new TaskCompletionSource();
        After(delay, over.SetResult);
        return over.Task;
    }

    /// <summary>Moves the clock; everything due meanwhile fires at its own time.</summary>
    public void Advance(TimeSpan by)
    {
        var end = GetTimestamp() + by.Ticks;
        while (FireNext(end))
        {
        }

        lock (_guard)
        {
            _now = Math.Max(_now, end);
        }
    }

    /// <summary>Moves the clock to the next timer that is due up to that time, and fires it.</summary>
    /// <param name="limit">In ticks since the start.</param>
    /// <returns>False when there is none; the clock has not moved then.</returns>
    public bool FireNext(long limit = long.MaxValue)
    {
        VirtualTimer? next = null;
        lock (_guard)
        {
            while (next is null && _timers.TryPeek(out var timer, out var due) && due.Due <= limit)
            {
                _timers.Dequeue();
                if (timer.Armed == due)
                {
                    _now = Math.Max(_now, due.Due);
                    Arm(timer, timer.Period);
                    next = timer;
                }
            }
        }

        next?.Fire();
        return next is not null;
    }

    private void Arm(VirtualTimer timer, TimeSpan due)
    {
        timer.Armed = due < TimeSpan.Zero ? null : (_now + due.Ticks, ++_numbers);
        if (timer.Armed is { } armed)
        {
            _timers.Enqueue(timer, armed);
        }
    }

    private sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        private bool _disposed;

        public (long Due, long Number)? Armed { get; set; }

        public TimeSpan Period { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._guard)
            {
                if (_disposed)
                {
                    return false;
                }

                // A period of zero means once, as System.Threading.Timer has it.
                Period = period == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : period;
                time.Arm(this, dueTime);
                return true;
            }
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (time._guard)
            {
                _disposed = true;
                Armed = null;
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
