namespace Vrs.Tests.Support;

/// <summary>A clock that somebody may set, while timers run on as they do.</summary>
internal sealed class SteppedClock(VirtualTime time) : TimeProvider
{
    /// <summary>How far it is from the true time.</summary>
    public TimeSpan Offset { get; private set; }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => time.TimestampFrequency;

    /// <summary>Sets it forward or back.</summary>
    public void Step(TimeSpan by) => Offset += by;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + Offset;

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);
}
