using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Vrs.Silo.Hosting;
using Vrs.Tests.Tidy;

namespace Vrs.Tests.Host;

/// <summary>Alert rules, dashboards and runbooks speak of what there is, and of all there is.</summary>
[Trait("Suite", "Tidy")]
public sealed partial class ObservabilityTests
{
    private const string Rules = "deploy/prometheus/rules/vrs.yml";

    /// <summary>What others measure: Prometheus itself, and the framework.</summary>
    private static readonly string[] OfOthers = ["up", "dotnet_process_cpu_time_seconds_total"];

    /// <summary>Labels that Prometheus gives, and the bound of a histogram's bucket.</summary>
    private static readonly string[] LabelsOfOthers = ["job", "instance", "le"];

    internal static readonly string[] Dashboards = ["service", "queue-and-interpreters", "sip"];

    private static readonly Dictionary<string, ImmutableArray<string>> Metrics = Series();

    [Fact]
    public void Every_rule_asks_for_metrics_and_labels_that_exist()
    {
        var text = Read(Rules);
        var recorded = RecordLine().Matches(text).Select(line => line.Groups[1].Value).ToHashSet();
        var queries = ExprBlock().Matches(text).Select(block => block.Groups[1].Value).ToList();

        Assert.Equal(RuleLine().Count(text), queries.Count);
        Assert.Empty(queries.SelectMany(query => Faults(query, recorded)));
    }

    [Fact]
    public void Every_dashboard_asks_for_metrics_and_labels_that_exist() =>
        Assert.Empty(Dashboards.SelectMany(Queries).SelectMany(query => Faults(query, [])));

    [Fact]
    public void Dashboards_show_something_in_every_panel() =>
        Assert.All(Dashboards, name => Assert.InRange(Queries(name).Count, 12, 40));

    [Fact]
    public void A_query_for_what_does_not_exist_is_found()
    {
        Assert.Empty(Faults("sum by (pool) (rate(vrs_calls_wait_seconds_count{priority=\"Urgent\"}[5m]))", []));
        Assert.Single(Faults("sum(rate(vrs_calls_waits_total[5m]))", []));
        Assert.Single(Faults("rate(vrs_calls_wait_seconds_total[5m])", []));
        Assert.Single(Faults("vrs_sip_flows{color=\"red\"}", []));
        Assert.Single(Faults("sum by (colour) (vrs_sip_flows)", []));
    }

    [Fact]
    public void Every_alert_has_a_runbook_that_says_what_it_is_and_what_to_do()
    {
        var text = Read(Rules);
        var alerts = AlertBlock().Matches(text).ToList();
        Assert.Equal(AlertLine().Count(text), alerts.Count);
        Assert.All(alerts, alert =>
        {
            var page = Read(alert.Groups[2].Value.Trim());
            Assert.Contains($"`{alert.Groups[1].Value}`", page, StringComparison.Ordinal);
            Assert.All(
                new[] { "## What it says", "## Who notices", "## Look at", "## Do" },
                part => Assert.Contains(part, page, StringComparison.Ordinal));
        });

        var used = alerts.Select(alert => alert.Groups[2].Value.Trim()).ToHashSet();
        Assert.Empty(SourceTree.Documents
            .Where(page => page.IsUnder("docs/runbooks") && page.Name != "README.md" && !used.Contains(page.Path))
            .Select(page => page.Path));
    }

    [Fact]
    public void Every_alert_has_a_case_in_which_it_fires_and_one_in_which_it_does_not()
    {
        var cases = TestCase().Matches(Read("deploy/prometheus/tests/vrs.test.yml"))
            .Select(one => (Alert: one.Groups[1].Value, Fires: one.Groups[2].Value.Trim() != "[]"))
            .ToHashSet();
        var alerts = AlertLine().Matches(Read(Rules)).Select(line => line.Groups[1].Value).ToList();

        Assert.Empty(alerts.Where(alert => !cases.Contains((alert, true))).Select(alert => $"{alert} never fires"));
        Assert.Empty(alerts.Where(alert => !cases.Contains((alert, false))).Select(alert => $"{alert} always fires"));
    }

