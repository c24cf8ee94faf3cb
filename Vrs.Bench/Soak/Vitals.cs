using System.Diagnostics;
using System.Globalization;
using Dapper;
using Vrs.Bench.Headless;
using Vrs.Silo.Storage;

namespace Vrs.Bench.Soak;

/// <summary>Reads all measures of a server of this machine, from outside.</summary>
/// <param name="processId">The server's process.</param>
/// <param name="management">Its management listener.</param>
/// <param name="database">Its database.</param>
internal sealed class Vitals(int processId, Uri management, Database database) : IDisposable
{
    private const double Megabyte = 1024 * 1024;

    // The state of a call that has ended stays, with its record and its audit events: that is no growth of a service
    // at work.
    private const string StatesInFlight =
        "grain_state WHERE grain_type <> 'call' OR body NOT LIKE '%\"phase\":\"Ended\"%'";

    private readonly HttpClient _http = SignedIn.HttpFor(management);

    /// <summary>Reads them.</summary>
    /// <param name="at">Since the beginning.</param>
    /// <exception cref="HttpRequestException">The management listener does not answer.</exception>
    /// <exception cref="ArgumentException">The process is gone.</exception>
    public async Task<Sample> Read(TimeSpan at)
    {
        // What nobody holds any longer is no growth, however long the collector leaves it.
        await FullCollection.Once(processId);
        var metrics = await _http.GetStringAsync("/metrics");
        using var process = Process.GetProcessById(processId);
        return new Sample(at, new Dictionary<Measure, double>
        {
            [Measure.ResidentMemory] = process.WorkingSet64 / Megabyte,
            [Measure.Heap] = Sum(metrics, "dotnet_gc_last_collection_heap_size_bytes") / Megabyte,
            [Measure.Handles] = Directory.GetFiles($"/proc/{processId}/fd").Length,
            [Measure.Threads] = process.Threads.Count,
            [Measure.Timers] = Sum(metrics, "dotnet_timer_count"),
            [Measure.Flows] = Sum(metrics, "vrs_sip_flows"),
            [Measure.LiveCalls] = Sum(metrics, "vrs_calls_live"),
            [Measure.Effects] = Sum(metrics, "vrs_effects_backlog"),
            [Measure.Reminders] = await Count("reminders"),
            [Measure.States] = await Count(StatesInFlight),
        });
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The sum over all labels of one metric in Prometheus' text format; 0 when there is none.</summary>
    internal static double Sum(string metrics, string name) => metrics
        .Split('\n')
        .Where(line => line.StartsWith(name, StringComparison.Ordinal) && line[name.Length..] is ['{' or ' ', ..])
        .Sum(line => double.Parse(line.TrimEnd().Split(' ')[^1], CultureInfo.InvariantCulture));

    private Task<long> Count(string rows) =>
        database.Read(connection => connection.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM {rows}"));
}
