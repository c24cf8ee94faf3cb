using System.Text.Json.Serialization;

namespace Vrs.Grains.Interfaces.Calls;

/// <summary>
/// Names one relay call; key of its grain. Lower-case letters and digits only, so that it fits in a SIP tag.
/// </summary>
/// <param name="Value">The text of the id.</param>
[GenerateSerializer, Immutable, Alias("vrs.CallId")]
[JsonConverter(typeof(StringIdJsonConverter<CallId>))]
public readonly record struct CallId([property: Id(0)] string Value) : IStringId<CallId>
{
    public static CallId From(string value) => new(value);

    public override string ToString() => Value;
}
