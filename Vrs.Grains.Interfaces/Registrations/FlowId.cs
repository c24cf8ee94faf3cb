using System.Text.Json.Serialization;

namespace Vrs.Grains.Interfaces.Registrations;

/// <summary>Names one live connection of one device (RFC 5626 flow); new for every connection.</summary>
/// <param name="Value">The text of the id.</param>
[GenerateSerializer, Immutable, Alias("vrs.FlowId")]
[JsonConverter(typeof(StringIdJsonConverter<FlowId>))]
public readonly record struct FlowId([property: Id(0)] string Value) : IStringId<FlowId>
{
    public static FlowId From(string value) => new(value);

    public override string ToString() => Value;
}
