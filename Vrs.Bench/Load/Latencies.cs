using System.Diagnostics;

namespace Vrs.Bench.Load;

/// <summary>Durations of one kind; exact percentiles, since all of them are kept.</summary>
/// <param name="name">What is measured.</param>
public sealed class Latencies(string name)
{
    private readonly Lock _lock = new();
    private readonly List<double> _milliseconds = [];

    public string Name { get; } = name;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _milliseconds.Count;
            }
        }
    }

    /// <summary>Adds the time between two <see cref="Stopwatch"/> readings; nothing when either is missing.</summary>
    public void Add(long from, long to)
    {
        if (from == 0 || to == 0)
        {
            return;
        }

        lock (_lock)
        {
            _milliseconds.Add(Stopwatch.GetElapsedTime(from, to).TotalMilliseconds);
        }
    }

    /// <summary>The smallest duration, in milliseconds, that this share of all durations does not exceed.</summary>
    /// <param name="percent">Above 0, up to 100; 100 is the largest.</param>
    public double Percentile(double percent)
    {
        lock (_lock)
        {
            if (_milliseconds.Count == 0)
            {
                return 0;
            }

            _milliseconds.Sort();
            return _milliseconds[(int)Math.Ceiling(percent / 100 * _milliseconds.Count) - 1];
        }
    }
}
