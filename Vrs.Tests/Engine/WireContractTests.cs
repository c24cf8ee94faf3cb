using System.Reflection;
using Orleans;
using Orleans.Runtime;
using Vrs.Grains.Interfaces.Calls;

namespace Vrs.Tests.Engine;

/// <summary>
/// What silos and gateways of different versions say to each other while a new version is rolled out: names of types
/// and methods, and numbers of members. The approved contract only grows.
/// </summary>
[Trait("Suite", "Engine")]
public sealed class WireContractTests
{
    private static readonly ApprovedContract Approved =
        new("Vrs.Tests/Engine/wire-contract.txt", nameof(WireContractTests));

    /// <summary>VRS_REWRITE=1 adds what is new to the contract. What was promised is never taken back.</summary>
    [Fact]
    public void The_contract_is_the_approved_one_and_promises_are_kept() => Approved.Check(
        Describe(typeof(ICallGrain).Assembly), "A silo of the version before would misread this.");

    [Fact]
    public void A_member_may_be_added_or_given_up_but_its_number_never_means_another_thing()
    {
        string[] approved = ["vrs.A 0 string", "vrs.A 1 int", "vrs.IB.M (string) -> void"];

        Assert.Empty(ApprovedContract.Broken(approved, ["vrs.A 0 string", "vrs.A 2 int"]));
        Assert.Equal(
            ["vrs.A 1 int is now vrs.A 1 long."],
            ApprovedContract.Broken(approved, ["vrs.A 0 string", "vrs.A 1 long"]));
        Assert.Single(ApprovedContract.Broken(approved, ["vrs.IB.M (int) -> void"]));
        Assert.Equal(
            ["vrs.A 0 string", "vrs.A 1 int", "vrs.A 2 int", "vrs.IB.M (string) -> void"],
            ApprovedContract.Grown(approved, ["vrs.A 2 int"]));
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
