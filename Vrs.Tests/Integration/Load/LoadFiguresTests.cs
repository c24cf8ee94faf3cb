using System.Diagnostics;
using Vrs.Bench.Load;

namespace Vrs.Tests.Integration.Load;

public sealed class LoadFiguresTests
{
    [Theory]
    [InlineData(50, 50)]
    [InlineData(99, 99)]
    [InlineData(99.5, 100)]
    [InlineData(100, 100)]
    [InlineData(1, 1)]
    public void A_percentile_is_the_smallest_value_that_share_does_not_exceed(double percent, double expected)
    {
        var latencies = new Latencies("test");
        foreach (var milliseconds in Enumerable.Range(1, 100).Reverse())
        {
            latencies.Add(1, 1 + (milliseconds * Stopwatch.Frequency / 1000));
        }

        Assert.Equal(expected, latencies.Percentile(percent), tolerance: 0.001);
    }

    [Fact]
    public void A_step_that_never_happened_is_no_latency()
    {
        var latencies = new Latencies("test");
        latencies.Add(0, 5);
        latencies.Add(5, 0);

        Assert.Equal(0, latencies.Count);
        Assert.Equal(0, latencies.Percentile(50));
    }

    [Theory]
    [InlineData("500ms", 0.5)]
    [InlineData("1.5s", 1.5)]
    [InlineData("2m", 120.0)]
    [InlineData("30", null)]
    [InlineData("s", null)]
    [InlineData("", null)]
    [InlineData("soon", null)]
    public void Times_are_read_with_their_unit(string text, double? seconds) =>
        Assert.Equal(seconds, LoadArguments.ReadTime(text)?.TotalSeconds);

    [Fact]
    public void A_report_with_a_failure_a_broken_rule_or_a_call_left_over_is_not_clean()
    {
        var clean = new LoadReport();
        clean.CountPlaced();
        clean.CountCompleted();
        var failed = new LoadReport();
        failed.CountPlaced();
        failed.CountFailure("486");
        var hanging = new LoadReport();
        hanging.CountPlaced();
        var faulty = new LoadReport();
        faulty.Faults["no Max-Forwards"] = 1;

        Assert.True(clean.IsClean);
        Assert.False(failed.IsClean);
        Assert.False(hanging.IsClean);
        Assert.False(faulty.IsClean);
        Assert.Equal(1, hanging.LeftOver);
    }
}
