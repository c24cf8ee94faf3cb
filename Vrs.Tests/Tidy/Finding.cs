namespace Vrs.Tests.Tidy;

/// <summary>One place that breaks a rule of style, and what to do about it.</summary>
/// <param name="Path">The file, from the root of the repository.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Remedy">What is wrong and how to mend it.</param>
internal sealed record Finding(string Path, int Line, string Remedy)
{
    /// <summary>Fails with every finding at once, one a line, in the form that editors turn into links.</summary>
    public static void AssertNone(IEnumerable<Finding> findings)
    {
        var lines = findings.Select(finding => finding.ToString()).Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(lines.Count == 0, $"{lines.Count} finding(s):\n{string.Join('\n', lines)}");
    }

    public override string ToString() => $"{Path}:{Line}: {Remedy}";
}
