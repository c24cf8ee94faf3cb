using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Vrs.Silo.Storage;

/// <summary>What the one writer measures.</summary>
public static class StorageInstruments
{
    /// <summary>The meter's name, for whoever listens.</summary>
    public const string MeterName = "Vrs.Storage";

    /// <summary>The name of the source of spans, for whoever listens.</summary>
    public const string SourceName = "Vrs.Storage";

    private static readonly Meter Meter = new(MeterName);
    private static readonly ActivitySource Source = new(SourceName);

    internal static Histogram<double> Write { get; } = Meter.CreateHistogram(
        "vrs.storage.write",
        "s",
        "From asking for a write until it was committed.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
        });

    internal static Histogram<int> Batch { get; } = Meter.CreateHistogram(
        "vrs.storage.batch",
        "{write}",
        "Writes that were committed together.",
        advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512] });

    internal static Counter<long> FailedWrites { get; } =
        Meter.CreateCounter<long>("vrs.storage.writes.failed", "{write}", "Writes that failed.");

    /// <summary>Told by the writer, and by the check that finds it too slow.</summary>
    public static Gauge<double> Away { get; } = Meter.CreateGauge<double>(
        "vrs.storage.away", "1", "Whether the database takes no writes: away, full, locked or too slow.");

    internal static Counter<long> Outages { get; } = Meter.CreateCounter<long>(
        "vrs.storage.outages", "{outage}", "Times that the database began to take no writes.");

    /// <summary>Told by whoever compares clocks: storage itself does not mind.</summary>
    public static Gauge<double> ClockSkew { get; } = Meter.CreateGauge<double>(
        "vrs.clock.skew", "s", "How far this machine's clock is ahead of the database server's.");

    /// <summary>The same.</summary>
    public static Counter<long> ClockSteps { get; } = Meter.CreateCounter<long>(
        "vrs.clock.steps", "{step}", "Times that the clock of this machine was set while the service ran.");

    /// <summary>Begins the span of a write within that of a call's part; null for what is of no call.</summary>
    internal static Activity? StartWrite() =>
        Activity.Current?.Source.Name is ['V', 'r', 's', '.', ..] ? Source.StartActivity("write") : null;

    /// <summary>Every instrument; their measurements carry no labels.</summary>
    public static IReadOnlyDictionary<Instrument, ImmutableArray<string>> All { get; } =
        new Dictionary<Instrument, ImmutableArray<string>>
        {
            [Write] = [],
            [Batch] = [],
            [FailedWrites] = [],
            [Away] = [],
            [Outages] = [],
            [ClockSkew] = [],
            [ClockSteps] = [],
        };
}
