using System.Globalization;

namespace Vrs.Tests.Simulation;

/// <summary>
/// All chance of a run, from its seed. Every kind of decision draws from a stream of its own, so that a run without one
/// of them is otherwise as like the first as it can be.
/// </summary>
internal sealed class Fate
{
    private static readonly int Kinds = Enum.GetValues<Decision>().Length;

    private readonly Random[] _decisions;
    private readonly int[] _taken = new int[Kinds];
    private readonly Cut _cut;

    public Fate(int seed, Cut cut)
    {
        _cut = cut;
        _decisions = [.. Enumerable.Range(0, Kinds).Select(kind => Stream(seed, kind))];
        World = Stream(seed, Kinds);
        Order = cut.IsSteady ? new Steady() : Stream(seed, Kinds + 1);
        People = Stream(seed, Kinds + 2);
        Delays = cut.IsSteady ? new Steady() : Stream(seed, Kinds + 3);
    }

    /// <summary>Who there is and which faults are on.</summary>
    public Random World { get; }

    /// <summary>Which ready lane runs next.</summary>
    public Random Order { get; }

    /// <summary>How long people take, and whom they call.</summary>
    public Random People { get; }

    /// <summary>How long messages and writes take.</summary>
    public Random Delays { get; }

    /// <summary>The decisions taken, in order, each with its moment.</summary>
    public List<(TimeSpan At, Choice Choice)> Taken { get; } = [];

    /// <summary>What the streams would give next: two runs that agree on it took all the same turns.</summary>
    public string Unseed => string.Join(
        '-',
        _decisions.Append(World).Append(Order).Append(People).Append(Delays)
            .Select(stream => stream.Next().ToString("x8", CultureInfo.InvariantCulture)));

    /// <summary>Whether this happens now.</summary>
    /// <param name="what">What.</param>
    /// <param name="likelihood">From 0 to 1; 0 and less never.</param>
    /// <param name="at">When.</param>
    public bool Strikes(Decision what, double likelihood, TimeSpan at)
    {
        if (likelihood <= 0 || _decisions[(int)what].NextDouble() >= likelihood)
        {
            return false;
        }

        var choice = new Choice(what, ++_taken[(int)what]);
        if (_cut.Only?.Contains(choice) is false)
        {
            return false;
        }

        Taken.Add((at, choice));
        return true;
    }

    // Consecutive seeds of System.Random give streams that look alike at first; the multiplier takes them apart.
    private static Random Stream(int seed, int number) => new(unchecked((seed * 1_000_003) ^ (number * 7_368_787)));

    /// <summary>No chance at all: the first of several, and the middle of a span.</summary>
    private sealed class Steady : Random
    {
        public override int Next() => 0;

        public override int Next(int maxValue) => 0;

        public override long NextInt64(long maxValue) => maxValue / 2;

        public override long NextInt64(long minValue, long maxValue) => minValue + ((maxValue - minValue) / 2);
    }
}
