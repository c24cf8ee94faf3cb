namespace Vrs.Tests.Tidy;

/// <summary>The files people write, without what builds leave behind.</summary>
internal static class SourceTree
{
    private static readonly HashSet<string> LeftByBuilds = new(StringComparer.Ordinal)
    {
        ".git", ".vs", ".vscode", ".idea", "artifacts", "bin", "obj", "data", "node_modules", "wwwroot", "dist",
        "TestResults", "test-results", "playwright-report", "BenchmarkDotNet.Artifacts",
    };

    private static readonly HashSet<string> TextExtensions = new(StringComparer.Ordinal)
    {
        ".cs", ".ts", ".tsx", ".js", ".mjs", ".css", ".html", ".sh", ".sql", ".md", ".yml", ".yaml", ".json", ".props",
        ".targets", ".csproj", ".template", ".txt", ".dat", ".sdp", ".conf", "",
    };

    private static readonly Lazy<IReadOnlyList<SourceFile>> All = new(ReadAll);

    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    public static IReadOnlyList<SourceFile> Files => All.Value;

    public static IEnumerable<SourceFile> CSharp => Files.Where(file => file.IsCSharp);

    /// <summary>Programs and style sheets: what the rules on length and left-overs are about.</summary>
    public static IEnumerable<SourceFile> Code => Files.Where(file =>
        file.Extension is ".cs" or ".ts" or ".tsx" or ".js" or ".mjs" or ".css" or ".sh" or ".sql" || IsScript(file));

    public static IEnumerable<SourceFile> Documents => Files.Where(file => file.Extension == ".md");

    public static bool Exists(string path) => Path.Exists(Path.Combine(Root, path));

    private static bool IsScript(SourceFile file) =>
        file.Extension.Length == 0 && file.Text.StartsWith("#!", StringComparison.Ordinal);

    private static IReadOnlyList<SourceFile> ReadAll() =>
        [.. Read(Root).OrderBy(file => file.Path, StringComparer.Ordinal)];

    private static IEnumerable<SourceFile> Read(string folder)
    {
        foreach (var path in Directory.GetFiles(folder).Where(path => TextExtensions.Contains(Path.GetExtension(path))))
        {
            yield return new SourceFile(Path.GetRelativePath(Root, path).Replace('\\', '/'), File.ReadAllText(path));
        }

        foreach (var inner in Directory.GetDirectories(folder).Where(path => !IsLeftByBuilds(path)))
        {
            foreach (var file in Read(inner))
            {
                yield return file;
            }
        }
    }

    private static bool IsLeftByBuilds(string folder) => LeftByBuilds.Contains(Path.GetFileName(folder));

    private static string FindRoot(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Vrs.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {start} holds Vrs.sln; run the tests from a clone.");
    }
}
