namespace Vrs.Grains.Domain.Machines;

/// <summary>
/// A page that shows a machine: text written by hand, and in it sections between two markers that are rendered from the
/// tables. Rendering replaces what is between the markers and leaves the rest alone.
/// </summary>
/// <param name="Path">Where it is kept, from the root of the repository.</param>
/// <param name="Sections">What it must show.</param>
public sealed record MachinePage(string Path, ImmutableArray<PageSection> Sections)
{
    private const string Begin = "<!-- rendered: ";
    private const string BeginEnd = " -->";
    private const string End = "<!-- end of rendered -->";

    /// <summary>What is wrong with the page, each with its line; none when it is current.</summary>
    /// <param name="page">The page as it is.</param>
    public IReadOnlyList<string> Faults(string page)
    {
        var marked = page.Split('\n').Where(line => line.StartsWith(Begin, StringComparison.Ordinal));
        var missing = Sections
            .Where(section => !marked.Contains(Marker(section)))
            .Select(section => $"{Path}: no line '{Marker(section)}'; add it and a line '{End}'.");
        var strange = marked.Except(Sections.Select(Marker))
            .Select(marker => $"{Path}: the marker '{marker}' names nothing that is rendered.");
        var line = page.Split('\n').Zip(Fill(page).Split('\n')).TakeWhile(pair => pair.First == pair.Second).Count();
        IEnumerable<string> stale = page == Fill(page) ? [] : [$"{Path}:{line + 1}: the page differs from the tables."];
        return [.. missing, .. strange, .. stale];
    }

    /// <summary>The page with every section as it must be.</summary>
    /// <param name="page">The page as it is.</param>
    public string Fill(string page)
    {
        var filled = new List<string>();
        var inside = false;
        foreach (var line in page.Split('\n'))
        {
            inside &= line != End;
            if (!inside)
            {
                filled.Add(line);
            }

            if (Sections.FirstOrDefault(section => line == Marker(section)) is { } begun)
            {
                filled.AddRange(["", .. begun.Text.TrimEnd('\n').Split('\n'), ""]);
                inside = true;
            }
        }

        return string.Join('\n', filled);
    }

    private static string Marker(PageSection section) => Begin + section.Name + BeginEnd;
}

/// <summary>A part of a page that is rendered from code.</summary>
/// <param name="Name">Its name in the marker.</param>
/// <param name="Text">Its lines.</param>
public sealed record PageSection(string Name, string Text);
