namespace Vrs.Tests.Tidy;

/// <summary>The threat model leaves no letter of STRIDE out, and each control is shown by tests.</summary>
[Trait("Suite", "Tidy")]
public sealed class SecurityPageTests
{
    private const string Letters = "STRIDE";

    private static SourceFile Page => SourceTree.Documents.Single(file => file.Path == "docs/security.md");

    [Fact]
    public void Every_boundary_has_every_letter_once() =>
        Assert.All(Boundaries(Page), b => Assert.Equal(Letters.Order(), b.Select(row => row.Letter).Order()));

    [Fact]
    public void Every_control_is_shown_by_tests_that_exist()
    {
        Assert.True(Boundaries(Page).Count() >= 7);
        Finding.AssertNone(Unshown(Page));
    }

    [Fact]
    public void Each_rule_sees_what_it_forbids()
    {
        var bad = new SourceFile("docs/bad.md", "### A\n| S | a | b | `NoSuchTests` |\n| T | a | b | none |");

        Assert.Equal(2, Unshown(bad).Count());
        Assert.NotEqual(Letters.Order(), Assert.Single(Boundaries(bad)).Select(row => row.Letter).Order());
    }

    private static IEnumerable<Finding> Unshown(SourceFile page) =>
        from row in Boundaries(page).SelectMany(rows => rows)
        where !DocumentTests.NamesTests(row.Tests)
        select page.At(row.Line, $"the control of '{row.Threat}' is shown by no test that exists: name one.");

    /// <summary>The rows of threats, by the heading they stand under.</summary>
    private static IEnumerable<IGrouping<string, Row>> Boundaries(SourceFile page)
    {
        var heading = "";
        var rows = new List<Row>();
        foreach (var (text, index) in page.Lines.Select((text, index) => (text, index)))
        {
            heading = text.StartsWith('#') ? text : heading;
            var cells = text.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries);
            if (text.StartsWith('|') && cells is [[var letter], var threat, _, var tests])
            {
                rows.Add(new Row(heading, index + 1, letter, threat, tests));
            }
        }

        return rows.GroupBy(row => row.Boundary);
    }

    private sealed record Row(string Boundary, int Line, char Letter, string Threat, string Tests);
}
