using Vrs.Gateway.Admission;

namespace Vrs.Tests.Gateway.Admission;

/// <summary>How flood control counts.</summary>
public sealed class TokenBucketTests
{
    [Fact]
    public void A_burst_passes_and_what_follows_waits_its_turn()
    {
        var bucket = new TokenBucket(Rate.Of(perSecond: 2, burst: 3), TimeSpan.Zero);

        Assert.Equal(
            [0, 0, 0, 0.5, 1],
            Enumerable.Range(0, 5).Select(_ => bucket.Take(TimeSpan.Zero).TotalSeconds));
        Assert.Equal(0.5, bucket.Take(TimeSpan.FromSeconds(1)).TotalSeconds);
    }

    [Fact]
    public void Rest_refills_no_more_than_a_burst()
    {
        var bucket = new TokenBucket(Rate.Of(perSecond: 2, burst: 3), TimeSpan.Zero);
        var later = TimeSpan.FromHours(1);

        Assert.Equal([0, 0, 0, 0.5], Enumerable.Range(0, 4).Select(_ => bucket.Take(later).TotalSeconds));
    }

    [Fact]
    public void An_even_stream_below_the_rate_never_waits()
    {
        var bucket = new TokenBucket(Rate.Of(perSecond: 10, burst: 1), TimeSpan.Zero);

        Assert.All(
            Enumerable.Range(0, 1000),
            number => Assert.Equal(TimeSpan.Zero, bucket.Take(TimeSpan.FromSeconds(number * 0.11))));
    }

    [Fact]
    public void What_may_be_refused_takes_nothing_when_there_is_not_enough()
    {
        var bucket = new TokenBucket(Rate.Of(perSecond: 2, burst: 1), TimeSpan.Zero);

        Assert.Equal(
            [0, 0.5, 0.5], Enumerable.Range(0, 3).Select(_ => bucket.TryTake(TimeSpan.Zero).TotalSeconds));
        Assert.Equal(TimeSpan.Zero, bucket.TryTake(TimeSpan.FromSeconds(0.5)));
    }

    [Fact]
    public void It_is_full_again_after_a_rest()
    {
        var bucket = new TokenBucket(Rate.Of(perSecond: 1, burst: 2), TimeSpan.Zero);
        bucket.Take(TimeSpan.Zero);

        Assert.False(bucket.IsFull(TimeSpan.FromSeconds(0.9)));
        Assert.True(bucket.IsFull(TimeSpan.FromSeconds(1)));
    }
}
