using System.Reflection;
using Orleans;
using Orleans.Runtime;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Tests.Tidy;

namespace Vrs.Tests.Engine;

/// <summary>
/// What silos and gateways of different versions say to each other while a new version is rolled out: names of types
/// and methods, and numbers of members. The approved contract only grows.
/// </summary>
[Trait("Suite", "Engine")]
public sealed class WireContractTests
{
    private const string Approved = "Vrs.Tests/Engine/wire-contract.txt";

    private const string Remedy =
        "VRS_REWRITE=1 dotnet test Vrs.Tests --filter WireContractTests adds it; review the difference.";

    /// <summary>VRS_REWRITE=1 adds what is new to the contract. What was promised is never taken back.</summary>
    [Fact]
    public void The_contract_is_the_approved_one_and_promises_are_kept()
    {
        var path = Path.Combine(SourceTree.Root, Approved);
        var approved = File.Exists(path) ? File.ReadAllLines(path) : [];
        var current = Describe(typeof(ICallGrain).Assembly);
        var broken = Broken(approved, current);
        Assert.True(
            broken.Count == 0,
            $"{string.Join('\n', broken)}\nA silo of the version before would misread this. Give what changed a new "
            + $"number or name; if only a name in C# changed, or no such version ever ran, edit {Approved} first.");
        var grown = Grown(approved, current);
        if (Environment.GetEnvironmentVariable("VRS_REWRITE") == "1")
        {
            File.WriteAllLines(path, grown);
            return;
        }

        Assert.True(
            approved.SequenceEqual(grown),
            $"{Approved} lacks {string.Join("; ", grown.Except(approved))}. {Remedy}");
    }

    [Fact]
    public void A_member_may_be_added_or_given_up_but_its_number_never_means_another_thing()
    {
        string[] approved = ["vrs.A 0 string", "vrs.A 1 int", "vrs.IB.M (string) -> void"];

        Assert.Empty(Broken(approved, ["vrs.A 0 string", "vrs.A 2 int"]));
        Assert.Equal(["vrs.A 1 int is now vrs.A 1 long."], Broken(approved, ["vrs.A 0 string", "vrs.A 1 long"]));
        Assert.Single(Broken(approved, ["vrs.IB.M (int) -> void"]));
        Assert.Equal(
            ["vrs.A 0 string", "vrs.A 1 int", "vrs.A 2 int", "vrs.IB.M (string) -> void"],
            Grown(approved, ["vrs.A 2 int"]));
    }

    private static List<string> Broken(IEnumerable<string> approved, IReadOnlyList<string> current)
    {
        var now = current.ToDictionary(NameOf);
        return
        [
            .. approved.Where(line => now.TryGetValue(NameOf(line), out var other) && other != line)
                .Select(line => $"{line} is now {now[NameOf(line)]}."),
        ];
    }

    // What is gone stays in the file: its number and its name are never given again.
    private static List<string> Grown(IEnumerable<string> approved, IEnumerable<string> current) =>
        [.. approved.Union(current).Order(StringComparer.Ordinal)];

    /// <summary>What a line is about: type and number of a member, value of an enumeration, or a method.</summary>
    private static string NameOf(string line)
    {
        var words = line.Split(' ', 3);
        return words[1].StartsWith('(') ? words[0] : $"{words[0]} {words[1]}";
    }

    private static List<string> Describe(Assembly contracts) =>
        [.. contracts.GetTypes().SelectMany(Lines).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Lines(Type type)
    {
        if (type.IsInterface && typeof(IAddressable).IsAssignableFrom(type))
        {
            return type.GetMethods().Select(method =>
                $"{Name(type)}.{method.GetCustomAttribute<AliasAttribute>()?.Alias ?? method.Name} "
                + $"({string.Join(", ", method.GetParameters().Select(p => Name(p.ParameterType)))}) -> "
                + Name(method.ReturnType));
        }

        if (!type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false))
        {
            return [];
        }

        if (type.IsEnum)
        {
            return Enum.GetNames(type)
                .Select(name => $"{Name(type)} {Convert.ToInt64(Enum.Parse(type, name), null)} {name}");
        }

        return type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Where(property => property.IsDefined(typeof(IdAttribute)))
            .Select(property =>
                $"{Name(type)} {property.GetCustomAttribute<IdAttribute>()!.Id} {Name(property.PropertyType)} "
                + property.Name);
    }

    private static string Name(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return $"{Name(underlying)}?";
        }

        if (type.IsGenericType)
        {
            var name = type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)];
            return $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
        }

        return type.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias ?? type.Name;
    }
}
