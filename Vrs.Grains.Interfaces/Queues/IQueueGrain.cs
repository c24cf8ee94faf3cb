namespace Vrs.Grains.Interfaces.Queues;

/// <summary>
/// The line of one pool, and the only one who reserves its interpreters; keyed by <see cref="PoolId"/>.
/// </summary>
[Alias("vrs.IQueueGrain")]
public interface IQueueGrain : IGrainWithStringKey
{
    /// <summary>
    /// Stands in line. A call already in line keeps its place. Refused when the line is full or the pool is closed,
    /// with the time after which it is worth trying again.
    /// </summary>
    [Alias("Join")]
    Task<Refusal?> Join(JoinRequest request);

    /// <summary>
    /// The offer of this number came to nothing: the call stands at its old place again, and that interpreter is not
    /// asked for it again until the re-offer pause is over.
    /// </summary>
    [Alias("Return")]
    Task Return(CallId call, long offer, InterpreterId interpreter);

    /// <summary>The caller's connection is lost (or back): keep the place, but offer nothing meanwhile.</summary>
    [Alias("Hold")]
    Task Hold(CallId call, bool held);

    /// <summary>
    /// The call is served, or over without having been: its place is gone. A caller who was not served and redials soon
    /// takes it again.
    /// </summary>
    [Alias("Leave")]
    Task Leave(CallId call, bool served);

    /// <summary>An interpreter is free.</summary>
    [Alias("InterpreterFree")]
    Task InterpreterFree(FreeInterpreter interpreter);

    /// <summary>An interpreter is no longer free (stale when the stint is older than the one known).</summary>
    [Alias("InterpreterGone")]
    Task InterpreterGone(InterpreterId interpreter, long stint);

    /// <summary>What operators see.</summary>
    [Alias("GetView")]
    Task<QueueView> GetView();
}
