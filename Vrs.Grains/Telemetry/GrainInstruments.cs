using System.Diagnostics.Metrics;
using System.Text;

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
    private static readonly List<Documented> Documents = [];

    internal static Counter<long> CallsEnded { get; } = Document(
        Meter.CreateCounter<long>("vrs.calls.ended", "{call}", "Calls that ended."), "reason");

    internal static Counter<long> CallsReassigned { get; } = Document(
        Meter.CreateCounter<long>(
            "vrs.calls.reassigned", "{call}", "Calls under way that need or have got another interpreter."),
        "cause");

    internal static Histogram<double> Wait { get; } = Document(
        Meter.CreateHistogram<double>("vrs.calls.wait", "s", "From arrival to the interpreter's answer."), "priority");

    internal static Histogram<double> Abandonment { get; } = Document(
        Meter.CreateHistogram<double>(
            "vrs.calls.unanswered.wait", "s", "From arrival to the end of calls no interpreter answered."),
        "reason");

    internal static Histogram<double> TimeInPhase { get; } = Document(
        Meter.CreateHistogram<double>("vrs.calls.phase", "s", "How long calls were in a phase that they left."),
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

    internal static Counter<long> FailedEffects { get; } = Document(
        Meter.CreateCounter<long>("vrs.effects.failed", "{attempt}", "Attempts at an effect that failed."), "machine");

    /// <summary>The instruments as a table.</summary>
    public static string Table()
    {
        var text = new StringBuilder("| metric | kind | unit | labels | meaning |\n| --- | --- | --- | --- | --- |\n");
        foreach (var (instrument, labels) in Documents.OrderBy(one => one.Instrument.Name, StringComparer.Ordinal))
        {
            var kind = instrument.GetType().Name.Split('`')[0];
            text.Append("| `").Append(instrument.Name).Append("` | ").Append(kind)
                .Append(" | ").Append(instrument.Unit)
                .Append(" | ").AppendJoin(", ", labels)
                .Append(" | ").Append(instrument.Description).Append(" |\n");
        }

        return text.ToString();
    }

    /// <summary>The labels that measurements of this instrument carry.</summary>
    /// <param name="name">The instrument's name.</param>
    public static ImmutableArray<string> LabelsOf(string name) =>
        Documents.Single(one => one.Instrument.Name == name).Labels;

    internal static KeyValuePair<string, object?> Label(string name, object? value) => new(name, value?.ToString());

    private static TInstrument Document<TInstrument>(TInstrument instrument, params ImmutableArray<string> labels)
        where TInstrument : Instrument
    {
        Documents.Add(new Documented(instrument, labels));
        return instrument;
    }

    private sealed record Documented(Instrument Instrument, ImmutableArray<string> Labels);
}