    /// <summary>Metrics that runbooks name.</summary>
    [Fact]
    public void Runbooks_name_metrics_that_exist() => Assert.Empty(
        from page in SourceTree.Documents.Where(page => page.IsUnder("docs/runbooks"))
        from name in MetricName().Matches(page.Text).Select(match => match.Value)
        where !Metrics.ContainsKey(name) && !Metrics.ContainsKey($"{name}_count")
        select $"{page.Path}: {name}");

    /// <summary>What a query asks for and nobody measures.</summary>
    private static IEnumerable<string> Faults(string query, HashSet<string> recorded)
    {
        var bare = Quoted().Replace(query, "\"\"");
        var names = MetricName().Matches(bare).Select(match => match.Value).ToList();
        var labels = names.Where(Metrics.ContainsKey).SelectMany(name => Metrics[name])
            .Concat(LabelsOfOthers).ToHashSet();
        foreach (var name in names.Where(name => !Metrics.ContainsKey(name)))
        {
            yield return $"{name} is measured by nobody: {query}";
        }

        foreach (var name in RecordedName().Matches(bare).Select(match => match.Value)
            .Where(name => !recorded.Contains(name)))
        {
            yield return $"{name} is recorded by no rule: {query}";
        }

        var asked = Selector().Matches(bare).SelectMany(match => LabelName().Matches(match.Value))
            .Select(match => match.Groups[1].Value)
            .Concat(Grouping().Matches(bare).SelectMany(match => match.Groups[1].Value.Split(
                ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)));
        if (recorded.Count == 0 || names.Count > 0)
        {
            foreach (var label in asked.Where(label => !labels.Contains(label)))
            {
                yield return $"{label} is no label of {string.Join(", ", names)}: {query}";
            }
        }
    }

    private static Dictionary<string, ImmutableArray<string>> Series()
    {
        var series = OfOthers.ToDictionary(name => name, _ => ImmutableArray<string>.Empty);
        foreach (var (instrument, labels) in MetricsPage.Instruments)
        {
            foreach (var name in NamesOf(instrument))
            {
                series[name] = labels;
            }
        }

        return series;
    }

    private static IEnumerable<string> NamesOf(Instrument instrument)
    {
        var name = MetricsPage.PrometheusName(instrument);
        return MetricsPage.KindOf(instrument) is "Histogram"
            ? [$"{name}_bucket", $"{name}_sum", $"{name}_count"]
            : [name];
    }

    /// <summary>What the panels of a dashboard ask.</summary>
    internal static IReadOnlyList<string> Queries(string dashboard)
    {
        using var board = JsonDocument.Parse(Read($"deploy/grafana/dashboards/{dashboard}.json"));
        return
        [
            .. from panel in board.RootElement.GetProperty("panels").EnumerateArray()
               from target in panel.GetProperty("targets").EnumerateArray()
               select target.GetProperty("expr").GetString()!,
        ];
    }

    private static string Read(string path) => File.ReadAllText(Path.Combine(SourceTree.Root, path));

    [GeneratedRegex(@"\b(?:vrs_\w+|dotnet_\w+|up\b(?=[{\s)]))")]
    private static partial Regex MetricName();

    [GeneratedRegex(@"\bvrs:\w+:\w+")]
    private static partial Regex RecordedName();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Selector();

    [GeneratedRegex(@"(\w+)\s*(?:=~|!~|!=|=)")]
    private static partial Regex LabelName();

    [GeneratedRegex(@"\b(?:by|on) \(([^)]*)\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"(?m)^      - (?:record|alert): ")]
    private static partial Regex RuleLine();

    [GeneratedRegex(@"(?m)^      - record: (\S+)")]
    private static partial Regex RecordLine();

    [GeneratedRegex(@"(?m)^      - alert: (\w+)")]
    private static partial Regex AlertLine();

    [GeneratedRegex(@"(?m)^        expr:((?: .*)?\n(?:          .*\n)*)")]
    private static partial Regex ExprBlock();

    [GeneratedRegex(@"(?m)^      - alert: (\w+)\n(?:        .*\n)*?          runbook: (\S+)")]
    private static partial Regex AlertBlock();

    [GeneratedRegex(@"alertname: (\w+)\s+exp_alerts:(.*)")]
    private static partial Regex TestCase();
}
