using System.Globalization;

namespace Vrs.Tests.Simulation;

/// <summary>What <c>./vrs simulate</c> runs: a campaign with a progress bar, or one seed.</summary>
internal static class SimulationProgram
{
    private const int BarWidth = 30;
    private static readonly TimeSpan RedrawEvery = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// <c>--seeds N [--from S]</c> runs a campaign, <c>--seed N</c> one seed; <c>--plant NAME</c> puts a fault in;
    /// <c>--ledger FILE</c> writes how many seeds visited each cell of the tables.
    /// </summary>
    /// <returns>
    /// 0 when the campaign is good (<see cref="Campaign.IsGood"/>), 1 when it is not, 2 when the arguments make no
    /// sense.
    /// </returns>
    public static int Main(string[] arguments)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var options = new Dictionary<string, string>();
        for (var i = 0; i + 1 < arguments.Length; i += 2)
        {
            options[arguments[i]] = arguments[i + 1];
        }

        var plant = Plant.None;
        if (options.TryGetValue("--plant", out var name) && !Plant.ByName.TryGetValue(name, out plant))
        {
            Console.Error.WriteLine($"No fault is called {name}. There are: {string.Join(", ", Plant.ByName.Keys)}.");
            return 2;
        }

        return options.TryGetValue("--seed", out var seed)
            ? RunOne(Number(seed), plant)
            : RunMany(
                Number(options.GetValueOrDefault("--from", "1")),
                Number(options.GetValueOrDefault("--seeds", "1000")),
                plant,
                options.GetValueOrDefault("--ledger"));
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static int RunOne(int seed, Plant plant)
    {
        var verdict = Simulator.Run(seed, plant: plant, keepLog: true);
        Console.WriteLine($"Seed {seed}: {verdict.Hash}, {verdict.Ended} calls, {verdict.Lasted} simulated.");
        Console.WriteLine($"Log: {Save(seed, verdict)}");
        if (verdict.Faults.IsEmpty)
        {
            return 0;
        }

        var reduced = Minimiser.Reduce(seed, plant);
        Console.WriteLine(reduced.Explain());
        var least = Simulator.Run(seed, reduced.Cut, plant, keepLog: true);
        Console.WriteLine($"Log of what is left: {Save(seed, least, "-least")}");
        return 1;
    }

    private static string Save(int seed, Verdict verdict, string what = "")
    {
        var file = Path.Combine(Path.GetTempPath(), $"vrs-seed-{seed}{what}.log");
        File.WriteAllLines(file, verdict.Log);
        return file;
    }

    private static int RunMany(int first, int count, Plant plant, string? ledger)
    {
        var drawn = TimeSpan.Zero;
        var campaign = Campaign.Run(first, count, plant, running =>
        {
            if (!Console.IsErrorRedirected && running.Took - drawn > RedrawEvery)
            {
                drawn = running.Took;
                Console.Error.Write($"\r{Bar(running)}");
            }
        });
        if (!Console.IsErrorRedirected)
        {
            Console.Error.WriteLine($"\r{Bar(campaign)}");
        }

        Console.WriteLine(campaign);
        if (campaign.Failed.Count > 0)
        {
            Console.WriteLine(campaign.Explain(plant));
        }

        if (ledger is not null)
        {
            File.WriteAllLines(ledger, Coverage.Ledger(campaign.Cells));
        }

        Console.WriteLine(Coverage.Summary(campaign.Cells));
        Tell("Not visited", Coverage.Missed(campaign.Cells));
        Tell("Visited, and said to be out of reach", Coverage.Reached(campaign.Cells));
        return campaign.IsGood ? 0 : 1;
    }

    private static void Tell(string what, IReadOnlyList<string> cells)
    {
        if (cells.Count > 0)
        {
            Console.WriteLine($"{what}: {string.Join(", ", cells)}");
        }
    }

    private static string Bar(Campaign campaign)
    {
        var done = BarWidth * campaign.Seeds / Math.Max(campaign.Asked, 1);
        return $"[{new string('=', done)}{new string(' ', BarWidth - done)}] "
            + $"{campaign.Seeds:N0}/{campaign.Asked:N0} seeds, "
            + $"{campaign.SeedsPerSecond:0} a second, {campaign.Simulated.TotalHours:N0} simulated hours, "
            + $"{campaign.Failed.Count} failed";
    }
}
