using System.Text.RegularExpressions;
using Vrs.Tests.Tidy;

namespace Vrs.Tests.Gateway.Sip;

/// <summary>docs/sip-profile.md names a file and tests for every rule; both are there.</summary>
public sealed partial class SipProfileTests
{
    [Fact]
    public void Every_rule_names_a_file_and_tests_that_exist()
    {
        var classes = typeof(SipProfileTests).Assembly.GetTypes().Select(type => type.Name).ToHashSet();
        var rows = File.ReadLines(Path.Combine(SourceTree.Root, "docs", "sip-profile.md"))
            .Where(line => Row().IsMatch(line))
            .Select(line => line.Trim('|', ' ').Split('|'))
            .ToList();

        Assert.True(rows.Count > 30, "The profile has lost its tables.");
        Assert.All(rows, row =>
        {
            Assert.Equal(4, row.Length);
            Assert.True(SourceTree.Exists(Link().Match(row[2]).Groups[1].Value), row[2]);
            Assert.NotEmpty(Test().Matches(row[3]));
            Assert.All(Test().Matches(row[3]), test => Assert.Contains(test.Groups[1].Value, classes));
        });
    }

    [GeneratedRegex(@"\]\(\.\./([^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^\| (?!rule \|)[^-]")]
    private static partial Regex Row();

    [GeneratedRegex("`(\\w+)`")]
    private static partial Regex Test();
}
