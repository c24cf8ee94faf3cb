using System.Text.Json.Serialization;

namespace Vrs.Grains.Interfaces.Calls;

/// <summary>
/// The <c>Session-ID</c> of RFC 7989: 32 lower-case hexadecimal digits, the same on every leg, log line and record of
/// a call.
/// </summary>
/// <param name="Value">The text of the id.</param>
[GenerateSerializer, Immutable, Alias("vrs.SessionId")]
[JsonConverter(typeof(StringIdJsonConverter<SessionId>))]
public readonly record struct SessionId([property: Id(0)] string Value) : IStringId<SessionId>
{
    public static SessionId From(string value) => new(value);

    public override string ToString() => Value;
}
