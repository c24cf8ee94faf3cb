using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Text;
using Vrs.Gateway.Telemetry;
using Vrs.Grains.Telemetry;
using Vrs.Silo.Storage;

namespace Vrs.Silo.Hosting;

/// <summary>Every instrument of the program, for its page and for whoever checks queries.</summary>
public static class MetricsPage
{
    /// <summary>Every instrument, with the labels that its measurements carry, by name.</summary>
    public static IReadOnlyList<(Instrument Instrument, ImmutableArray<string> Labels)> Instruments { get; } =
    [
        .. GrainInstruments.All.Concat(GatewayInstruments.All).Concat(StorageInstruments.All)
            .Concat(GrainEngine.Instruments)
            .OrderBy(one => one.Key.Name, StringComparer.Ordinal)
            .Select(one => (one.Key, one.Value)),
    ];

    /// <summary>The instruments as a table.</summary>
    public static string Table()
    {
        var text = new StringBuilder(
            "| metric | in Prometheus | kind | unit | labels | meaning |\n| --- | --- | --- | --- | --- | --- |\n");
        foreach (var (instrument, labels) in Instruments)
        {
            text.Append("| `").Append(instrument.Name)
                .Append("` | `").Append(PrometheusName(instrument))
                .Append("` | ").Append(KindOf(instrument))
                .Append(" | ").Append(instrument.Unit)
                .Append(" | ").AppendJoin(", ", labels)
                .Append(" | ").Append(instrument.Description).Append(" |\n");
        }

        return text.ToString();
    }

    /// <summary>What the instrument is called in Prometheus; a histogram without its three endings.</summary>
    public static string PrometheusName(Instrument instrument) =>
        instrument.Name.Replace('.', '_')
        + (instrument.Unit is "s" ? "_seconds" : "")
        + (KindOf(instrument) is "Counter" ? "_total" : "");

    /// <summary>Counter, UpDownCounter, Gauge or Histogram.</summary>
    public static string KindOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0];
}
