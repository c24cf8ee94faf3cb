using System.Collections;
using System.Reflection;
using System.Text.RegularExpressions;
using Vrs.Silo.Hosting;

namespace Vrs.Tests.Tidy;

/// <summary>docs/operations.md names every setting there is, and none that is not.</summary>
[Trait("Suite", "Tidy")]
public sealed partial class SettingsPageTests
{
    private const string Page = "docs/operations.md";

    // The program and what it is made of, whatever engine it was built with.
    private static readonly Assembly[] WithOptions =
    [
        typeof(VrsHost).Assembly,
        .. typeof(VrsHost).Assembly.GetReferencedAssemblies()
            .Where(name => name.Name!.StartsWith("Vrs.", StringComparison.Ordinal))
            .Select(Assembly.Load),
    ];

    [Fact]
    public void The_page_names_every_setting()
    {
        var named = Named();
        Finding.AssertNone(Existing().Where(setting => !Names(setting).Any(named.Contains)).Select(setting =>
            new Finding(Page, 1, $"no row for {setting}: add one, or one for {Names(setting).ElementAt(1)}.")));
    }

    [Fact]
    public void The_page_names_no_setting_that_nothing_reads()
    {
        var existing = Existing().SelectMany(Names).ToHashSet();
        Finding.AssertNone(Named().Where(setting => !existing.Contains(setting))
            .Select(setting => new Finding(Page, 1, $"nothing reads {setting}: remove its row.")));
    }

    private static HashSet<string> Named() =>
        [.. Row().Matches(SourceTree.Documents.Single(page => page.Path == Page).Text)
            .Select(row => row.Groups[1].Value)];

    private static IReadOnlyList<string> Existing() =>
        [.. from assembly in WithOptions
            from type in assembly.GetTypes()
            let section = type.GetField("Section")?.GetRawConstantValue() as string
            where section is not null
            from setting in Settings(section, type)
            select setting];

    private static IEnumerable<string> Settings(string section, Type type) =>
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        let name = $"{section}:{property.Name}"
        from setting in IsGroup(property.PropertyType) ? Settings(name, property.PropertyType) : [name]
        select setting;

    private static bool IsGroup(Type type) =>
        type.IsClass && type.Namespace is ['V', 'r', 's', ..] && !type.IsAssignableTo(typeof(IEnumerable));

    /// <summary>The setting itself and the groups it belongs to, the nearest first.</summary>
    private static IEnumerable<string> Names(string setting)
    {
        yield return setting;
        for (var end = setting.LastIndexOf(':'); end > 0; end = setting.LastIndexOf(':', end - 1))
        {
            yield return setting[..end] + ":*";
        }
    }

    [GeneratedRegex(@"(?m)^\| `(?!Logging:)(\w+(?::[\w*]+)+)`")]
    private static partial Regex Row();
}
