using Vrs.Bench.Storage;

namespace Vrs.Tests.Integration.Load;

/// <summary>The measurement of persisted steps runs; its figures are for a quiet machine.</summary>
public sealed class StepsTests
{
    [Fact]
    public async Task Steps_and_bare_commits_are_measured_on_the_same_database()
    {
        var measured = await StepsCommand.Measure(null, [2], TimeSpan.FromMilliseconds(200));

        var (calls, steps, rows) = Assert.Single(measured);
        Assert.Equal(2, calls);
        Assert.True(steps > 0 && rows > 0, $"{steps} steps/s, {rows} rows/s");
    }
}
