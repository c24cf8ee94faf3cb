namespace Vrs.Tests.Tidy;

/// <summary>Every file of test data is read by a test; one that nobody reads only looks like coverage.</summary>
[Trait("Suite", "Tidy")]
public sealed class FixtureTests
{
    private static readonly string[] DataExtensions = [".dat", ".sdp", ".txt"];

    [Fact]
    public void Every_data_file_is_used()
    {
        var tests = SourceTree.Files.Where(file => file.IsUnder("Vrs.Tests")).ToList();
        var code = string.Concat(tests.Where(file => file.IsCSharp).Select(file => file.Text));
        Finding.AssertNone(
            from file in tests
            where DataExtensions.Contains(file.Extension) && !IsNamed(file.Path, code)
            select file.At(1, "no test names this file, nor its folder, as a string: use it or remove it."));
    }

    [Fact]
    public void The_rule_sees_what_it_forbids()
    {
        Assert.False(IsNamed("Vrs.Tests/Gateway/Torture/valid/wsinv.dat", "class A;"));
        Assert.True(IsNamed("Vrs.Tests/Gateway/Torture/valid/wsinv.dat", "[InlineData(\"wsinv\")]"));
        Assert.True(IsNamed("Vrs.Tests/Callflows/happy.txt", "Directory.GetFiles(\"Callflows\")"));
    }

    private static bool IsNamed(string path, string code) =>
        new[] { Path.GetFileName(path), Path.GetFileNameWithoutExtension(path), FolderOf(path) }
            .Any(name => code.Contains($"{name}\"", StringComparison.Ordinal));

    private static string FolderOf(string path) => Path.GetFileName(Path.GetDirectoryName(path)!);
}
