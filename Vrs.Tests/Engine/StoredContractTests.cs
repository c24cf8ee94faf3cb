using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Orleans.Runtime;
using Vrs.Grains.Calls;
using Vrs.Silo.Storage;

namespace Vrs.Tests.Engine;

/// <summary>
/// The names under which grain state stands in the database. It is JSON and has no numbers as messages have: a name is
/// what a row of an earlier version is read by, and what an earlier version reads after a rollback.
/// </summary>
[Trait("Suite", "Engine")]
public sealed class StoredContractTests
{
    private const string Word = " is one of its words";
    private const string Kind = " $type=";

    private static readonly ApprovedContract Approved =
        new("Vrs.Tests/Engine/stored-contract.txt", nameof(StoredContractTests));

    private static readonly StateJson Json = new();

    /// <summary>VRS_REWRITE=1 adds what is new to the contract. What was promised is never taken back.</summary>
    [Fact]
    public void Names_in_storage_are_the_approved_ones_and_keep_their_types() => Approved.Check(
        [.. Stored().SelectMany(Lines).Order(StringComparer.Ordinal)],
        "Rows that earlier versions wrote would be misread.",
        NeededByRows);

    [Fact]
    public void The_state_of_every_grain_that_stores_any_is_described()
    {
        var stored = Stored();

        Assert.Equal(6, Roots().Count());
        Assert.Contains(stored, type => type.Name == "CallState");
        Assert.Contains(stored, type => type.Name == "CallEffect");
        Assert.Contains(stored, type => type.IsEnum && type.Name == "CallPhase");
    }

    /// <summary>A member that is gone is passed over in old rows; a word or kind that is gone is not read.</summary>
    private static bool NeededByRows(string line) =>
        line.EndsWith(Word, StringComparison.Ordinal) || line.Contains(Kind, StringComparison.Ordinal);

    /// <summary>What grains ask the engine to keep.</summary>
    private static IEnumerable<Type> Roots() =>
        from type in typeof(CallGrain).Assembly.GetTypes()
        from constructor in type.GetConstructors()
        from parameter in constructor.GetParameters()
        where parameter.IsDefined(typeof(PersistentStateAttribute))
        select parameter.ParameterType.GetGenericArguments()[0];

    /// <summary>The roots and all types of ours that stand in them.</summary>
    private static HashSet<Type> Stored()
    {
        var found = new HashSet<Type>();
        var open = new Queue<Type>(Roots());
        while (open.TryDequeue(out var next))
        {
            if (!found.Add(next))
            {
                continue;
            }

            foreach (var used in UsedBy(next).SelectMany(Parts).Where(IsOurs))
            {
                open.Enqueue(used);
            }
        }

        return found;
    }

    private static IEnumerable<Type> UsedBy(Type type) => Json.Options.GetTypeInfo(type) is var info
        && info.Kind is JsonTypeInfoKind.Object
            ? info.Properties.Select(property => property.PropertyType)
                .Concat(info.PolymorphismOptions?.DerivedTypes.Select(derived => derived.DerivedType) ?? [])
            : [];

    private static IEnumerable<Type> Parts(Type type) =>
        type.IsArray ? Parts(type.GetElementType()!)
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type)
        : [type];

    private static bool IsOurs(Type type) => type.Namespace!.StartsWith("Vrs.", StringComparison.Ordinal);

    /// <summary>Members by name, kinds by discriminator, and the words of an enumeration.</summary>
    private static IEnumerable<string> Lines(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => $"{type.Name} {name}{Word}");
        }

        var info = Json.Options.GetTypeInfo(type);
        return info.Kind is not JsonTypeInfoKind.Object
            ? [$"{Name(type)} itself {info.Kind}"]
            : info.Properties.Select(property => $"{Name(type)} {property.Name} {Name(property.PropertyType)}")
                .Concat(info.PolymorphismOptions?.DerivedTypes.Select(derived =>
                    $"{Name(type)}{Kind}{derived.TypeDiscriminator} {Name(derived.DerivedType)}") ?? []);
    }

    private static string Name(Type type) =>
        Nullable.GetUnderlyingType(type) is { } underlying ? $"{Name(underlying)}?"
        : type.IsArray ? $"{Name(type.GetElementType()!)}[]"
        : type.IsGenericType
            ? $"{type.Name.Split('`')[0]}<{string.Join(",", type.GetGenericArguments().Select(Name))}>"
        : type.DeclaringType is { } outer && IsOurs(type) ? $"{Name(outer)}.{type.Name}"
        : type.Name;
}
