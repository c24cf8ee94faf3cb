using System.Text.RegularExpressions;

namespace Vrs.Tests.Tidy;

/// <summary>The release gate names steps and tests that exist, and the workflow runs it for every tag.</summary>
[Trait("Suite", "Tidy")]
public sealed partial class ReleaseGateTests
{
    private static SourceFile Page => SourceTree.Documents.Single(file => file.Path == "docs/release-gate.md");

    [Fact]
    public void Every_line_is_shown_by_a_step_or_a_test_that_exists()
    {
        var lines = Lines(Page.Text).ToList();

        Assert.True(lines.Count >= 10);
        Assert.All(lines, line => Assert.True(IsShown(line.ShownBy), $"'{line.What}' is shown by nothing there is."));
        Assert.All(lines, line => Assert.True(IsCommand(line.Command), $"'{line.Command}' is no command there is."));
    }

    [Fact]
    public void The_workflow_runs_the_gate_for_every_tag_with_the_whole_history()
    {
        var workflow = File.ReadAllText(Path.Combine(SourceTree.Root, ".github/workflows/release.yml"));

        Assert.Contains("tags: [\"v*\"]", workflow, StringComparison.Ordinal);
        Assert.Contains("run: .ci/run", workflow, StringComparison.Ordinal);
        Assert.Contains("fetch-depth: 0", workflow, StringComparison.Ordinal);
        var gate = File.ReadAllText(Path.Combine(SourceTree.Root, ".ci/run"));
        Assert.Contains("./vrs verify", gate, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ci")]
    [InlineData("release")]
    public void A_workflow_brings_the_programs_that_the_gate_needs(string name)
    {
        var workflow = File.ReadAllText(Path.Combine(SourceTree.Root, $".github/workflows/{name}.yml"));
        var script = SourceTree.Files.Single(file => file.Path == "scripts/verify.sh").Text;
        // Its machines come with Python, and with a Chromium of another name.
        var packages = Needed().Matches(script).Select(match => match.Groups[1].Value)
            .Except(["chromium", "python3"]).ToList();

        Assert.Contains("prometheus", packages);
        Assert.All(packages, package => Assert.Matches($@"apt-get install .*[ ]{package}([ ]|\n)", workflow));
    }

    [Fact]
    public void The_release_before_is_replaced_and_rolled_back_to_for_every_tag()
    {
        var workflow = File.ReadAllText(Path.Combine(SourceTree.Root, ".github/workflows/release.yml"));

        Assert.Contains("./vrs crash --before", workflow, StringComparison.Ordinal);
    }

    [Fact]
    public void The_rule_sees_what_it_forbids()
    {
        Assert.False(IsShown("step `no-such-step`"));
        Assert.False(IsShown("`NoSuchTests`"));
        Assert.False(IsShown("good will"));
        Assert.True(IsShown($"step `build`, `{nameof(ReleaseGateTests)}`"));
        Assert.False(IsCommand("`./vrs no-such-command`"));
        Assert.False(IsCommand("`./vrs simulate --no-such-option 5`"));
        Assert.False(IsCommand("good will"));
        Assert.True(IsCommand("`./vrs simulate --seeds 5000`"));
    }

    private static bool IsShown(string cell)
    {
        var steps = Step().Matches(SourceTree.Files.Single(file => file.Path == "scripts/verify.sh").Text)
            .Select(match => match.Groups[1].Value).ToHashSet();
        var names = Quoted().Matches(cell).Select(match => match.Groups[1].Value).ToList();
        return names.Count > 0 && names.All(name => steps.Contains(name) || DocumentTests.NamesTests($"`{name}`"));
    }

    /// <summary>A command has a script of its own, and its words and options stand in the help.</summary>
    private static bool IsCommand(string cell)
    {
        var help = File.ReadAllText(Path.Combine(SourceTree.Root, "vrs"));
        return cell.Trim('`').Split(' ') is ["./vrs", var command, .. var rest]
            && File.Exists(Path.Combine(SourceTree.Root, "scripts", $"{command}.sh"))
            && rest.Where(word => !word.All(char.IsAsciiDigit))
                .All(word => help.Contains(word, StringComparison.Ordinal));
    }

    private static IEnumerable<(string What, string ShownBy, string Command)> Lines(string page) =>
        from line in page.Split('\n')
        let cells = line.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries)
        where line.StartsWith('|') && cells.Length == 3 && cells[0] is not ("line of the gate" or "---")
        select (cells[0], cells[1], cells[2]);

    [GeneratedRegex(@"(?m)^  '(\w+) *\|")]
    private static partial Regex Step();

    [GeneratedRegex(@"(?m)(?:^  need \S+|apt_install) (\S+)")]
    private static partial Regex Needed();

    [GeneratedRegex(@"`([^`]+)`")]
    private static partial Regex Quoted();
}
