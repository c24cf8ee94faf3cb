using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Vrs.Tests.Simulation;

/// <summary>Many seeds, each on a thread of its own, and what they showed together.</summary>
internal sealed class Campaign
{
    private const int ShownFailures = 5;

    private readonly TimeSpan _took;

    private Campaign(IReadOnlyList<Verdict> verdicts, TimeSpan took)
    {
        Verdicts = verdicts;
        _took = took;
        Cells = verdicts.SelectMany(verdict => verdict.Cells).ToHashSet();
    }

    /// <summary>One verdict for each seed, by seed.</summary>
    public IReadOnlyList<Verdict> Verdicts { get; }

    /// <summary>The cells of the machines' tables that some seed visited.</summary>
    public IReadOnlySet<(string Event, string From)> Cells { get; }

    /// <summary>How many calls got as far as three people talking.</summary>
    public int Relayed => Verdicts.Sum(verdict => verdict.Relayed);

    public IReadOnlyList<Verdict> Failed => [.. Verdicts.Where(verdict => !verdict.Faults.IsEmpty)];

    public static Campaign Run(IEnumerable<int> seeds)
    {
        var clock = Stopwatch.StartNew();
        var verdicts = new ConcurrentBag<Verdict>();
        Parallel.ForEach(seeds, seed => verdicts.Add(Simulator.Run(seed)));
        return new Campaign([.. verdicts.OrderBy(verdict => verdict.Seed)], clock.Elapsed);
    }

    /// <summary>The first failures, each with the command that repeats it.</summary>
    public string Explain() => string.Join('\n', Failed.Take(ShownFailures).Select(verdict =>
        $"""
        VRS_SEED={verdict.Seed} dotnet test Vrs.Tests --filter Suite=Simulation
          {string.Join("\n  ", verdict.Faults)}
        """).Prepend($"{Failed.Count} of {Verdicts.Count} seeds broke a promise."));

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Verdicts.Count} seeds in {_took.TotalSeconds:0.0} s: {Verdicts.Sum(verdict => verdict.Ended)} calls ended, "
        + $"{Relayed} of them relayed; {Cells.Count} cells visited; "
        + $"{Failed.Count} seeds broke a promise.");
}
