using System.Diagnostics;
using Vrs.Grains.Domain.Machines;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Silo.Embedded.Runtime;
using Xunit.Abstractions;

namespace Vrs.Tests.Simulation;

/// <summary>The production grains under seeded order, delays, losses and crashes.</summary>
[Trait("Suite", "Simulation")]
public sealed class SimulationTests(ITestOutputHelper output)
{
    /// <summary>So many are run in two processes, and must say the same.</summary>
    private const int SameSeeds = 50;

    /// <summary>So many decisions at most are left of the first seed that shows the fault.</summary>
    private const int LongestReduced = 12;

    /// <summary>A planted fault must show within so many seeds.</summary>
    private const int CanarySeeds = 400;

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
    public async Task Another_process_gives_the_same_logs()
    {
        var told = await Told("--seeds", $"{SameSeeds}");

        Assert.Contains($"All logs: {Campaign.Run(1, SameSeeds).Hash:x16}.", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_seed_on_its_own_gives_the_log_that_it_gives_among_others()
    {
        var told = await Told("--seed", "3");

        Assert.StartsWith($"Seed 3: {Simulator.Run(3).Hash},", told, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_seed_gives_another_log() => Assert.NotEqual(Simulator.Run(1).Hash, Simulator.Run(2).Hash);

    [Fact]
    public void Every_promise_holds_for_every_seed()
    {
        var campaign = Campaign.Run(1, Campaign.Full);
        output.WriteLine(campaign.ToString());
        output.WriteLine(Coverage.Summary(campaign.Cells));

        Assert.True(campaign.Failed.Count == 0, campaign.Explain());
        // A campaign in which little happens shows little.
        Assert.True(campaign.Relayed >= Campaign.Full, campaign.ToString());
        Assert.Empty(campaign.Missed);
        Assert.Empty(Coverage.Reached(campaign.Cells));
        Assert.True(campaign.IsGood);
    }

    [Fact]
    public void A_cell_that_was_not_visited_is_named()
    {
        var missed = Coverage.Missed(new Dictionary<Cell, Visits>());

        Assert.Contains("CallPhase.Queued InterpreterReserved", missed);
        Assert.DoesNotContain("CallPhase.New InterpreterReserved (unmoved)", missed);
    }

    [Fact]
    public void A_cell_that_was_visited_and_cannot_be_is_named()
    {
        var visited = new Dictionary<Cell, Visits>
        {
            [new Cell(CallPhase.New, "InterpreterReserved", Moved: false)] = new(Seeds: 1, First: 1),
        };

        Assert.Equal(["CallPhase.New InterpreterReserved (unmoved)"], Coverage.Reached(visited));
    }

    [Fact]
    public void Every_aim_is_at_a_cell_that_can_be_visited() => Assert.All(Aims.All, aim => Assert.Contains(
        Coverage.Cells,
        cell => cell.From.Equals(aim.In) && cell.Event == aim.Event && !OutOfReach.Holds(cell)));

    [Fact]
    public void Another_thread_that_has_a_hand_in_a_run_is_noticed()
    {
        var turns = new OneThread(new SeededTurnOrder(new Random(1)));
        turns.Ready(new Lane(turns));
        Assert.False(turns.IsBroken);

        var other = new Thread(() => turns.Ready(new Lane(turns)));
        other.Start();
        other.Join();

        Assert.True(turns.IsBroken);
    }

    [Theory]
    [InlineData("offer-number-ignored", "she has not")]
    [InlineData("record-written-twice", "has 2 records")]
    [InlineData("release-forgotten", "OnCall")]
    [InlineData("waiting-caller-passed-over", "is idle all the time")]
    public void A_planted_fault_is_caught(string name, string complaint)
    {
        var caught = Enumerable.Range(1, CanarySeeds).FirstOrDefault(seed =>
            Simulator.Run(seed, plant: Plant.ByName[name]).Faults.Any(fault => fault.Contains(complaint)));
        output.WriteLine($"{name}: seed {caught}");

        Assert.True(caught > 0, $"{name} went unseen in {CanarySeeds} seeds.");
    }

    [Fact]
    public void A_failure_is_reduced_to_what_it_takes()
    {
        var plant = Plant.ByName["record-written-twice"];
        var seed = Enumerable.Range(1, CanarySeeds).First(seed => !Simulator.Run(seed, plant: plant).Faults.IsEmpty);

        var reduced = Minimiser.Reduce(seed, plant);
        output.WriteLine(reduced.Explain());

        Assert.NotEmpty(reduced.Faults);
        Assert.InRange(reduced.Left.Count, 1, LongestReduced);
        Assert.Contains(reduced.Left, one => one.Choice.What is Decision.PlaceCall);
    }

    [Fact]
    public async Task A_campaign_prints_what_it_did_and_how_to_repeat_a_failure()
    {
        var told = await Told("--seeds", "40", "--plant", "record-written-twice");

        Assert.Contains("simulated hours", told, StringComparison.Ordinal);
        Assert.Contains("./vrs simulate --seed ", told, StringComparison.Ordinal);
    }

    /// <summary>What the program of <c>./vrs simulate</c> prints, in a process of its own.</summary>
    private static async Task<string> Told(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SimulationTests).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var told = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return told;
    }
}
