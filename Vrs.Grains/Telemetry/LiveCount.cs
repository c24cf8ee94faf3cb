using System.Diagnostics.Metrics;

namespace Vrs.Grains.Telemetry;

/// <summary>
/// One thing that is counted by where it stands, for as long as its activation lives: the next activation counts it
/// again.
/// </summary>
/// <param name="counter">How many stand where.</param>
/// <param name="label">The label that says where.</param>
internal sealed class LiveCount(UpDownCounter<long> counter, string label)
{
    private string? _where;

    /// <summary>It stands there now.</summary>
    /// <param name="where">The label's value; null when it is not counted.</param>
    public void Is(string? where)
    {
        if (where == _where)
        {
            return;
        }

        if (_where is not null)
        {
            counter.Add(-1, GrainInstruments.Label(label, _where));
        }

        if (where is not null)
        {
            counter.Add(1, GrainInstruments.Label(label, where));
        }

        _where = where;
    }
}
