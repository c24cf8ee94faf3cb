using System.Diagnostics.Metrics;

namespace Vrs.Grains.Telemetry;

/// <summary>
/// Every instrument of the grains, with its unit and its labels. All labels are bounded: enumerations, names of events,
/// configured pools. docs/metrics.md is rendered from here.
/// </summary>
public static class GrainInstruments
{
    /// <summary>The meter's name, for whoever listens.</summary>
    public const string MeterName = "Vrs.Grains";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Dictionary<Instrument, ImmutableArray<string>> Documents = [];

    /// <summary>For what a person waits for: the standards of the trade are in it, 10 s, 30 s and 120 s.</summary>
    private static readonly InstrumentAdvice<double> Waits =
        new() { HistogramBucketBoundaries = [1, 5, 10, 20, 30, 60, 90, 120, 180, 300, 600, 1800] };

    /// <summary>For what machines do while a person waits.</summary>
    private static readonly InstrumentAdvice<double> Moments =
        new() { HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30] };

    /// <summary>For how long conversations and their parts last.</summary>
    private static readonly InstrumentAdvice<double> Lengths =
        new() { HistogramBucketBoundaries = [0.1, 0.5, 1, 5, 15, 30, 60, 120, 300, 600, 1800, 3600] };

    internal static UpDownCounter<long> LiveCalls { get; } = Document(
        Meter.CreateUpDownCounter<long>("vrs.calls.live", "{call}", "Calls that are not over."), "phase");

    internal static Counter<long> CallsEnded { get; } = Document(
        Meter.CreateCounter<long>("vrs.calls.ended", "{call}", "Calls that ended."), "reason", "pool", "priority");

    internal static Counter<long> SpeedOfAnswer { get; } = Document(
        Meter.CreateCounter<long>(
            "vrs.calls.speed_of_answer",
            "{call}",
            "Calls by whether an interpreter answered within a standard: 120 s, or the operator's own target."),
        "standard",
        "answered");

    internal static Histogram<double> Setup { get; } = Document(
        Meter.CreateHistogram(
            "vrs.calls.setup",
            "s",
            "From an interpreter's acceptance until caller and interpreter see each other.",
            advice: Moments));

    internal static Counter<long> CallsReassigned { get; } = Document(
        Meter.CreateCounter<long>(
            "vrs.calls.reassigned", "{call}", "Calls under way that need or have got another interpreter."),
        "cause");

    internal static Histogram<double> Wait { get; } = Document(
        Meter.CreateHistogram("vrs.calls.wait", "s", "From arrival to the interpreter's answer.", advice: Waits),
        "pool",
        "priority");

    internal static Histogram<double> Abandonment { get; } = Document(
        Meter.CreateHistogram(
            "vrs.calls.unanswered.wait",
            "s",
            "From arrival to the end of calls no interpreter answered.",
            advice: Waits),
        "reason");

    internal static Histogram<double> TimeInPhase { get; } = Document(
        Meter.CreateHistogram(
            "vrs.calls.phase", "s", "How long calls were in a phase that they left.", advice: Lengths),
        "phase");

    internal static Counter<long> LongHolds { get; } = Document(
        Meter.CreateCounter<long>("vrs.calls.long_holds", "{hold}", "Holds that lasted longer than they should."));

    internal static Counter<long> Offers { get; } = Document(
        Meter.CreateCounter<long>("vrs.offers", "{offer}", "Offers made, and what became of them."), "outcome");

    internal static Counter<long> Breaks { get; } = Document(
        Meter.CreateCounter<long>("vrs.interpreters.breaks", "{break}", "Breaks that began."), "kind");

    internal static Counter<long> BreaksDue { get; } = Document(
        Meter.CreateCounter<long>(
            "vrs.interpreters.breaks.due", "{stretch}", "Stretches of work that became too long without a break."));

    internal static Counter<double> InterpreterTime { get; } = Document(
        Meter.CreateCounter<double>(
            "vrs.interpreters.time", "s", "How long interpreters were in a status that they left."),
        "status");

    internal static UpDownCounter<long> LiveInterpreters { get; } = Document(
        Meter.CreateUpDownCounter<long>(
            "vrs.interpreters.live", "{interpreter}", "Interpreters who are signed in."),
        "status");

    internal static UpDownCounter<long> InterpretersAtWork { get; } = Document(
        Meter.CreateUpDownCounter<long>(
            "vrs.interpreters.at_work",
            "{interpreter}",
            "Interpreters who are signed in and not on a break; one who serves several pools is in each."),
        "pool");

    internal static Histogram<double> Assignment { get; } = Document(
        Meter.CreateHistogram(
            "vrs.queue.assignment",
            "s",
            "From the decision that an interpreter serves a call until she is reserved for it.",
            advice: Moments),
        "pool");

    internal static Counter<long> Reconnects { get; } = Document(
        Meter.CreateCounter<long>(
            "vrs.registrations.reconnects", "{reconnect}", "Devices that came back on another connection."));

    internal static Gauge<long> QueueDepth { get; } = Document(
        Meter.CreateGauge<long>("vrs.queue.depth", "{call}", "Calls in a line: waiting, held or being offered."),
        "pool");

    internal static Gauge<long> QueueFree { get; } = Document(
        Meter.CreateGauge<long>("vrs.queue.free", "{interpreter}", "Interpreters who are free in a line."), "pool");

    internal static Counter<long> Unmoved { get; } = Document(
        Meter.CreateCounter<long>("vrs.events.unmoved", "{event}", "Events that a machine ignored or refused."),
        "machine",
        "phase",
        "event",
        "answer");

    internal static UpDownCounter<long> Backlog { get; } = Document(
        Meter.CreateUpDownCounter<long>("vrs.effects.backlog", "{effect}", "Effects owed and not known to be done."),
        "machine");

    internal static Histogram<double> EffectDelay { get; } = Document(
        Meter.CreateHistogram("vrs.effects.delay", "s", "From owing an effect until it was done.", advice: Moments),
        "machine");

    internal static Counter<long> FailedEffects { get; } = Document(
        Meter.CreateCounter<long>("vrs.effects.failed", "{attempt}", "Attempts at an effect that failed."), "machine");

    /// <summary>Every instrument, with the labels that its measurements carry.</summary>
    public static IReadOnlyDictionary<Instrument, ImmutableArray<string>> All => Documents;

    internal static KeyValuePair<string, object?> Label(string name, object? value) => new(name, value?.ToString());

    private static TInstrument Document<TInstrument>(TInstrument instrument, params ImmutableArray<string> labels)
        where TInstrument : Instrument
    {
        Documents.Add(instrument, labels);
        return instrument;
    }
}
