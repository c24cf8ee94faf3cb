using System.Collections.Immutable;
using System.Globalization;

namespace Vrs.Tests.Simulation;

/// <summary>
/// What is left of a run that fails when everything is taken out that it also fails without: delta debugging over the
/// decisions that chance took. What is tried may take only decisions that were taken before, so every success is
/// a smaller set.
/// </summary>
internal sealed class Minimiser
{
    private const int MostRuns = 1_000;

    /// <summary>So many draws in vain, and it is taken to be as small as it gets.</summary>
    private const int MostDraws = 120;

    private readonly int _seed;
    private readonly Plant _plant;
    private readonly bool _lastFirst;
    private readonly Random _draws;
    private Verdict _verdict;
    private Cut _cut = Cut.None;
    private int _runs;

    private Minimiser(int seed, Plant plant, bool lastFirst)
    {
        _seed = seed;
        _plant = plant;
        _lastFirst = lastFirst;
        _draws = new Random(seed);
        _verdict = Simulator.Run(seed, plant: plant);
        Before = _verdict.Taken.Count;
    }

    /// <summary>How many decisions chance took in the whole run.</summary>
    public int Before { get; }

    /// <summary>The decisions that are left, each with its moment.</summary>
    public IReadOnlyList<(TimeSpan At, Choice Choice)> Left => _verdict.Taken;

    /// <summary>What is still broken.</summary>
    public ImmutableArray<string> Faults => _verdict.Faults;

    /// <summary>What the run is repeated with.</summary>
    public Cut Cut => _cut;

    /// <summary>Reduces a seed, from its end and from its beginning, and takes what is less.</summary>
    /// <param name="seed">One that fails; of one that does not, everything is left.</param>
    /// <param name="plant">The fault that is put in, if any.</param>
    public static Minimiser Reduce(int seed, Plant? plant = null) =>
        new[] { true, false }
            .Select(lastFirst => new Minimiser(seed, plant ?? Plant.None, lastFirst))
            .Select(minimiser => minimiser.Reduced())
            .MinBy(reduced => reduced.Left.Count)!;

    /// <summary>What is broken, what it takes, and how to see it again.</summary>
    public string Explain() => string.Join(
        '\n',
        Faults.Prepend($"Seed {_seed}:")
            .Append($"It takes {Left.Count} of the {Before} things that chance decided ({_runs} runs tried):")
            .Concat(Left.Select(one => string.Create(
                CultureInfo.InvariantCulture,
                $"  {one.At.TotalSeconds,8:0.00} s  {one.Choice.What} {one.Choice.Number}")))
            .Append($"Again, with the log of what is left: ./vrs simulate --seed {_seed}"));

    private Minimiser Reduced()
    {
        if (!Faults.IsEmpty)
        {
            WithoutChance();
            WithoutWholeKinds();
            do
            {
                WithoutEach();
            }
            while (WithoutSome());
            Shorter();
        }

        return this;
    }

    private void WithoutChance() => Try(_cut with { IsSteady = true });

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
            for (var kept = 0; kept < Left.Count && _runs < MostRuns;)
            {
                var without = _lastFirst ? Left.SkipLast(kept).TakeLast(size) : Left.Skip(kept).Take(size);
                if (Try(without))
                {
                    shrunk = true;
                }
                else
                {
                    kept += size;
                }
            }

            if (_runs >= MostRuns || (size == 1 && !shrunk))
            {
                return;
            }
        }
    }

    /// <summary>
    /// One decision often answers another, or only puts off what others meet: without either the run goes another way,
    /// and without several it does not. Which, is drawn.
    /// </summary>
    /// <returns>Whether some were found that it fails without.</returns>
    private bool WithoutSome() => Left.Count > 1 && Enumerable.Range(0, MostDraws).Any(_ =>
        Try(_draws.GetItems(Left.ToArray(), _draws.Next(2, Left.Count + 1)).Distinct()));

    private void Shorter()
    {
        if (Left is [.., var last])
        {
            Try(_cut with { Storm = last.At + TimeSpan.FromSeconds(1) });
        }
    }

    private bool Try(IEnumerable<(TimeSpan At, Choice Choice)> without) =>
        Try(_cut with { Only = [.. Left.Except(without).Select(one => one.Choice)] });

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
