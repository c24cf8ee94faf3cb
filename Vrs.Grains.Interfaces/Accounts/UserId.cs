using System.Text.Json.Serialization;

namespace Vrs.Grains.Interfaces.Accounts;

/// <summary>
/// Names one account: the user part of its address-of-record, and the key of its account, registration and console
/// grains.
/// </summary>
/// <param name="Value">The text of the id.</param>
[GenerateSerializer, Immutable, Alias("vrs.UserId")]
[JsonConverter(typeof(StringIdJsonConverter<UserId>))]
public readonly record struct UserId([property: Id(0)] string Value) : IStringId<UserId>
{
    public static UserId From(string value) => new(value);

    public override string ToString() => Value;
}
