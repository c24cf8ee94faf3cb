using System.Collections.Immutable;
using System.Diagnostics.Metrics;

namespace Vrs.Silo.Embedded.Runtime;

/// <summary>What an engine measures: this one, and Microsoft Orleans by filters of ours.</summary>
public static class EngineInstruments
{
    /// <summary>The meter's name, for whoever listens.</summary>
    public const string MeterName = "Vrs.Engine";

    private static readonly Meter Meter = new(MeterName);

    internal static Histogram<double> Turn { get; } = Meter.CreateHistogram(
        "vrs.grains.turn",
        "s",
        "How long grains took to serve requests, with what they waited for.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.0001, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
        });

    internal static Counter<long> Refused { get; } = Meter.CreateCounter<long>(
        "vrs.grains.refused", "{request}", "Requests refused because too many waited for their grain.");

    /// <summary>Every instrument, with the labels that its measurements carry.</summary>
    public static IReadOnlyDictionary<Instrument, ImmutableArray<string>> All { get; } =
        new Dictionary<Instrument, ImmutableArray<string>> { [Turn] = ["grain"], [Refused] = ["grain"] };
}
