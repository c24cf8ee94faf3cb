using System.Text.RegularExpressions;

namespace Vrs.Tests.Tidy;

/// <summary>A document that no test reads drifts: links lead somewhere, and claims name a test that exists.</summary>
[Trait("Suite", "Tidy")]
public sealed partial class DocumentTests
{
    [Fact]
    public void Links_between_documents_lead_somewhere() =>
        Finding.AssertNone(SourceTree.Documents.SelectMany(BrokenLinks));

    [Fact]
    public void The_map_of_a_folder_names_its_pages()
    {
        var maps = SourceTree.Documents.Where(file => file.IsUnder("docs") && file.Name == "README.md");
        Finding.AssertNone(
            from map in maps
            let folder = map.Path[..^map.Name.Length]
            from page in SourceTree.Documents
            where page != map && page.Path == folder + page.Name
            where !map.Text.Contains($"({page.Name})", StringComparison.Ordinal)
            select page.At(1, $"no entry in {map.Path}: add one, or remove the page."));
    }

    [Fact]
    public void What_the_status_page_claims_is_shown_by_a_test_that_exists()
    {
        var status = SourceTree.Documents.Single(file => file.Path == "docs/status.md");
        var findings = Claims(status).ToList();
        Assert.NotEmpty(Rows(status));
        Finding.AssertNone(findings);
    }

    [Fact]
    public void Commands_in_documents_exist()
    {
        var help = SourceTree.Files.Single(file => file.Path == "vrs").Text;
        Finding.AssertNone(
            from file in SourceTree.Documents
            from line in file.Lines.Select((text, index) => (Text: text, Number: index + 1))
            from Match command in Command().Matches(line.Text)
            where !Regex.IsMatch(help, $@"(?m)^\s*{command.Groups[1].Value}\b")
            select file.At(line.Number, $"./vrs {command.Groups[1].Value} is no command: see ./vrs help."));
    }

    [Fact]
    public void Each_rule_sees_what_it_forbids()
    {
        Assert.Single(BrokenLinks(new SourceFile("docs/bad.md", "[gone](no-page.md) [there](https://example.org/)")));
        Assert.Single(BrokenLinks(new SourceFile("docs/bad.md", "# One\n[gone](#two) [self](#one)")));
        Assert.Single(Claims(new SourceFile("docs/status.md", "| Calls | works | `NoSuchTests.Anything` |")));
        Assert.Single(Claims(new SourceFile("docs/status.md", "| Calls | works | none |")));
        Assert.Empty(Claims(new SourceFile("docs/status.md", $"| Style | works | `{nameof(DocumentTests)}` |")));
    }

    private static IEnumerable<Finding> BrokenLinks(SourceFile file) =>
        from line in file.Lines.Select((text, index) => (Text: text, Number: index + 1))
        from Match link in Link().Matches(line.Text)
        let target = link.Groups[1].Value
        where !target.Contains(':', StringComparison.Ordinal)
        where !Leads(file, target)
        select file.At(line.Number, $"the link to {target} leads nowhere: mend it or remove it.");

    private static bool Leads(SourceFile file, string target)
    {
        var parts = target.Split('#', 2);
        if (parts[0].Length == 0)
        {
            return Headings(file).Contains(parts[1]);
        }

        var path = Resolve(file.Path, parts[0]);
        var page = SourceTree.Documents.FirstOrDefault(page => page.Path == path);
        return SourceTree.Exists(path) && (parts.Length == 1 || page is null || Headings(page).Contains(parts[1]));
    }

    private static string Resolve(string from, string to)
    {
        var folder = Path.GetDirectoryName(Path.Combine(SourceTree.Root, from))!;
        return Path.GetRelativePath(SourceTree.Root, Path.GetFullPath(Path.Combine(folder, to))).Replace('\\', '/');
    }

    /// <summary>The anchors that a page's headings get on the usual forges.</summary>
    private static HashSet<string> Headings(SourceFile file) =>
        [.. file.Lines.Where(line => line.StartsWith('#')).Select(line => NotInAnchor().Replace(
            line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'))];

    /// <summary>The rows of every table that has a column of tests last: feature, state, tests.</summary>
    private static IEnumerable<(int Line, string State, string Tests)> Rows(SourceFile file) =>
        from line in file.Lines.Select((text, index) => (Text: text, Number: index + 1))
        let cells = line.Text.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries)
        where line.Text.StartsWith('|') && cells.Length == 3 && cells[1] is "works" or "partly" or "not yet"
        select (line.Number, cells[1], cells[2]);

    private static IEnumerable<Finding> Claims(SourceFile status)
    {
        foreach (var (line, state, tests) in Rows(status))
        {
            var names = Quoted().Matches(tests).Select(match => match.Groups[1].Value).ToList();
            if (state == "works" && names.Count == 0)
            {
                yield return status.At(line, "says 'works' and names no test: name it, or say 'partly'.");
            }

            foreach (var name in names.Where(name => !TestExists(name)))
            {
                yield return status.At(line, $"there is no test {name}: name one that exists.");
            }
        }
    }

    /// <summary>Whether a cell of a table names at least one test, and only tests that exist.</summary>
    /// <param name="cell">The text of the cell.</param>
    internal static bool NamesTests(string cell)
    {
        var names = Quoted().Matches(cell).Select(match => match.Groups[1].Value).ToList();
        return names.Count > 0 && names.All(TestExists);
    }

    /// <summary>A test is named as a class, as class.method, or by the path of a file of tests or stories.</summary>
    private static bool TestExists(string name)
    {
        if (name.Contains('/', StringComparison.Ordinal))
        {
            return SourceTree.Exists(name);
        }

        var parts = name.Split('.');
        return typeof(DocumentTests).Assembly.GetTypes().Any(type =>
            type.Name == parts[0] && (parts.Length == 1 || type.GetMethods().Any(method => method.Name == parts[1])));
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();

    [GeneratedRegex(@"\./vrs ([a-z-]+)")]
    private static partial Regex Command();
}
