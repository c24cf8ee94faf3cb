using System.CommandLine;
using System.Diagnostics;
using Spectre.Console;
using Vrs.Bench.Load;
using Vrs.Silo.Storage;

namespace Vrs.Bench.Soak;

/// <summary>
/// <c>soak</c>: calls of all kinds for a long time, connections breaking in some, and a look at whether anything of the
/// server grows with it.
/// </summary>
internal static class SoakCommand
{
    private const int Width = 240;

    /// <summary>The command.</summary>
    /// <param name="output">Where it prints.</param>
    public static Command Create(TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = Width;
        var load = new LoadArguments(rate: 5, duration: TimeSpan.FromHours(1));
        var process = new Option<int>("--pid") { Description = "The server's process.", Required = true };
        var management = LoadArguments.Address(
            "--management", "The server's management listener.", "https://127.0.0.1:9464");
        var data = new Option<string>("--data")
        {
            Description = "The server's data folder, when it keeps its data in SQLite.",
            DefaultValueFactory = _ => "./data",
        };
        var database = new Option<string?>("--database")
        {
            Description = "The server's connection string, when it keeps its data in PostgreSQL.",
        };
        var every = LoadArguments.Time("--every", "From one look at the server to the next.", TimeSpan.FromSeconds(20));
        var command = new Command("soak", "Calls for a long time, and a look at whether anything of the server grows.")
        {
            process, management, data, database, every,
        };
        load.AddTo(command);
        command.SetAction(async parsed =>
        {
            await using var storage = Database.Open(new StorageOptions
            {
                Provider = parsed.GetValue(database) is null ? DatabaseProvider.Sqlite : DatabaseProvider.PostgreSql,
                ConnectionString = parsed.GetValue(database),
                DataFolder = parsed.GetValue(data)!,
            });
            using var vitals = new Vitals(parsed.GetValue(process), parsed.GetValue(management)!, storage);
            return await Run(load.Read(parsed), vitals, parsed.GetValue(every), console);
        });
        return command;
    }

    private static async Task<int> Run(
        LoadOptions options, Vitals vitals, TimeSpan every, IAnsiConsole console)
    {
        var report = new LoadReport();
        var samples = new List<Sample>();
        try
        {
            await using var fleet = new Fleet(options);
            await fleet.Assemble(() => { });
            await new LoadRun(options, fleet, report, CallMix.Mixed).Run(async run =>
            {
                var calls = run.PlaceCalls(report, () => { });
                await Watch(vitals, every, calls, report, samples, console);
                await calls;
            });
        }
        catch (LoadFailure failure)
        {
            console.WriteLine(failure.Message);
            return 1;
        }

        report.Print(console);
        var growth = Growth.Of(samples);
        Print(growth, console);
        return report.IsClean && !growth.Any(one => one.IsGrowing) ? 0 : 1;
    }

    private static async Task Watch(
        Vitals vitals, TimeSpan every, Task calls, LoadReport report, List<Sample> samples, IAnsiConsole console)
    {
        var since = Stopwatch.GetTimestamp();
        while (!calls.IsCompleted)
        {
            var sample = await vitals.Read(Stopwatch.GetElapsedTime(since));
            samples.Add(sample);
            var values = Measure.All.Select(measure => $"{measure.Name} {sample.Values[measure]:0.#}");
            console.WriteLine($@"{sample.At:hh\:mm\:ss}  calls {report.Completed}  {string.Join("  ", values)}");
            await Task.WhenAny(calls, Task.Delay(every));
        }
    }

    private static void Print(IReadOnlyList<Growth> growth, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("measure", "first third", "last third", "highest", "grows");
        foreach (var one in growth)
        {
            table.AddRow(
                one.Measure.Name,
                $"{one.First:0.#}",
                $"{one.Last:0.#}",
                $"{one.Highest:0.#}",
                one.IsGrowing ? "YES" : "no");
        }

        console.Write(table);
    }
}
