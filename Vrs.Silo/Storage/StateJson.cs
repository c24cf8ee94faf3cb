using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Vrs.Silo.Storage;

/// <summary>
/// How grain state is written: System.Text.Json, enums by name, and for abstract types a <c>$type</c> that is the
/// [Alias] of the concrete type, so that moving or renaming a class loses no data.
/// </summary>
public sealed class StateJson
{
    // By name: storage knows neither of the two grain engines, and each brings this attribute.
    private const string Alias = "Orleans.AliasAttribute";

    private static readonly ConcurrentDictionary<Type, IReadOnlyList<JsonDerivedType>> Closed = new();

    // One for all silos of the process: what is worked out about a type is kept with the options, and it is dear.
    private static readonly JsonSerializerOptions Shared = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        AllowOutOfOrderMetadataProperties = true,
        Converters = { new JsonStringEnumConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { UseAliases } },
    };

    /// <summary>The options in use.</summary>
    public JsonSerializerOptions Options => Shared;

    /// <summary>The state as UTF-8 JSON.</summary>
    /// <exception cref="StorageException">It can't be written.</exception>
    public byte[] Write<TState>(StateKey key, TState state)
    {
        try
        {
            return JsonSerializer.SerializeToUtf8Bytes(state, Options);
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw new StorageException($"The state {key} can't be written as JSON: {fault.Message}", fault);
        }
    }

    /// <summary>The state from UTF-8 JSON.</summary>
    /// <exception cref="StorageException">It can't be read.</exception>
    public TState Read<TState>(StateKey key, ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<TState>(json, Options)
                ?? throw new JsonException("It is null.");
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw new StorageException($"The stored state {key} can't be read: {fault.Message}", fault);
        }
    }

    /// <summary>
    /// A state that was never written. A type without a parameterless constructor starts with every member at its
    /// default, as on Orleans.
    /// </summary>
    public static TState Fresh<TState>() =>
        typeof(TState).IsValueType || typeof(TState).GetConstructor(Type.EmptyTypes) is not null
            ? Activator.CreateInstance<TState>()
            : (TState)RuntimeHelpers.GetUninitializedObject(typeof(TState));

    private static void UseAliases(JsonTypeInfo info)
    {
        if (info.Type.IsAbstract && info.Kind == JsonTypeInfoKind.Object && info.PolymorphismOptions is null)
        {
            var derived = Closed.GetOrAdd(info.Type, FindDerived);
            if (derived.Count > 0)
            {
                info.PolymorphismOptions = new JsonPolymorphismOptions
                {
                    UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization,
                };
                foreach (var type in derived)
                {
                    info.PolymorphismOptions.DerivedTypes.Add(type);
                }
            }
        }
    }

    // The hierarchies of states are closed: all concrete types are in the assembly of the base.
    private static List<JsonDerivedType> FindDerived(Type baseType) =>
        [.. baseType.Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsClass && baseType.IsAssignableFrom(type))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => new JsonDerivedType(type, AliasOf(type, baseType)))];

    private static string AliasOf(Type type, Type baseType) =>
        type.CustomAttributes.FirstOrDefault(attribute => attribute.AttributeType.FullName == Alias)
            ?.ConstructorArguments[0].Value as string
        ?? throw new NotSupportedException(
            $"{type} has no [Alias], and {baseType.Name} is stored: its name in storage must not change with "
            + "the class.");
}
