namespace Vrs.Silo.Hosting;

/// <summary>
/// Any setting may stand in a file of its own: <c>Gateway__SigningKey_FILE=/run/secrets/signing-key</c>. So secrets
/// come from where containers and supervisors mount them, and stay out of environments and settings files.
/// </summary>
internal static class SettingFiles
{
    private const string Suffix = "_FILE";
    private const int BytesMax = 64 * 1024;

    /// <summary>The values that stand in files, by the names of their settings.</summary>
    /// <param name="configuration">Where files are named.</param>
    /// <exception cref="ConfigurationFaultsException">A file cannot be used; every one is told.</exception>
    public static Dictionary<string, string?> Read(IConfiguration configuration)
    {
        var faults = new List<string>();
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var setting in ConfigurationSections.All.SelectMany(s => Named(configuration.GetSection(s.Name))))
        {
            var name = SettingOf(setting.Path)!;
            if (!string.IsNullOrEmpty(configuration[name]))
            {
                faults.Add($"{setting.Path}: found a file beside {name} itself; must be one of both. Remove either.");
            }
            else if (TryRead(setting.Value!) is { } value)
            {
                values[name] = value;
            }
            else
            {
                faults.Add(
                    $"{setting.Path}: found '{setting.Value}'; must be a file with one value that this user may read. "
                    + "Correct the path, or the file's owner and mode.");
            }
        }

        return faults.Count == 0 ? values : throw new ConfigurationFaultsException(faults);
    }

    /// <summary>The setting whose file a name gives, or null when it is no such name.</summary>
    public static string? SettingOf(string name) =>
        name.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) ? name[..^Suffix.Length] : null;

    private static IEnumerable<IConfigurationSection> Named(IConfigurationSection section) =>
        section.GetChildren().SelectMany(Named)
            .Concat(SettingOf(section.Key) is not null && !string.IsNullOrEmpty(section.Value) ? [section] : []);

    private static string? TryRead(string path)
    {
        try
        {
            // A line that ends is what editors write; the end of the line is no part of a secret.
            return new FileInfo(path) is { Exists: true, Length: > 0 and <= BytesMax }
                ? File.ReadAllText(path).TrimEnd('\r', '\n')
                : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
