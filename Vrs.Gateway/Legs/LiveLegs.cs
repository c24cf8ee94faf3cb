namespace Vrs.Gateway.Legs;

/// <summary>How many legs are alive on all flows of this gateway. Thread-safe.</summary>
public sealed class LiveLegs
{
    private int _count;

    /// <summary>How many now.</summary>
    public int Count => Volatile.Read(ref _count);

    internal void Began() => Interlocked.Increment(ref _count);

    internal void Ended() => Interlocked.Decrement(ref _count);
}
