using System.Text.Json.Serialization;

namespace Vrs.Grains.Interfaces.Gateways;

/// <summary>Names one run of one gateway process; a restarted gateway is another gateway.</summary>
/// <param name="Value">The text of the id.</param>
[GenerateSerializer, Immutable, Alias("vrs.GatewayId")]
[JsonConverter(typeof(StringIdJsonConverter<GatewayId>))]
public readonly record struct GatewayId([property: Id(0)] string Value) : IStringId<GatewayId>
{
    public static GatewayId From(string value) => new(value);

    public override string ToString() => Value;
}
