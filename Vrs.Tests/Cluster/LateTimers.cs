namespace Vrs.Tests.Cluster;

/// <summary>
/// A clock whose timers fire a millisecond late, as those of a machine do. The reminders of Orleans wait in whole
/// milliseconds until a due time that has fractions; with timers that are never late they would wait for ever, and keep
/// a processor busy.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class LateTimers(TimeProvider time) : TimeProvider
{
    /// <summary>How late.</summary>
    public static readonly TimeSpan Lateness = TimeSpan.FromMilliseconds(1);

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new LateTimer(time.CreateTimer(callback, state, Late(dueTime), period));

    private static TimeSpan Late(TimeSpan due) => due < TimeSpan.Zero ? due : due + Lateness;

    private sealed class LateTimer(ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(Late(dueTime), period);

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
