using System.Collections.Immutable;
using System.Diagnostics.Metrics;

namespace Vrs.Gateway.Telemetry;

/// <summary>
/// Every instrument of the gateway, with its unit and its labels. All labels are bounded: methods and reasons from
/// closed sets, classes of status codes, names of health checks.
/// </summary>
public static class GatewayInstruments
{
    /// <summary>The meter's name, for whoever listens.</summary>
    public const string MeterName = "Vrs.Gateway";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Dictionary<Instrument, ImmutableArray<string>> Documents = [];

    internal static Counter<long> Requests { get; } = Document(
        Meter.CreateCounter<long>("vrs.sip.requests", "{request}", "SIP requests."), "method", "direction");

    internal static Counter<long> Responses { get; } = Document(
        Meter.CreateCounter<long>("vrs.sip.responses", "{response}", "SIP responses."),
        "method",
        "class",
        "direction");

    internal static Counter<long> Timeouts { get; } = Document(
        Meter.CreateCounter<long>(
            "vrs.sip.transactions.timeouts", "{transaction}", "SIP transactions that nobody answered or acknowledged."),
        "method",
        "side");

    internal static Counter<long> Malformed { get; } = Document(
        Meter.CreateCounter<long>("vrs.sip.malformed", "{message}", "What came and was no SIP message."),
        "disposition");

    internal static Counter<long> Delayed { get; } = Document(
        Meter.CreateCounter<long>(
            "vrs.sip.delayed", "{message}", "SIP messages that waited because too many came before them."));

    internal static UpDownCounter<long> Flows { get; } = Document(
        Meter.CreateUpDownCounter<long>("vrs.sip.flows", "{connection}", "SIP connections that are open."));

    internal static Counter<long> FlowsClosed { get; } = Document(
        Meter.CreateCounter<long>("vrs.sip.flows.closed", "{connection}", "SIP connections that were closed."),
        "reason");

    internal static Counter<long> FlowsRefused { get; } = Document(
        Meter.CreateCounter<long>("vrs.sip.flows.refused", "{connection}", "SIP connections that were refused."),
        "status");

    internal static Counter<long> Limited { get; } = Document(
        Meter.CreateCounter<long>(
            "vrs.admission.limited", "{request}", "What came over its rate, and was refused or had to wait."),
        "kind",
        "asker");

    internal static Counter<long> PolicyRefusals { get; } = Document(
        Meter.CreateCounter<long>(
            "vrs.sip.policy.refusals", "{description}", "Session descriptions that session policy refused."),
        "kind",
        "warning");

    internal static Gauge<double> Health { get; } = Document(
        Meter.CreateGauge<double>("vrs.health", "1", "What a health check found: 1 healthy, 0.5 degraded, 0 not."),
        "check");

    internal static Gauge<double> CertificateLife { get; } = Document(
        Meter.CreateGauge<double>(
            "vrs.certificate.life", "s", "How long the certificate of the public listener still holds."));

    /// <summary>Every instrument, with the labels that its measurements carry.</summary>
    public static IReadOnlyDictionary<Instrument, ImmutableArray<string>> All => Documents;

    private static TInstrument Document<TInstrument>(TInstrument instrument, params ImmutableArray<string> labels)
        where TInstrument : Instrument
    {
        Documents.Add(instrument, labels);
        return instrument;
    }
}
