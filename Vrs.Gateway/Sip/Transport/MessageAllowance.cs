namespace Vrs.Gateway.Sip.Transport;

/// <summary>
/// Flood control of one flow: messages take from an allowance that refills evenly. Who overdraws it waits, and
/// since the socket isn't read meanwhile, the peer's own sending slows down. Used on the connection's reading task.
/// </summary>
internal sealed class MessageAllowance
{
    private readonly double _perSecond;
    private readonly double _burst;
    private double _left;
    private TimeSpan _last;

    /// <summary>A full allowance.</summary>
    /// <param name="perSecond">How many messages a second refill it.</param>
    /// <param name="burst">How many it holds at most.</param>
    /// <param name="now">The time now, on any monotonic clock.</param>
    public MessageAllowance(double perSecond, double burst, TimeSpan now) =>
        (_perSecond, _burst, _left, _last) = (perSecond, burst, burst, now);

    /// <summary>Takes one message from the allowance.</summary>
    /// <param name="now">The time now, on the same clock.</param>
    /// <returns>How long to wait before the message is handled; zero as a rule.</returns>
    public TimeSpan Take(TimeSpan now)
    {
        _left = Math.Min(_burst, _left + ((now - _last).TotalSeconds * _perSecond)) - 1;
        _last = now;
        return _left >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_left / _perSecond);
    }
}
