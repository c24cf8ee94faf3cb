using System.Collections;
using System.Reflection;
using System.Text.RegularExpressions;
using Vrs.Gateway;
using Vrs.Silo.Hosting;
using Vrs.Silo.Storage;

namespace Vrs.Tests.Tidy;

/// <summary>docs/operations.md names every setting there is, and none that is not.</summary>
[Trait("Suite", "Tidy")]
public sealed partial class SettingsPageTests
{
    private static readonly Assembly[] WithOptions =
        [typeof(GatewayOptions).Assembly, typeof(VrsHost).Assembly, typeof(StorageOptions).Assembly];

    [Fact]
    public void The_page_names_every_setting()
    {
        var named = Named();
        Assert.DoesNotContain(Existing(), setting => !named.Contains(setting) && !named.Contains(Group(setting)));
    }

    [Fact]
    public void The_page_names_no_setting_that_nothing_reads()
    {
        var existing = Existing().SelectMany(setting => new[] { setting, Group(setting) }).ToHashSet();
        Assert.DoesNotContain(Named(), setting => !existing.Contains(setting));
    }

    private static HashSet<string> Named() =>
        [.. Row().Matches(SourceTree.Documents.Single(page => page.Path == "docs/operations.md").Text)
            .Select(row => row.Groups[1].Value)];

    private static IReadOnlyList<string> Existing() =>
        [.. from assembly in WithOptions.Distinct()
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

    private static string Group(string setting) => setting[..setting.LastIndexOf(':')] + ":*";

    [GeneratedRegex(@"(?m)^\| `(\w+(?::[\w*]+)+)`")]
    private static partial Regex Row();
}
