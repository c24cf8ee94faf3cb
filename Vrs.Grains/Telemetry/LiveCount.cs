using System.Diagnostics.Metrics;

namespace Vrs.Grains.Telemetry;

/// <summary>
/// One thing that is counted by where it stands, or in every place that it is in, for as long as its activation lives:
/// the next activation counts it again.
/// </summary>
/// <param name="counter">How many stand where.</param>
/// <param name="label">The label that says where.</param>
internal sealed class LiveCount(UpDownCounter<long> counter, string label)
{
    private ImmutableArray<string> _where = [];

    /// <summary>It stands there now.</summary>
    /// <param name="where">The label's value; null when it is not counted.</param>
    public void Is(string? where) => IsIn(where is null ? [] : [where]);

    /// <summary>It is in all of these now.</summary>
    /// <param name="where">The label's values.</param>
    public void IsIn(ImmutableArray<string> where)
    {
        foreach (var left in _where.Except(where))
        {
            counter.Add(-1, GrainInstruments.Label(label, left));
        }

        foreach (var entered in where.Except(_where))
        {
            counter.Add(1, GrainInstruments.Label(label, entered));
        }

        _where = where;
    }
}
