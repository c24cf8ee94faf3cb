using System.Collections.Concurrent;

namespace Vrs.Silo.Embedded.Runtime;

/// <summary>
/// The requests that wait for an answer, and when each stops waiting. One clock for all of them: a timer for every
/// request would cost more than the request.
/// </summary>
internal sealed class Deadlines
{
    private readonly ConcurrentDictionary<Request, bool> _open = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _limit;
    private readonly TimeSpan _grain;
    private readonly long _ticks;
    private readonly ITimer _clock;
    private int _armed;

    public Deadlines(TimeProvider time, TimeSpan limit)
    {
        _time = time;
        _limit = limit;
        _grain = TimeSpan.FromTicks(Math.Max(limit.Ticks / 30, TimeSpan.TicksPerMillisecond));
        _ticks = (long)(limit.TotalSeconds * time.TimestampFrequency);
        _clock = time.CreateTimer(
            static deadlines => ((Deadlines)deadlines!).Sweep(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    public void Watch(Request request)
    {
        request.Deadline = _time.GetTimestamp() + _ticks;
        _open.TryAdd(request, true);
        Arm();
    }

    public void Forget(Request request) => _open.TryRemove(request, out _);

    /// <summary>Fails every open request, oldest first.</summary>
    public void FailAll(Func<Request, Exception> reason)
    {
        foreach (var request in _open.Keys.OrderBy(request => request.Number))
        {
            Forget(request);
            request.Fail(reason(request));
        }
    }

    private void Arm()
    {
        if (Volatile.Read(ref _armed) == 0 && Interlocked.Exchange(ref _armed, 1) == 0)
        {
            _clock.Change(_grain, Timeout.InfiniteTimeSpan);
        }
    }

    private void Sweep()
    {
        var now = _time.GetTimestamp();
        var late = _open.Keys.Where(request => request.Deadline <= now).OrderBy(request => request.Number).ToArray();
        foreach (var request in late)
        {
            Forget(request);
            request.Fail(new TimeoutException(
                $"{request.Shape.Name} was not answered within {_limit.TotalSeconds:0.###} s."));
        }

        Volatile.Write(ref _armed, 0);
        if (!_open.IsEmpty)
        {
            Arm();
        }
    }
}
