using System.Diagnostics.Metrics;

namespace Vrs.Grains.Telemetry;

/// <summary>Every meter of the grains, with unit and bounded labels.</summary>
public static class GrainInstruments
{
    /// <summary>The meter's name, for whoever listens.</summary>
    public const string MeterName = "Vrs.Grains";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> Calls =
        Meter.CreateCounter<long>("vrs.calls.ended", "{call}", "Calls that ended, by reason.");

    private static readonly Histogram<double> Waits =
        Meter.CreateHistogram<double>("vrs.calls.wait", "s", "From arrival to the interpreter's answer.");

    private static readonly Counter<long> Offers =
        Meter.CreateCounter<long>("vrs.offers", "{offer}", "Offers by what became of them.");

    private static readonly Counter<long> LongHolds =
        Meter.CreateCounter<long>("vrs.calls.long_holds", "{hold}", "Holds that lasted longer than they should.");

    /// <summary>A party is on hold for longer than she should.</summary>
    public static void HoldLasted() => LongHolds.Add(1);

    /// <summary>A call ended.</summary>
    /// <param name="reason">Why.</param>
    public static void CallEnded(EndReason reason) =>
        Calls.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString()));

    /// <summary>A caller was answered.</summary>
    /// <param name="wait">After this time.</param>
    public static void Waited(TimeSpan wait) => Waits.Record(wait.TotalSeconds);

    /// <summary>An offer was made.</summary>
    public static void OfferMade() => Count("made");

    /// <summary>An offer was accepted.</summary>
    public static void OfferAccepted() => Count("accepted");

    /// <summary>An offer was declined.</summary>
    public static void OfferDeclined() => Count("declined");

    /// <summary>An offer was let go by the call.</summary>
    /// <param name="reason">Why.</param>
    public static void OfferReleased(ReleaseReason reason) => Count(reason.ToString());

    private static void Count(string outcome) =>
        Offers.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
