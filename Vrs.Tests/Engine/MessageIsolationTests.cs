using System.Collections.Immutable;
using System.Reflection;
using Orleans;
using Orleans.Concurrency;
using Vrs.Grains.Interfaces.Calls;

namespace Vrs.Tests.Engine;

/// <summary>
/// Messages are not copied, so nobody may change one: every message type is immutable all the way down. And each has
/// the wire names and numbers that a rename does not change.
/// </summary>
[Trait("Suite", "Engine")]
public sealed class MessageIsolationTests
{
    private static readonly Assembly Contracts = typeof(ICallGrain).Assembly;

    private static readonly HashSet<Type> Values =
    [
        typeof(string), typeof(DateTimeOffset), typeof(TimeSpan), typeof(Guid), typeof(decimal),
        typeof(CancellationToken),
    ];

    public static TheoryData<Type> Messages() =>
        [.. Contracts.GetTypes().Where(type => type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false))];

    public static TheoryData<Type> Grains() =>
        [.. Contracts.GetTypes().Where(
            type => type.IsInterface && typeof(Orleans.Runtime.IAddressable).IsAssignableFrom(type))];

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_type_is_immutable(Type type)
    {
        if (type.IsEnum)
        {
            return;
        }

        Assert.True(type.IsValueType || type.IsSealed || type.IsAbstract, $"{type} can be derived from outside.");
        var fields = type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        foreach (var field in fields)
        {
            Assert.True(field.IsInitOnly, $"{type}.{field.Name} can be changed.");
            Assert.True(
                IsImmutable(field.FieldType), $"{type}.{field.Name} is a {field.FieldType}, which can be changed.");
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_type_has_a_wire_name_and_its_members_have_numbers(Type type)
    {
        Assert.True(type.IsDefined(typeof(AliasAttribute), inherit: false), $"{type} has no [Alias].");
        if (type.IsEnum)
        {
            return;
        }

        Assert.True(type.IsDefined(typeof(Orleans.ImmutableAttribute), inherit: false), $"{type} has no [Immutable].");
        var members = type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Where(property =>
                property.GetMethod!.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute)))
            .Where(property => property.GetMethod!.GetBaseDefinition() == property.GetMethod)
            .ToArray();
        var numbers = members.Select(member => member.GetCustomAttribute<IdAttribute>()?.Id).ToArray();
        Assert.All(
            members.Zip(numbers),
            pair => Assert.True(pair.Second is not null, $"{type}.{pair.First.Name} has no [Id]."));
        Assert.Equal(numbers.Length, numbers.Distinct().Count());
    }

    [Fact]
    public void Wire_names_are_unique()
    {
        var names = Contracts.GetTypes().SelectMany(type => type.GetCustomAttributes<AliasAttribute>(inherit: false))
            .Select(alias => alias.Alias).ToArray();
        Assert.Empty(names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Theory]
    [MemberData(nameof(Grains))]
    public void A_grain_method_has_a_wire_name_and_sends_only_messages(Type type)
    {
        Assert.True(type.IsDefined(typeof(AliasAttribute), inherit: false), $"{type} has no [Alias].");
        foreach (var method in type.GetMethods())
        {
            Assert.True(method.IsDefined(typeof(AliasAttribute)), $"{type}.{method.Name} has no [Alias].");
            var result = method.ReturnType.IsGenericType ? method.ReturnType.GetGenericArguments()[0] : typeof(void);
            Assert.True(
                !method.IsDefined(typeof(OneWayAttribute)) || result == typeof(void),
                $"{type}.{method.Name} is one-way.");
            Assert.True(result == typeof(void) || IsImmutable(result), $"{type}.{method.Name} returns {result}.");
            Assert.All(
                method.GetParameters(),
                parameter => Assert.True(IsImmutable(parameter.ParameterType), $"{type}.{method.Name}({parameter})"));
        }
    }

    private static bool IsImmutable(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return IsImmutable(underlying);
        }

        if (type.IsGenericType && type.Namespace == typeof(ImmutableArray).Namespace)
        {
            return type.GetGenericArguments().All(IsImmutable);
        }

        return type.IsPrimitive || type.IsEnum || Values.Contains(type)
            || typeof(Orleans.Runtime.IAddressable).IsAssignableFrom(type)
            || (type.Assembly == Contracts && type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false));
    }
}
