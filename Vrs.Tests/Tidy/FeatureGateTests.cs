using System.Globalization;
using System.Text.RegularExpressions;

namespace Vrs.Tests.Tidy;

/// <summary>
/// The matrix adds up and applies its own rule; what was built names its tests; the roadmap follows from it.
/// </summary>
[Trait("Suite", "Tidy")]
public sealed partial class FeatureGateTests
{
    private const int SumMin = 28;
    private const int ReliabilityMin = 4;
    private const int SecurityMin = 4;
    private const int IntegrationMin = 3;

    private static SourceFile Matrix =>
        SourceTree.Documents.Single(file => file.Path == "docs/product/feature-gate-matrix.md");

    private static SourceFile Roadmap => SourceTree.Documents.Single(file => file.Path == "docs/roadmap.md");

    [Fact]
    public void Sums_add_up_and_verdicts_follow_the_rule()
    {
        Assert.True(Features(Matrix).Count > 15);
        Finding.AssertNone(Wrong(Matrix));
    }

    [Fact]
    public void What_was_built_passes_and_links_to_its_tests() =>
        Assert.All(
            Features(Matrix).Where(feature => feature.IsBuilt),
            feature => Assert.True(
                feature.Verdict == "passes" && LinksToTests(feature.Evidence),
                $"'{feature.Name}' does not pass, or does not link to tests."));

    [Theory]
    [InlineData("[`CrashTests`](../../Vrs.Tests/Integration/Crash/CrashTests.cs): it holds", true)]
    [InlineData("`CrashTests`: named and not linked", false)]
    [InlineData("[`CrashTests`](../../Vrs.Tests/Integration/Crash/CrashTests.cs), `LengthTests`", false)]
    [InlineData("[`CrashTests`](../../Vrs.Tests/Tidy/LengthTests.cs)", false)]
    [InlineData("[`NoTests`](../../Vrs.Tests/Tidy/NoTests.cs)", false)]
    [InlineData("it works", false)]
    public void Evidence_is_links_to_tests(string evidence, bool isEvidence) =>
        Assert.Equal(isEvidence, LinksToTests(evidence));

    [Fact]
    public void The_roadmap_has_what_passes_in_the_order_of_the_matrix_and_apart_what_waits()
    {
        var next = Features(Matrix).Where(feature => !feature.IsBuilt).ToList();
        var toDo = Roadmap.Lines.Where(line => line.Length > 0 && char.IsDigit(line[0]))
            .Select(line => line.Split(". ", 2)[1]);
        var waiting = Roadmap.Lines.Where(line => line.StartsWith('|')).Skip(2)
            .Select(line => line.Split('|')[1].Trim());

        Assert.Equal(next.OrderByDescending(feature => feature.Sum), next);
        Assert.Equal(next.Where(feature => feature.Verdict == "passes").Select(feature => feature.Name), toDo);
        Assert.Equal(next.Where(feature => feature.Verdict == "waits").Select(feature => feature.Name), waiting);
    }

    [Theory]
    [InlineData("| A | 5 | 5 | 5 | 5 | 5 | 5 | 5 | 5 | 39 | passes | e |")]
    [InlineData("| A | 5 | 5 | 5 | 3 | 5 | 5 | 5 | 5 | 38 | passes | e |")]
    [InlineData("| A | 5 | 5 | 3 | 5 | 5 | 5 | 5 | 5 | 38 | passes | e |")]
    [InlineData("| A | 5 | 5 | 5 | 5 | 2 | 5 | 5 | 5 | 37 | passes | e |")]
    [InlineData("| A | 3 | 3 | 4 | 4 | 3 | 3 | 3 | 4 | 27 | passes | e |")]
    [InlineData("| A | 6 | 5 | 5 | 5 | 5 | 5 | 5 | 5 | 41 | passes | e |")]
    [InlineData("| A | 4 | 4 | 4 | 4 | 4 | 4 | 4 | 4 | 32 | waits | e |")]
    public void The_rule_sees_what_it_forbids(string row) =>
        Assert.Single(Wrong(new SourceFile("docs/bad.md", row)));

    private static IEnumerable<Finding> Wrong(SourceFile page) =>
        from feature in Features(page)
        let scores = feature.Scores
        let passes = scores.Sum() >= SumMin
            && scores[2] >= ReliabilityMin && scores[3] >= SecurityMin && scores[4] >= IntegrationMin
        where feature.Sum != scores.Sum()
            || scores.Any(score => score is < 0 or > 5)
            || feature.Verdict != (passes ? "passes" : "waits")
        select page.At(feature.Line, $"'{feature.Name}' is {scores.Sum()} and {(passes ? "passes" : "waits")}.");

    private static IReadOnlyList<Feature> Features(SourceFile page)
    {
        var next = Array.FindIndex([.. page.Lines], line => line == "## Next in line");
        return
        [
            .. from line in page.Lines.Select((text, index) => (Text: text, Index: index))
               let cells = line.Text.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries)
               where cells.Length == 12 && cells[9].Length > 0 && char.IsDigit(cells[9][0])
               select new Feature(
                   cells[0], [.. cells[1..9].Select(Number)], Number(cells[9]), cells[10], cells[11], line.Index + 1,
                   line.Index < next),
        ];
    }

    /// <summary>There is one, and whatever is named is a link to the file of that name.</summary>
    private static bool LinksToTests(string evidence)
    {
        var links = TestLink().Matches(evidence);
        return links.Count > 0
            && links.Count == evidence.Count(letter => letter == '`') / 2
            && links.All(link => SourceTree.Exists(link.Groups["path"].Value)
                && Path.GetFileName(link.Groups["path"].Value) is var file
                && (file == link.Groups["name"].Value || file == $"{link.Groups["name"].Value}.cs"));
    }

    [GeneratedRegex(@"\[`(?<name>[^`]+)`\]\(\.\./\.\./(?<path>(Vrs\.Tests|Vrs\.Gateway/web/e2e)/[^)\s]+)\)")]
    private static partial Regex TestLink();

    private static int Number(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);

    private sealed record Feature(
        string Name, IReadOnlyList<int> Scores, int Sum, string Verdict, string Evidence, int Line, bool IsBuilt);
}
