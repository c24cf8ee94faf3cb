using System.Diagnostics.Metrics;
using Vrs.Grains.Telemetry;

namespace Vrs.Tests.Domain.Telemetry;

/// <summary>
/// What the grains, or another meter, measured on this thread. Worlds of grains run on the thread of their test, so
/// tests that run beside it are not counted.
/// </summary>
internal sealed class Measurements : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly List<(string Name, double Value, Dictionary<string, string> Labels)> _all = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;

    /// <summary>Listens from now on.</summary>
    /// <param name="meter">The meter; null for that of the grains.</param>
    public Measurements(string? meter = null)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == (meter ?? GrainInstruments.MeterName))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, labels, _) => Keep(instrument, value, labels));
        _listener.SetMeasurementEventCallback<double>(
            (instrument, value, labels, _) => Keep(instrument, value, labels));
        _listener.Start();
    }

    /// <summary>Names of the instruments that moved.</summary>
    public IReadOnlySet<string> Names => _all.Select(one => one.Name).ToHashSet();

    /// <summary>The labels of every measurement, with its instrument.</summary>
    public IEnumerable<(string Name, IReadOnlyDictionary<string, string> Labels)> All =>
        _all.Select(one => (one.Name, (IReadOnlyDictionary<string, string>)one.Labels));

    /// <summary>The sum of an instrument, over one value of a label when one is given.</summary>
    public double Sum(string name, string? label = null) => Values(name, label).Sum();

    /// <summary>How often an instrument was recorded.</summary>
    public int Count(string name, string? label = null) => Values(name, label).Count();

    /// <summary>What an instrument was recorded as last.</summary>
    public double Last(string name) => Values(name, null).Last();

    public void Dispose() => _listener.Dispose();

    private IEnumerable<double> Values(string name, string? label) =>
        from one in _all
        where one.Name == name && (label is null || one.Labels.ContainsValue(label))
        select one.Value;

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        if (Environment.CurrentManagedThreadId == _thread)
        {
            _all.Add((instrument.Name, value, labels.ToArray().ToDictionary(one => one.Key, one => $"{one.Value}")));
        }
    }
}
