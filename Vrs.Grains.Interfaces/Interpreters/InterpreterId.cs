using System.Text.Json.Serialization;

namespace Vrs.Grains.Interfaces.Interpreters;

/// <summary>
/// Names one interpreter (regulators: communications assistant); the same text as the interpreter's <c>UserId</c>.
/// </summary>
/// <param name="Value">The text of the id.</param>
[GenerateSerializer, Immutable, Alias("vrs.InterpreterId")]
[JsonConverter(typeof(StringIdJsonConverter<InterpreterId>))]
public readonly record struct InterpreterId([property: Id(0)] string Value) : IStringId<InterpreterId>
{
    public static InterpreterId From(string value) => new(value);

    public override string ToString() => Value;
}
