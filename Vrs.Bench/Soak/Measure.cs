namespace Vrs.Bench.Soak;

/// <summary>Something of the server that must not grow while it works.</summary>
/// <param name="Name">What it is, and its unit.</param>
/// <param name="Slack">How much more it may be at the end than at the beginning for reasons of chance.</param>
/// <param name="SlackShare">The same, as a share of what it was at the beginning.</param>
public sealed record Measure(string Name, double Slack, double SlackShare)
{
    public static readonly Measure ResidentMemory = new("resident memory, MB", 16, 0.10);
    public static readonly Measure Heap = new("GC heap after a full collection, MB", 8, 0.10);
    public static readonly Measure Handles = new("handles", 5, 0.02);
    public static readonly Measure Threads = new("threads", 4, 0);
    public static readonly Measure Timers = new("timers", 20, 0.05);
    public static readonly Measure Flows = new("SIP flows", 3, 0);
    public static readonly Measure LiveCalls = new("live calls", 10, 0);
    public static readonly Measure Effects = new("effects not yet performed", 5, 0);
    public static readonly Measure Reminders = new("rows: reminders", 20, 0.05);
    public static readonly Measure States = new("rows: grain states in flight", 20, 0.02);

    /// <summary>All of them, in the order they are printed.</summary>
    public static readonly IReadOnlyList<Measure> All =
    [
        ResidentMemory, Heap, Handles, Threads, Timers, Flows, LiveCalls, Effects, Reminders, States,
    ];
}

/// <summary>All measures of one moment.</summary>
/// <param name="At">Since the beginning.</param>
/// <param name="Values">A value for each measure.</param>
public sealed record Sample(TimeSpan At, IReadOnlyDictionary<Measure, double> Values);

/// <summary>How one measure went.</summary>
/// <param name="Measure">Which.</param>
/// <param name="First">The median of the first third.</param>
/// <param name="Last">The median of the last third.</param>
/// <param name="Highest">The highest of all.</param>
public sealed record Growth(Measure Measure, double First, double Last, double Highest)
{
    /// <summary>How much more there was in the last third.</summary>
    public double More => Last - First;

    /// <summary>Whether it is more than chance.</summary>
    public bool IsGrowing => More > Math.Max(Measure.Slack, Measure.SlackShare * First);

    /// <summary>Compares the first third of the time with the last, without a tenth in which all warms up.</summary>
    /// <param name="samples">In their order, evenly spread; at least one.</param>
    public static IReadOnlyList<Growth> Of(IReadOnlyList<Sample> samples)
    {
        var warm = samples.Skip(samples.Count / 10).ToList();
        var third = Math.Max(1, warm.Count / 3);
        return
        [
            .. Measure.All.Select(measure => new Growth(
                measure,
                Median(warm.Take(third).Select(sample => sample.Values[measure])),
                Median(warm.TakeLast(third).Select(sample => sample.Values[measure])),
                samples.Max(sample => sample.Values[measure]))),
        ];
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
