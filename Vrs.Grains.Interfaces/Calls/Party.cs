namespace Vrs.Grains.Interfaces.Calls;

/// <summary>Somebody at the end of a leg, and where she is reached.</summary>
/// <param name="User">The account.</param>
/// <param name="Device">The device that carries the leg.</param>
/// <param name="DisplayName">The name other parties see.</param>
/// <param name="Number">E.164 number, or null.</param>
/// <param name="Address">The IP address the device came from, for the call record; null when not known.</param>
[GenerateSerializer, Immutable, Alias("vrs.Party")]
public sealed record Party(
    [property: Id(0)] UserId User,
    [property: Id(1)] DeviceId Device,
    [property: Id(2)] string DisplayName,
    [property: Id(3)] string? Number,
    [property: Id(4)] string? Address);
