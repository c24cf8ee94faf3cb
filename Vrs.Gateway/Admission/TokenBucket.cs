namespace Vrs.Gateway.Admission;

/// <summary>
/// The token bucket of flood control: it refills evenly up to its burst, and what is done takes from it. Not
/// thread-safe. Times are of any monotonic clock, the same for all calls.
/// </summary>
/// <param name="rate">How fast it refills, and how much it holds.</param>
/// <param name="now">The time now; the bucket begins full.</param>
internal sealed class TokenBucket(Rate rate, TimeSpan now)
{
    private double _left = rate.Burst;
    private TimeSpan _last = now;

    /// <summary>Takes tokens if there are as many, else none.</summary>
    /// <returns>Zero when they were taken; else after how long there would be enough.</returns>
    public TimeSpan TryTake(TimeSpan now, double amount = 1)
    {
        Refill(now);
        if (_left < amount)
        {
            return TimeSpan.FromSeconds((amount - _left) / rate.PerSecond);
        }

        _left -= amount;
        return TimeSpan.Zero;
    }

    /// <summary>Takes tokens, in advance when there are not as many.</summary>
    /// <returns>How long to wait before doing what they were taken for; zero as a rule.</returns>
    public TimeSpan Take(TimeSpan now, double amount = 1)
    {
        Refill(now);
        _left -= amount;
        return _left >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_left / rate.PerSecond);
    }

    /// <summary>Whether nothing was taken for so long that forgetting it makes no difference.</summary>
    public bool IsFull(TimeSpan now)
    {
        Refill(now);
        return _left >= rate.Burst;
    }

    private void Refill(TimeSpan now)
    {
        _left = Math.Min(rate.Burst, _left + ((now - _last).TotalSeconds * rate.PerSecond));
        _last = now;
    }
}
