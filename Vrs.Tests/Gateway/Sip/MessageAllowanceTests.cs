using Vrs.Gateway.Sip.Transport;

namespace Vrs.Tests.Gateway.Sip;

/// <summary>How flood control counts.</summary>
public sealed class MessageAllowanceTests
{
    [Fact]
    public void A_burst_passes_and_what_follows_waits_its_turn()
    {
        var allowance = new MessageAllowance(perSecond: 2, burst: 3, TimeSpan.Zero);

        Assert.Equal(
            [0, 0, 0, 0.5, 1],
            Enumerable.Range(0, 5).Select(_ => allowance.Take(TimeSpan.Zero).TotalSeconds));
        Assert.Equal(0.5, allowance.Take(TimeSpan.FromSeconds(1)).TotalSeconds);
    }

    [Fact]
    public void Rest_refills_no_more_than_a_burst()
    {
        var allowance = new MessageAllowance(perSecond: 2, burst: 3, TimeSpan.Zero);
        var later = TimeSpan.FromHours(1);

        Assert.Equal([0, 0, 0, 0.5], Enumerable.Range(0, 4).Select(_ => allowance.Take(later).TotalSeconds));
    }

    [Fact]
    public void An_even_stream_below_the_rate_never_waits()
    {
        var allowance = new MessageAllowance(perSecond: 10, burst: 1, TimeSpan.Zero);

        Assert.All(
            Enumerable.Range(0, 1000),
            number => Assert.Equal(TimeSpan.Zero, allowance.Take(TimeSpan.FromSeconds(number * 0.11))));
    }
}
