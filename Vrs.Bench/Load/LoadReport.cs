using System.Collections.Concurrent;
using System.Globalization;
using Spectre.Console;
using Vrs.Bench.Headless;

namespace Vrs.Bench.Load;

/// <summary>What a load run found.</summary>
public sealed class LoadReport
{
    private readonly ConcurrentDictionary<string, int> _failures = new(StringComparer.Ordinal);
    private int _completed;
    private int _placed;

    public Latencies InviteToOffer { get; } = new("INVITE to offer");

    public Latencies AcceptToAnswer { get; } = new("accept to caller's 200");

    public Latencies DialToRelay { get; } = new("dial to relay");

    /// <summary>What is measured, in the order of a call.</summary>
    public IReadOnlyList<Latencies> All => [InviteToOffer, AcceptToAnswer, DialToRelay];

    public int Completed => _completed;

    public int Placed => _placed;

    /// <summary>Calls that neither completed nor failed: they hang.</summary>
    public int LeftOver => _placed - _completed - _failures.Values.Sum();

    public IReadOnlyDictionary<string, int> Failures => _failures;

    /// <summary>What went wrong beside the calls, such as broken rules of SIP; counted apart from them.</summary>
    public ConcurrentDictionary<string, int> Faults { get; } = new(StringComparer.Ordinal);

    public bool IsClean => _failures.IsEmpty && Faults.IsEmpty && LeftOver == 0;

    public void CountPlaced() => Interlocked.Increment(ref _placed);

    public void CountCompleted() => Interlocked.Increment(ref _completed);

    public void CountFailure(string reason) => _failures.AddOrUpdate(reason, 1, (_, n) => n + 1);

    /// <summary>Adds what a device noticed, without what differs from message to message.</summary>
    public void CountFaults(HeadlessPhone phone)
    {
        foreach (var fault in phone.Faults)
        {
            Faults.AddOrUpdate(fault, 1, (_, n) => n + 1);
        }
    }

    public void Print(IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("milliseconds", "n", "p50", "p90", "p95", "p99", "max");
        for (var column = 1; column < table.Columns.Count; column++)
        {
            table.Columns[column].RightAligned();
        }

        foreach (var latencies in All)
        {
            table.AddRow([
                latencies.Name,
                latencies.Count.ToString(CultureInfo.InvariantCulture),
                .. new double[] { 50, 90, 95, 99, 100 }.Select(p => $"{latencies.Percentile(p):0.0}"),
            ]);
        }

        console.Write(table);
        foreach (var (reason, count) in _failures.Concat(Faults).OrderByDescending(f => f.Value).Take(20))
        {
            console.WriteLine($"{count,6} x {reason}");
        }

        console.WriteLine(
            $"{Placed} calls placed, {Completed} completed, {_failures.Values.Sum()} failed, {LeftOver} left over");
    }
}
