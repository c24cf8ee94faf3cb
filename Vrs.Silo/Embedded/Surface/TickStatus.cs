namespace Orleans.Runtime;

/// <summary>The times of a reminder's tick; all in UTC.</summary>
/// <param name="firstTickTime">When the reminder first ticked or was due to.</param>
/// <param name="period">Between ticks.</param>
/// <param name="timeStamp">The time of this tick.</param>
[GenerateSerializer, Immutable]
public readonly struct TickStatus(DateTime firstTickTime, TimeSpan period, DateTime timeStamp)
{
    /// <summary>When the reminder first ticked or was due to.</summary>
    [Id(0)]
    public DateTime FirstTickTime { get; } = firstTickTime;

    /// <summary>Between ticks.</summary>
    [Id(1)]
    public TimeSpan Period { get; } = period;

    /// <summary>The time of this tick.</summary>
    [Id(2)]
    public DateTime CurrentTickTime { get; } = timeStamp;

    public override string ToString() => $"<{FirstTickTime:O}, {Period}, {CurrentTickTime:O}>";
}
