using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Vrs.Tests.Simulation;

/// <summary>The production grains under seeded order, delays, losses and crashes.</summary>
[Trait("Suite", "Simulation")]
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Seeds = 1000;
    private const int LeastRelayed = 2000;
    private const int LeastCells = 130;

    [Fact]
    public void The_same_seed_twice_gives_the_same_log()
    {
        for (var seed = 1; seed <= 10; seed++)
        {
            var (once, twice) = (Simulator.Run(seed, keepLog: true), Simulator.Run(seed, keepLog: true));
            var differ = once.Log.Zip(twice.Log).FirstOrDefault(pair => pair.First != pair.Second);
            Assert.True(once.Hash == twice.Hash, $"Seed {seed} differs first here:\n{differ.First}\n{differ.Second}");
        }
    }

    [Fact]
    public void Another_seed_gives_another_log() => Assert.NotEqual(Simulator.Run(1).Hash, Simulator.Run(2).Hash);

    [Fact]
    public void Every_promise_holds_for_every_seed()
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("VRS_SEED"), CultureInfo.InvariantCulture, out var seed))
        {
            ShowOne(seed);
            return;
        }

        var given = Environment.GetEnvironmentVariable("VRS_SEEDS");
        var seeds = int.TryParse(given, CultureInfo.InvariantCulture, out var count) ? count : Seeds;
        var campaign = Campaign.Run(Enumerable.Range(1, seeds));
        output.WriteLine(campaign.ToString());
        Assert.True(campaign.Failed.Count == 0, campaign.Explain());
        if (seeds >= Seeds)
        {
            // A campaign in which little happens shows little: people must come to talk, most cells must be seen.
            Assert.True(campaign.Relayed >= LeastRelayed, campaign.ToString());
            Assert.True(campaign.Cells.Count >= LeastCells, campaign.ToString());
        }
    }

    private void ShowOne(int seed)
    {
        var clock = Stopwatch.StartNew();
        var verdict = Simulator.Run(seed, keepLog: true);
        var file = Path.Combine(Path.GetTempPath(), $"vrs-seed-{seed}.log");
        File.WriteAllLines(file, verdict.Log);
        output.WriteLine(
            $"Seed {seed}: {verdict.Hash}, {verdict.Log.Count} lines in {file}, {clock.ElapsedMilliseconds} ms.");
        Assert.True(verdict.Faults.IsEmpty, string.Join('\n', verdict.Faults.Prepend($"Seed {seed}, log in {file}:")));
    }
}
