using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vrs.Grains.Interfaces;

/// <summary>
/// Throws when somebody tries to store what must never be stored (architecture: no SDP, no content, ever).
/// </summary>
/// <typeparam name="T">The type that stays in memory.</typeparam>
public sealed class NeverStoredJsonConverter<T> : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException($"{typeof(T).Name} is never stored.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        throw new NotSupportedException($"{typeof(T).Name} is never stored.");
}
