using Vrs.Tests.Tidy;

namespace Vrs.Tests.Engine;

/// <summary>
/// A file of promises, one a line: what it is about in two words, then what is promised of it. It only grows; what is
/// gone stays in it, so that its name is never given again.
/// </summary>
/// <param name="file">The file, in the repository.</param>
/// <param name="test">The class of the test that compares it.</param>
internal sealed class ApprovedContract(string file, string test)
{
    /// <summary>Fails when a promise was broken, and when something is promised that nobody reviewed.</summary>
    /// <param name="current">What is promised now.</param>
    /// <param name="harm">Who is harmed by a broken promise, as a sentence.</param>
    /// <param name="isNeeded">What may never go; null when everything may.</param>
    public void Check(IReadOnlyList<string> current, string harm, Func<string, bool>? isNeeded = null)
    {
        var path = Path.Combine(SourceTree.Root, file);
        var approved = File.Exists(path) ? File.ReadAllLines(path) : [];
        var gone = approved.Except(current).Where(isNeeded ?? (_ => false)).Select(line => $"{line}: gone.");
        List<string> broken = [.. Broken(approved, current), .. gone];
        Assert.True(
            broken.Count == 0,
            $"{string.Join('\n', broken)}\n{harm} Give what changed a new number or name; if only a name in C# "
            + $"changed, or no such version ever ran, edit {file} first.");
        var grown = Grown(approved, current);
        if (Environment.GetEnvironmentVariable("VRS_REWRITE") == "1")
        {
            File.WriteAllLines(path, grown);
            return;
        }

        Assert.True(
            approved.SequenceEqual(grown),
            $"{file} lacks {string.Join("; ", grown.Except(approved))}. "
            + $"VRS_REWRITE=1 dotnet test Vrs.Tests --filter {test} adds it; review the difference.");
    }

    /// <summary>What was promised otherwise before.</summary>
    public static List<string> Broken(IEnumerable<string> approved, IReadOnlyList<string> current)
    {
        var now = current.ToDictionary(NameOf);
        return
        [
            .. approved.Where(line => now.TryGetValue(NameOf(line), out var other) && other != line)
                .Select(line => $"{line} is now {now[NameOf(line)]}."),
        ];
    }

    /// <summary>All that was ever promised, in order.</summary>
    public static List<string> Grown(IEnumerable<string> approved, IEnumerable<string> current) =>
        [.. approved.Union(current).Order(StringComparer.Ordinal)];

    /// <summary>What a line is about: type and number of a member, value of an enumeration, or a method.</summary>
    private static string NameOf(string line)
    {
        var words = line.Split(' ', 3);
        return words[1].StartsWith('(') ? words[0] : $"{words[0]} {words[1]}";
    }
}
