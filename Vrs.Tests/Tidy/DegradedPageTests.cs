using System.Text.RegularExpressions;
using Vrs.Silo.Hosting;

namespace Vrs.Tests.Tidy;

/// <summary>Whatever may be away has a stated behaviour, a metric that exists and a test that exists.</summary>
[Trait("Suite", "Tidy")]
public sealed partial class DegradedPageTests
{
    private static readonly string[] MustBeThere = ["TURN", "database", "disk", "Interpreters", "clock"];

    [Fact]
    public void Every_row_has_a_behaviour_a_metric_and_a_test()
    {
        var rows = Rows().ToList();

        Assert.All(MustBeThere, what => Assert.Contains(rows, row => row[0].Contains(what, StringComparison.Ordinal)));
        Assert.All(rows, row =>
        {
            Assert.True(row[1].Length > 0, $"'{row[0]}' has no behaviour.");
            Assert.True(NamesAMetric(row[2]), $"'{row[0]}' has no metric that exists.");
            Assert.True(DocumentTests.NamesTests(row[3]), $"'{row[0]}' has no test that exists.");
        });
    }

    [Fact]
    public void The_rule_sees_what_it_forbids()
    {
        Assert.False(NamesAMetric("log `storage_away`, metric `vrs.storage.gone`"));
        Assert.True(NamesAMetric("metric `vrs.storage.away`"));
    }

    private static bool NamesAMetric(string cell)
    {
        var names = Metric().Matches(cell).Select(match => match.Groups[1].Value).ToList();
        // A process that has not started measures nothing: that is for whoever asks it.
        return cell.Contains("`up` of Prometheus", StringComparison.Ordinal)
            || (names.Count > 0 && names.All(Exists));
    }

    private static bool Exists(string metric) =>
        MetricsPage.Instruments.Any(one => one.Instrument.Name == metric);

    private static IEnumerable<string[]> Rows() =>
        from line in SourceTree.Documents.Single(file => file.Path == "docs/degraded.md").Text.Split('\n')
        let cells = line.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries)
        where line.StartsWith('|') && cells.Length == 4 && cells[0] is not ("away" or "---")
        select cells;

    [GeneratedRegex(@"`(vrs\.[a-z_.]+)`")]
    private static partial Regex Metric();
}
