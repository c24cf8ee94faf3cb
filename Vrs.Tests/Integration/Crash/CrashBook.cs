using System.Collections.Concurrent;
using System.Globalization;

namespace Vrs.Tests.Integration.Crash;

/// <summary>What happened in a crash run, told by everybody. Thread-safe.</summary>
/// <param name="seed">Chooses how long calls last and when the server dies.</param>
internal sealed class CrashBook(int seed)
{
    private const int MostReasons = 20;

    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);
    private readonly ConcurrentDictionary<string, byte> _calls = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _lost = new();
    private readonly ConcurrentDictionary<string, int> _interruptions = new(StringComparer.Ordinal);
    private int _placed;
    private int _completed;
    private int _refused;
    private volatile bool _mayCall = true;

    public int Seed => seed;

    /// <summary>Whether new calls are to be placed.</summary>
    public bool MayCall => _mayCall;

    /// <summary>INVITEs for new calls so far.</summary>
    public int PlacedCount => Volatile.Read(ref _placed);

    /// <summary>Calls that were answered and hung up by who placed them.</summary>
    public int CompletedCount => Volatile.Read(ref _completed);

    /// <summary>INVITEs that were told to try again later.</summary>
    public int RefusedCount => Volatile.Read(ref _refused);

    /// <summary>Why people lost their connections, or did not get one, and how often.</summary>
    public string Interruptions => string.Join("; ", _interruptions
        .OrderByDescending(one => one.Value)
        .Take(MostReasons)
        .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Value} times {one.Key}")));

    /// <summary>Every relay call that anybody was told of.</summary>
    public IReadOnlyCollection<string> Calls => [.. _calls.Keys];

    /// <summary>Calls that ended though nobody wanted it.</summary>
    public IReadOnlyCollection<string> LostCalls => _lost;

    public void StopCalling() => _mayCall = false;

    public void Placed() => Interlocked.Increment(ref _placed);

    public void Completed() => Interlocked.Increment(ref _completed);

    public void Refused() => Interlocked.Increment(ref _refused);

    public void Began(string call) => _calls.TryAdd(call, 0);

    public void Lost(string what) => _lost.Enqueue(what);

    public void Interrupted(Exception why) =>
        _interruptions.AddOrUpdate(why.GetBaseException().Message, 1, (_, times) => times + 1);

    public int Between(int least, int most)
    {
        lock (_lock)
        {
            return _random.Next(least, most + 1);
        }
    }
}
