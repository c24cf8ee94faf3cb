using System.Globalization;
using Vrs.Bench.Soak;

namespace Vrs.Tests.Integration.Load;

/// <summary>A soak run of seconds against a server of its own, with connections breaking: no call fails.</summary>
public sealed class SoakTests : ProcessTest
{
    protected override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string> { ["Accounts:LoadAccounts"] = "25" };

    [Fact]
    public async Task Calls_of_all_kinds_complete_while_the_server_is_watched()
    {
        using var told = new StringWriter(CultureInfo.InvariantCulture);
        var run = SoakCommand.Create(told).Parse(
        [
            "--url", $"{Server.Url}", "--management", $"{Server.Management}", "--pid", $"{Server.ProcessId}",
            "--data", Server.DataFolder, "--rate", "5", "--duration", "4s", "--hold", "300ms", "--every", "1s",
            "--callers", "25", "--interpreters", "25", "--phones", "25",
        ]);

        // What grows in seconds says nothing; that is for the hour.
        await run.InvokeAsync();

        foreach (var line in (string[])["20 calls placed, 20 completed, 0 failed, 0 left over", "rows: reminders"])
        {
            Assert.True($"{told}".Contains(line, StringComparison.Ordinal), $"\"{line}\" was not told, but\n{told}");
        }
    }
}

/// <summary>What counts as growth.</summary>
public sealed class GrowthTests
{
    [Fact]
    public void What_rises_all_the_time_grows_and_what_warms_up_or_varies_does_not()
    {
        var samples = Enumerable.Range(0, 100).Select(i => new Sample(
            TimeSpan.FromSeconds(i),
            Measure.All.ToDictionary(measure => measure, measure =>
                measure == Measure.Timers ? 100 + i
                : measure == Measure.Handles ? (i < 10 ? 0 : 500)
                : measure == Measure.Threads ? 20 + (i % 3)
                : 0.0))).ToList();

        var growth = Growth.Of(samples);

        Assert.Equal([Measure.Timers], growth.Where(one => one.IsGrowing).Select(one => one.Measure));
        Assert.Equal(60, growth.Single(one => one.Measure == Measure.Timers).More);
    }

    [Fact]
    public void A_metric_is_summed_over_its_labels_and_not_over_names_that_begin_as_it_does() =>
        Assert.Equal(5, Vitals.Sum("# HELP a b\na{x=\"1\"} 2\na{x=\"2\"} 3\na_total 7\n", "a"));
}
