using System.Collections.Concurrent;

namespace Vrs.Bench.Load;

/// <summary>The calls of a run, by the server's call id, so that the three parties find each other's times.</summary>
internal sealed class LoadBook(LoadReport report)
{
    private readonly ConcurrentDictionary<string, CallTimes> _calls = new(StringComparer.Ordinal);

    public LoadReport Report { get; } = report;

    public CallTimes Of(string call) => _calls.GetOrAdd(call, _ => new CallTimes());
}
