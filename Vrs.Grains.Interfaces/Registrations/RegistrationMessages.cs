namespace Vrs.Grains.Interfaces.Registrations;

/// <summary>A device's live connection, as its gateway reports it.</summary>
/// <param name="Device">The device.</param>
/// <param name="Flow">The connection.</param>
/// <param name="Gateway">The gateway that holds it.</param>
/// <param name="Contact">The Contact URI; its host is no address.</param>
/// <param name="Address">The remote IP address.</param>
/// <param name="RegistrationId">The <c>reg-id</c> (RFC 5626), or 0.</param>
/// <param name="CallIdHeader">The Call-ID of the REGISTER (RFC 3261 section 10.3).</param>
/// <param name="CSeq">The CSeq of the REGISTER.</param>
/// <param name="ExpiresSeconds">How long the binding holds, in seconds; 0 removes it.</param>
[GenerateSerializer, Immutable, Alias("vrs.RegisterDevice")]
public sealed record RegisterDevice(
    [property: Id(0)] DeviceId Device,
    [property: Id(1)] FlowId Flow,
    [property: Id(2)] GatewayId Gateway,
    [property: Id(3)] string Contact,
    [property: Id(4)] string Address,
    [property: Id(5)] int RegistrationId,
    [property: Id(6)] string CallIdHeader,
    [property: Id(7)] uint CSeq,
    [property: Id(8)] int ExpiresSeconds);

/// <summary>One registered device.</summary>
/// <param name="Device">The device.</param>
/// <param name="Contact">Its Contact URI.</param>
/// <param name="Live">Whether its flow is up.</param>
/// <param name="ExpiresAt">When the binding ends unless refreshed.</param>
/// <param name="Address">The remote IP address.</param>
[GenerateSerializer, Immutable, Alias("vrs.DeviceBinding")]
public sealed record DeviceBinding(
    [property: Id(0)] DeviceId Device,
    [property: Id(1)] string Contact,
    [property: Id(2)] bool Live,
    [property: Id(3)] DateTimeOffset ExpiresAt,
    [property: Id(4)] string Address);

/// <summary>The answer to REGISTER: refused, or all current bindings of the address-of-record.</summary>
/// <param name="Refusal">Null means yes.</param>
/// <param name="Bindings">Newest first.</param>
[GenerateSerializer, Immutable, Alias("vrs.RegisterResult")]
public sealed record RegisterResult(
    [property: Id(0)] Refusal? Refusal,
    [property: Id(1)] ImmutableArray<DeviceBinding> Bindings);
