using System.Text.Json.Serialization;

namespace Vrs.Grains.Interfaces.Queues;

/// <summary>
/// Names the interpreters who can serve one language pair: ISO 639-3 signed + BCP 47 spoken, e.g. <c>ase+en</c>.
/// </summary>
/// <param name="Value">The text of the id.</param>
[GenerateSerializer, Immutable, Alias("vrs.PoolId")]
[JsonConverter(typeof(StringIdJsonConverter<PoolId>))]
public readonly record struct PoolId([property: Id(0)] string Value) : IStringId<PoolId>
{
    public static PoolId From(string value) => new(value);

    public override string ToString() => Value;
}
