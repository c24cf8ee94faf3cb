using System.Diagnostics;
using System.Globalization;
using Vrs.Grains.Domain.Machines;

namespace Vrs.Tests.Simulation;

/// <summary>Many seeds, as many at a time as there are cores, and what they showed together.</summary>
internal sealed class Campaign
{
    /// <summary>So many seeds visit every cell of the tables that can be visited, or something is wrong.</summary>
    public const int Full = 5_000;

    private const int ShownFailures = 3;

    /// <summary>More failures show nothing new; the campaign stops at so many.</summary>
    private const int MostFailures = 20;

    private readonly Lock _guard = new();
    private readonly Dictionary<Cell, Visits> _cells = [];
    private readonly List<Verdict> _failed = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>How many seeds were to be run.</summary>
    public required int Asked { get; init; }

    /// <summary>How many were run.</summary>
    public int Seeds { get; private set; }

    /// <summary>The cells of the machines' tables that were visited, and by how many seeds.</summary>
    public IReadOnlyDictionary<Cell, Visits> Cells => _cells;

    /// <summary>How many calls came to their end.</summary>
    public long Ended { get; private set; }

    /// <summary>How many calls got as far as three people talking.</summary>
    public long Relayed { get; private set; }

    /// <summary>How much time passed in all worlds together.</summary>
    public TimeSpan Simulated { get; private set; }

    public TimeSpan Took => _clock.Elapsed;

    /// <summary>One hash of all logs: the same seeds have the same, in whatever order they were run.</summary>
    public ulong Hash { get; private set; }

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
        // Of itself it would begin more and more at a time, and each would take minutes.
        var cores = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.ForEach(Enumerable.Range(first, count), cores, (seed, loop) =>
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

    /// <summary>Cells that it should have visited; a small campaign need not have visited any.</summary>
    public IReadOnlyList<string> Missed => Seeds < Full ? [] : Coverage.Missed(Cells);

    /// <summary>Every promise was kept, and every cell visited that can be, and no other.</summary>
    public bool IsGood => Failed.Count == 0 && Missed.Count == 0 && Coverage.Reached(Cells).Count == 0;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Seeds:N0} seeds in {Took.TotalSeconds:0.0} s ({SeedsPerSecond:0} a second), {Simulated.TotalHours:N0} "
        + $"simulated hours: {Ended:N0} calls ended, {Relayed:N0} of them relayed; "
        + $"{Failed.Count} seeds broke a promise. All logs: {Hash:x16}.");

    /// <summary>The seed is in it, so that two seeds that change places change the sum.</summary>
    private static ulong HashCodeOf(Verdict verdict) => unchecked(
        ulong.Parse(verdict.Hash, NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        * ((ulong)verdict.Seed << 1 | 1));

    private int Add(Verdict verdict, Action<Campaign>? progress)
    {
        lock (_guard)
        {
            Seeds++;
            Ended += verdict.Ended;
            Relayed += verdict.Relayed;
            Simulated += verdict.Lasted;
            Hash += HashCodeOf(verdict);
            foreach (var cell in verdict.Cells)
            {
                var known = _cells.GetValueOrDefault(cell, new Visits(0, verdict.Seed));
                _cells[cell] = new Visits(known.Seeds + 1, Math.Min(known.First, verdict.Seed));
            }

            if (!verdict.Faults.IsEmpty)
            {
                _failed.Add(verdict);
            }

            progress?.Invoke(this);
            return _failed.Count;
        }
    }
}

/// <summary>The seeds that visited a cell.</summary>
/// <param name="Seeds">How many.</param>
/// <param name="First">The first of them.</param>
internal readonly record struct Visits(int Seeds, int First);
