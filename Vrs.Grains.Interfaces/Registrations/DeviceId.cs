using System.Text.Json.Serialization;

namespace Vrs.Grains.Interfaces.Registrations;

/// <summary>
/// Names one device of a user: its <c>+sip.instance</c> (RFC 5626), or its Contact when it gave none.
/// </summary>
/// <param name="Value">The text of the id.</param>
[GenerateSerializer, Immutable, Alias("vrs.DeviceId")]
[JsonConverter(typeof(StringIdJsonConverter<DeviceId>))]
public readonly record struct DeviceId([property: Id(0)] string Value) : IStringId<DeviceId>
{
    public static DeviceId From(string value) => new(value);

    public override string ToString() => Value;
}
