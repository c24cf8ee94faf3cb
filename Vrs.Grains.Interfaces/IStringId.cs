using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vrs.Grains.Interfaces;

/// <summary>A value type around a string, so that one kind of id is never taken for another.</summary>
/// <typeparam name="TSelf">The id type itself.</typeparam>
public interface IStringId<TSelf>
    where TSelf : struct, IStringId<TSelf>
{
    /// <summary>The text of the id; this is also the grain key where the id names a grain.</summary>
    string Value { get; }

    /// <summary>Wraps a text; the caller has checked it where it entered the system.</summary>
    static abstract TSelf From(string value);
}

/// <summary>Writes an id as a plain JSON string, also as a property name.</summary>
/// <typeparam name="TId">The id type.</typeparam>
public sealed class StringIdJsonConverter<TId> : JsonConverter<TId>
    where TId : struct, IStringId<TId>
{
    public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TId.From(reader.GetString() ?? throw new JsonException($"{typeof(TId).Name} must be a string."));

    public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);

    public override TId ReadAsPropertyName(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(ref reader, typeToConvert, options);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.Value);
}
