namespace Vrs.Silo.Embedded.Runtime;

/// <summary>One call on its way, and where its answer goes.</summary>
/// <param name="shape">The method.</param>
/// <param name="arguments">Its arguments; immutable, or not touched any more.</param>
internal abstract class Request(MethodShape shape, object?[] arguments)
{
    /// <summary>The method.</summary>
    public MethodShape Shape => shape;

    /// <summary>Rises within a silo.</summary>
    public long Number { get; set; }

    /// <summary>When the caller stops waiting; a timestamp of the silo's clock.</summary>
    public long Deadline { get; set; }

    /// <summary>What the caller awaits.</summary>
    public abstract Task Answer { get; }

    /// <summary>Calls the method on its target.</summary>
    public Task Invoke(object target) => shape.Invoke(target, arguments);

    /// <summary>Answers with the result of a successful call; false when there was an answer already.</summary>
    public abstract bool Succeed(Task call);

    /// <summary>Answers with an exception; false when there was an answer already.</summary>
    public abstract bool Fail(Exception fault);
}

/// <summary>A call with a result.</summary>
/// <typeparam name="TResult">The type of the result; bool for a method without one.</typeparam>
/// <param name="shape">The method.</param>
/// <param name="arguments">Its arguments.</param>
internal sealed class Request<TResult>(MethodShape shape, object?[] arguments) : Request(shape, arguments)
{
    // Answered inside a turn, so a caller's await goes on in a turn of the caller's own lane (or on the thread pool,
    // when the caller is no grain). RunContinuationsAsynchronously would send Task.WhenAll through the thread pool
    // even between two lanes, and with it the order that a seed has chosen.
    private readonly TaskCompletionSource<TResult> _answer = new();

    public override Task Answer => _answer.Task;

    public override bool Succeed(Task call) =>
        _answer.TrySetResult(call is Task<TResult> typed ? typed.GetAwaiter().GetResult() : default!);

    public override bool Fail(Exception fault)
    {
        var first = _answer.TrySetException(fault);
        // A caller that has gone on without its answer is no unobserved failure.
        _ = _answer.Task.Exception;
        return first;
    }
}
