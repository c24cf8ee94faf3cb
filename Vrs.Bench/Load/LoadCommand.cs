using System.CommandLine;
using Spectre.Console;
using Vrs.Bench.Load.Hostile;

namespace Vrs.Bench.Load;

/// <summary><c>load</c>: relay calls at a steady rate against a running server.</summary>
internal static class LoadCommand
{
    public static Command Create()
    {
        var arguments = new LoadArguments(rate: 10, duration: TimeSpan.FromSeconds(30));
        var hostile = new Option<bool>("--hostile")
        {
            Description = "Then once more under attack from other addresses of this machine; compares both.",
        };
        var command = new Command("load", "Drives relay calls against a running server and prints setup latencies.")
        {
            hostile,
        };
        arguments.AddTo(command);
        command.SetAction(parsed =>
        {
            var options = arguments.Read(parsed);
            return parsed.GetValue(hostile) ? RunUnderAttack(options) : Run(options);
        });
        return command;
    }

    private static async Task<int> Run(LoadOptions options)
    {
        var report = new LoadReport();
        if (!await Drive(options, report, (run, progress) =>
        {
            progress.MaxValue = options.CallCount;
            return run.PlaceCalls(report, () => progress.Increment(1));
        }))
        {
            return 1;
        }

        report.Print(AnsiConsole.Console);
        return report.IsClean ? 0 : 1;
    }

    private static async Task<int> RunUnderAttack(LoadOptions options)
    {
        if (!SiegeCommand.MayAttack(options.Server))
        {
            AnsiConsole.WriteLine($"--hostile attacks a server on this machine only, not {options.Server}.");
            return 1;
        }

        if (await Besiege(options) is not { } report)
        {
            return 1;
        }

        report.Print(AnsiConsole.Console);
        return report.IsGood ? 0 : 1;
    }

    /// <summary>Places calls without an attack, then as many during one.</summary>
    /// <returns>What they noticed; null when the devices cannot be set up, which is told.</returns>
    internal static async Task<SiegeReport?> Besiege(LoadOptions options)
    {
        var report = new SiegeReport();
        return await Drive(options, report.Attacked, async (run, progress) =>
        {
            progress.MaxValue = 2 * options.CallCount;
            await run.PlaceCalls(report.Quiet, () => progress.Increment(1));
            await using var siege = report.Siege = await Siege.Begin(options.Server);
            await run.PlaceCalls(report.Attacked, () => progress.Increment(1));
        })
            ? report
            : null;
    }

    private static async Task<bool> Drive(
        LoadOptions options, LoadReport faults, Func<LoadRun, ProgressTask, Task> place)
    {
        try
        {
            await using var fleet = new Fleet(options);
            await AnsiConsole.Progress().StartAsync(async context =>
            {
                var assembling = context.AddTask("devices");
                var calling = context.AddTask("calls");
                assembling.MaxValue = options.PartyCount;
                await fleet.Assemble(() => assembling.Increment(1));
                await new LoadRun(options, fleet, faults, CallMix.Ordinary).Run(run => place(run, calling));
            });
            return true;
        }
        catch (LoadFailure failure)
        {
            AnsiConsole.WriteLine(failure.Message);
            return false;
        }
    }
}
