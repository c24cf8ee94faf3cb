using System.Diagnostics;
using System.Globalization;

namespace Vrs.Tests.Simulation;

/// <summary>Many seeds, as many at a time as there are cores, and what they showed together.</summary>
internal sealed class Campaign
{
    private const int ShownFailures = 3;

    /// <summary>More failures show nothing new; the campaign stops at so many.</summary>
    private const int MostFailures = 20;

    private readonly Lock _guard = new();
    private readonly HashSet<Cell> _cells = [];
    private readonly List<Verdict> _failed = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>How many seeds were to be run.</summary>
    public required int Asked { get; init; }

    /// <summary>How many were run.</summary>
    public int Seeds { get; private set; }

    /// <summary>The cells of the machines' tables that some seed visited.</summary>
    public IReadOnlySet<Cell> Cells => _cells;

    /// <summary>How many calls came to their end.</summary>
    public long Ended { get; private set; }

    /// <summary>How many calls got as far as three people talking.</summary>
    public long Relayed { get; private set; }

    /// <summary>How much time passed in all worlds together.</summary>
    public TimeSpan Simulated { get; private set; }

    public TimeSpan Took => _clock.Elapsed;

    /// <summary>Seeds that broke a promise, in order.</summary>
    public IReadOnlyList<Verdict> Failed => _failed;

    public double SeedsPerSecond => Seeds / Math.Max(Took.TotalSeconds, 0.001);

    /// <summary>Runs seeds.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <param name="plant">A fault that is put in; null for the production code as it is.</param>
    /// <param name="progress">Told now and then, by whoever has just finished a seed.</param>
    public static Campaign Run(int first, int count, Plant? plant = null, Action<Campaign>? progress = null)
    {
        var campaign = new Campaign { Asked = count };
        Parallel.ForEach(Enumerable.Range(first, count), (seed, loop) =>
        {
            if (campaign.Add(Simulator.Run(seed, plant: plant), progress) >= MostFailures)
            {
                loop.Stop();
            }
        });
        campaign._clock.Stop();
        campaign._failed.Sort((one, other) => one.Seed.CompareTo(other.Seed));
        return campaign;
    }

    /// <summary>The first failures, each with what is left of it and the command that repeats it.</summary>
    public string Explain(Plant? plant = null) => string.Join(
        Environment.NewLine,
        Failed.Take(ShownFailures).Select(verdict => Minimiser.Reduce(verdict.Seed, plant).Explain())
            .Prepend(string.Create(
                CultureInfo.InvariantCulture, $"{Failed.Count} of {Seeds} seeds broke a promise.")));

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Seeds:N0} seeds in {Took.TotalSeconds:0.0} s ({SeedsPerSecond:0} a second), {Simulated.TotalHours:N0} "
        + $"simulated hours: {Ended:N0} calls ended, {Relayed:N0} of them relayed; {Cells.Count(cell => cell.Moved)} "
        + $"steps and {Cells.Count(cell => !cell.Moved)} refusals of the tables seen; "
        + $"{Failed.Count} seeds broke a promise.");

    private int Add(Verdict verdict, Action<Campaign>? progress)
    {
        lock (_guard)
        {
            Seeds++;
            Ended += verdict.Ended;
            Relayed += verdict.Relayed;
            Simulated += verdict.Lasted;
            _cells.UnionWith(verdict.Cells);
            if (!verdict.Faults.IsEmpty)
            {
                _failed.Add(verdict);
            }

            progress?.Invoke(this);
            return _failed.Count;
        }
    }
}
