using Vrs.Bench.Headless;

namespace Vrs.Bench.Load;

/// <summary>
/// When each step of one call happened, as <see cref="System.Diagnostics.Stopwatch"/> time; written by the drivers of
/// the three parties, read when the call is over.
/// </summary>
public sealed class CallTimes
{
    private readonly TaskCompletionSource _relaying = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _givenUp = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Offered { get; set; }

    public long Accepted { get; set; }

    public long Dialed { get; set; }

    public long Relayed { get; private set; }

    /// <summary>The device of the interpreter who took the offer; null before.</summary>
    public HeadlessPhone? InterpreterDevice { get; set; }

    /// <summary>Completes when the caller gives up; whatever happens to the call after that is right.</summary>
    public Task GivenUp => _givenUp.Task;

    /// <summary>Completes when the hearing party has answered.</summary>
    public Task Relaying => _relaying.Task;

    /// <summary>Completes when both legs of the interpreter are over; fails when something went wrong there.</summary>
    public Task Released => _released.Task;

    public void MarkRelaying(long at)
    {
        Relayed = at;
        _relaying.TrySetResult();
    }

    public void MarkGivenUp() => _givenUp.TrySetResult();

    public void MarkReleased() => _released.TrySetResult();

    /// <summary>The interpreter's side of the call failed, so its caller need not wait.</summary>
    public void Fail(Exception fault)
    {
        _relaying.TrySetException(fault);
        _released.TrySetException(fault);

        // The caller's driver may have failed by itself and never look.
        _ = _relaying.Task.Exception;
        _ = _released.Task.Exception;
    }
}
