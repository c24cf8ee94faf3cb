using System.Globalization;
using Vrs.Grains.Domain.Queues;
using Vrs.Grains.Interfaces;

namespace Vrs.Tests.Domain.Queues;

/// <summary>When a pool takes calls, and what callers are told when it does not.</summary>
public sealed class OpeningHoursTests
{
    private static readonly OpeningHours Week = new("Mon-Fri 08:00-20:00, Sat 10:00-24:00", "America/New_York", false);

    [Theory]
    [InlineData("2030-01-07T12:59:00Z", false)]
    [InlineData("2030-01-07T13:00:00Z", true)]
    [InlineData("2030-01-08T00:59:00Z", true)]
    [InlineData("2030-01-08T01:00:00Z", false)]
    [InlineData("2030-07-08T12:00:00Z", true)]
    [InlineData("2030-01-13T04:59:00Z", true)]
    [InlineData("2030-01-13T05:00:00Z", false)]
    public void The_hours_are_those_of_the_zone(string at, bool open) => Assert.Equal(open, Week.IsOpen(Time(at)));

    [Theory]
    [InlineData("2030-01-07T12:59:00Z", "2030-01-07T13:00:00Z")]
    [InlineData("2030-01-13T12:00:00Z", "2030-01-14T13:00:00Z")]
    [InlineData("2030-01-12T02:00:00Z", "2030-01-12T15:00:00Z")]
    public void It_is_known_when_it_opens_next(string at, string opens) =>
        Assert.Equal(Time(opens), Week.OpensAfter(Time(at)));

    [Fact]
    public void Always_is_always_and_closed_is_closed()
    {
        Assert.True(OpeningHours.Always.IsOpen(QueueSamples.Now));
        Assert.False((Week with { Closed = true }).IsOpen(Time("2030-01-07T13:00:00Z")));
        Assert.Null((Week with { Closed = true }).OpensAfter(QueueSamples.Now));
    }

    [Theory]
    [InlineData("Mon-Fri 08:00-20:00", "UTC", null)]
    [InlineData("", "UTC", null)]
    [InlineData("Sat-Mon 00:00-24:00", "UTC", null)]
    [InlineData("Mon 08:00-20:00", "Moon/Crater", "'Moon/Crater' is no time zone")]
    [InlineData("Mon 20:00-08:00", "UTC", "a span must end later on the same day")]
    [InlineData("Montag 08:00-20:00", "UTC", "'Montag' in 'Montag 08:00-20:00' is no day")]
    [InlineData("Mon 8-20", "UTC", "'8' in 'Mon 8-20' is no time of day")]
    [InlineData("Mon", "UTC", "'Mon' is not written like 'Mon-Fri 08:00-20:00'")]
    public void What_is_wrong_with_the_text_is_said(string week, string zone, string? fault) =>
        Assert.Equal(fault, new OpeningHours(week, zone, false).Fault());

    [Fact]
    public void A_caller_is_told_when_it_opens()
    {
        var refusal = (PoolService.Alone with { Hours = Week }).Closed(Time("2030-01-13T12:00:00Z"));

        Assert.Equal(RefusalReason.Closed, refusal.Reason);
        Assert.Equal("The relay service is closed. It opens on Monday at 08:00 (America/New_York).", refusal.Detail);
        Assert.Equal(TimeSpan.FromHours(25), refusal.RetryAfter);
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
