using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Vrs.Grains.Domain.Queues;
using Vrs.Silo.Storage;

namespace Vrs.Bench.Queues;

/// <summary>
/// <c>queue</c>: what a decision of allocation costs in lines of different lengths, beside a linear scan of the same
/// policy, and what it costs to store the line.
/// </summary>
internal static class QueueCommand
{
    private const int Rounds = 5;
    private const int Decisions = 1_000;
    private const int ScansMax = 5_000;
    private const int ScannedEach = 2_000_000;

    private static readonly int[] Sizes = [100, 1_000, 10_000, 100_000];

    public static Command Create()
    {
        var command = new Command("queue", "Measures decisions of allocation in long lines on one core.");
        command.SetAction(_ => Run());
        return command;
    }

    private static void Run()
    {
        Warm(LongLine.Of(Sizes[1]));
        var decisions = new Table().AddColumns("free + waiting", "decision", "µs", "bytes", "linear scan, µs");
        var storage = new Table().AddColumns("free + waiting", "stored as MB", "written as JSON in ms");
        foreach (var size in Sizes)
        {
            var line = LongLine.Of(size);
            var name = $"{Text(size)} + {Text(size)}";
            decisions.AddRow([name, .. Row("call joins", size, i => line.Join(i), i => line.ScanForCall(i))]);
            decisions.AddRow(
                ["", .. Row("interpreter free", size, i => line.BecomeFree(i), i => line.ScanForInterpreter(i))]);
            storage.AddRow([name, .. Store(line.State)]);
        }

        AnsiConsole.MarkupLineInterpolated(
            $"One pool; {LongLine.Demands} kinds of demand, {LongLine.Offers} of qualifications; best of {Rounds}:");
        AnsiConsole.Write(decisions);
        AnsiConsole.Write(storage);
    }

    /// <summary>Until everything is compiled as it stays.</summary>
    private static void Warm(LongLine line)
    {
        for (var round = 0; round < Rounds; round++)
        {
            Row("", Sizes[1], i => line.Join(i), i => line.ScanForCall(i));
            Row("", Sizes[1], i => line.BecomeFree(i), i => line.ScanForInterpreter(i));
        }
    }

    private static string[] Row(string name, int size, Action<int> decide, Action<int> scan)
    {
        var (time, bytes) = Measure(decide, Decisions);
        var (linear, _) = Measure(scan, Math.Min(ScansMax, ScannedEach / size));
        return [name, Micros(time), Text(bytes), Micros(linear)];
    }

    /// <summary>Processor time of the best round; whatever else runs on the machine makes others longer.</summary>
    private static (TimeSpan Each, long Bytes) Measure(Action<int> work, int times)
    {
        var (best, bytes) = (TimeSpan.MaxValue, 0L);
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Environment.CpuUsage.TotalTime;
            for (var i = 0; i < times; i++)
            {
                work(i);
            }

            var each = (Environment.CpuUsage.TotalTime - start) / times;
            bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / times;
            best = each < best ? each : best;
        }

        return (best, bytes);
    }

    private static string[] Store(QueueState state)
    {
        var json = new StateJson().Options;
        var length = 0;
        var (time, _) = Measure(_ => length = JsonSerializer.SerializeToUtf8Bytes(state, json).Length, times: 1);
        return
        [
            (length / 1e6).ToString("N2", CultureInfo.InvariantCulture),
            time.TotalMilliseconds.ToString("N1", CultureInfo.InvariantCulture),
        ];
    }

    private static string Micros(TimeSpan time) => time.TotalMicroseconds.ToString("N1", CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
