using System.Collections.Concurrent;

namespace Vrs.Tests.Engine.Grains;

/// <summary>What tests and trial grains share: a log and gates for each test. A service of the silo.</summary>
public sealed class Trials
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new();
    private readonly ConcurrentDictionary<string, int> _activations = new();
    private readonly List<string> _log = [];

    public IReadOnlyList<string> Log
    {
        get
        {
            lock (_log)
            {
                return [.. _log];
            }
        }
    }

    public void Note(string text)
    {
        lock (_log)
        {
            _log.Add(text);
        }
    }

    public int Times(string text) => Log.Count(line => line == text);

    public Task Gate(string name) => Source(name).Task;

    public void Open(string name) => Source(name).TrySetResult();

    public int NextActivation(string grain) => _activations.AddOrUpdate(grain, 1, static (_, last) => last + 1);

    private TaskCompletionSource Source(string name) =>
        _gates.GetOrAdd(name, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
