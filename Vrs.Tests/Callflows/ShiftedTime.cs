namespace Vrs.Tests.Callflows;

/// <summary>
/// The real clock, which a test can put forward: a server runs on it as usual, and a deadline of half an hour falls in
/// a second. Timers that were due meanwhile fall at once.
/// </summary>
internal sealed class ShiftedTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly HashSet<ShiftedTimer> _timers = [];
    private long _shift;

    private TimeSpan Shift => new(Interlocked.Read(ref _shift));

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;

    public override long GetTimestamp() =>
        System.GetTimestamp() + (long)(Shift.TotalSeconds * System.TimestampFrequency);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ShiftedTimer(this, callback, state);
        lock (_lock)
        {
            _timers.Add(timer);
        }

        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Puts the clock forward.</summary>
    public void Advance(TimeSpan by)
    {
        Interlocked.Add(ref _shift, by.Ticks);
        ShiftedTimer[] timers;
        lock (_lock)
        {
            timers = [.. _timers];
        }

        foreach (var timer in timers)
        {
            timer.Arm();
        }
    }

    private void Forget(ShiftedTimer timer)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
        }
    }

    private sealed class ShiftedTimer : ITimer
    {
        private readonly Lock _lock = new();
        private readonly ShiftedTime _time;
        private readonly ITimer _real;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private DateTimeOffset? _due;
        private TimeSpan _period;

        public ShiftedTimer(ShiftedTime time, TimerCallback callback, object? state)
        {
            (_time, _callback, _state) = (time, callback, state);
            _real = System.CreateTimer(_ => Fall(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_lock)
            {
                _due = dueTime == Timeout.InfiniteTimeSpan ? null : _time.GetUtcNow() + dueTime;
                _period = period;
            }

            return Arm();
        }

        /// <summary>Sets the real timer to what is left.</summary>
        public bool Arm()
        {
            lock (_lock)
            {
                var left = _due - _time.GetUtcNow() ?? Timeout.InfiniteTimeSpan;
                var wait = _due is not null && left < TimeSpan.Zero ? TimeSpan.Zero : left;
                return _real.Change(wait, Timeout.InfiniteTimeSpan);
            }
        }

        public void Dispose()
        {
            _time.Forget(this);
            _real.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            _time.Forget(this);
            return _real.DisposeAsync();
        }

        private void Fall()
        {
            lock (_lock)
            {
                var repeats = _period > TimeSpan.Zero;
                _due = repeats ? _time.GetUtcNow() + _period : null;
            }

            Arm();
            _callback(_state);
        }
    }
}
