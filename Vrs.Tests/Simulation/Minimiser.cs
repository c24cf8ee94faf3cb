using System.Collections.Immutable;
using System.Globalization;

namespace Vrs.Tests.Simulation;

/// <summary>
/// What is left of a run that fails when everything is taken out that it also fails without: delta debugging over the
/// decisions that chance took.
/// </summary>
internal sealed class Minimiser
{
    private const int MostRuns = 400;

    private readonly int _seed;
    private readonly Plant _plant;
    private Verdict _verdict;
    private Cut _cut = Cut.None;
    private int _runs;

    private Minimiser(int seed, Plant plant)
    {
        _seed = seed;
        _plant = plant;
        _verdict = Simulator.Run(seed, plant: plant);
        Before = _verdict.Taken.Count;
    }

    /// <summary>How many decisions chance took in the whole run.</summary>
    public int Before { get; }

    /// <summary>The decisions that are left, each with its moment.</summary>
    public IReadOnlyList<(TimeSpan At, Choice Choice)> Left => _verdict.Taken;

    /// <summary>What is still broken.</summary>
    public ImmutableArray<string> Faults => _verdict.Faults;

    /// <summary>What the run is repeated without.</summary>
    public Cut Cut => _cut;

    /// <summary>Reduces a seed.</summary>
    /// <param name="seed">One that fails; of one that does not, everything is left.</param>
    /// <param name="plant">The fault that is put in, if any.</param>
    public static Minimiser Reduce(int seed, Plant? plant = null)
    {
        var minimiser = new Minimiser(seed, plant ?? Plant.None);
        if (!minimiser.Faults.IsEmpty)
        {
            minimiser.WithoutWholeKinds();
            do
            {
                minimiser.WithoutEach();
            }
            while (minimiser.WithoutSomePair());
            minimiser.Shorter();
        }

        return minimiser;
    }

    /// <summary>What is broken, what it takes, and how to see it again.</summary>
    public string Explain() => string.Join(
        '\n',
        Faults.Prepend($"Seed {_seed}:")
            .Append($"It takes {Left.Count} of the {Before} things that chance decided ({_runs} runs tried):")
            .Concat(Left.Select(one => string.Create(
                CultureInfo.InvariantCulture,
                $"  {one.At.TotalSeconds,8:0.00} s  {one.Choice.What} {one.Choice.Number}")))
            .Append($"Again, with the log of what is left: ./vrs simulate --seed {_seed}"));

    private void WithoutWholeKinds()
    {
        foreach (var kind in Left.Select(one => one.Choice.What).Distinct().ToList())
        {
            Try(Left.Where(one => one.Choice.What == kind));
        }
    }

    /// <summary>Takes out halves, quarters and so on, down to single decisions, while that gets anywhere.</summary>
    private void WithoutEach()
    {
        for (var size = Math.Max(1, Left.Count / 2); ; size = Math.Max(1, size / 2))
        {
            var shrunk = false;
            for (var start = 0; start < Left.Count && _runs < MostRuns;)
            {
                if (Try(Left.Skip(start).Take(size)))
                {
                    shrunk = true;
                }
                else
                {
                    start += size;
                }
            }

            if (_runs >= MostRuns || (size == 1 && !shrunk))
            {
                return;
            }
        }
    }

    /// <summary>
    /// One decision often answers another: without either the run goes another way, and without both it does not.
    /// </summary>
    /// <returns>Whether there was such a pair.</returns>
    private bool WithoutSomePair() => Pairs(Left).Any(pair => Try(pair));

    private static IEnumerable<(TimeSpan At, Choice Choice)[]> Pairs(IReadOnlyList<(TimeSpan At, Choice Choice)> of) =>
        of.SelectMany((one, index) => of.Skip(index + 1).Select(other => new[] { one, other }));

    private void Shorter()
    {
        if (Left is [.., var last])
        {
            Try(_cut with { Storm = last.At + TimeSpan.FromSeconds(1) });
        }
    }

    private bool Try(IEnumerable<(TimeSpan At, Choice Choice)> without) =>
        Try(_cut with { Without = _cut.Without.Union(without.Select(one => one.Choice)) });

    private bool Try(Cut cut)
    {
        if (_runs >= MostRuns)
        {
            return false;
        }

        _runs++;
        var verdict = Simulator.Run(_seed, cut, _plant);
        if (verdict.Faults.IsEmpty)
        {
            return false;
        }

        (_verdict, _cut) = (verdict, cut);
        return true;
    }
}
