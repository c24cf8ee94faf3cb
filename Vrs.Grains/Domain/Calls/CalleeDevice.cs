namespace Vrs.Grains.Domain.Calls;

/// <summary>A device of the party who is called.</summary>
/// <param name="Device">Which; null leaves the choice to the registration.</param>
/// <param name="Address">Its IP address, for the record; null when not known.</param>
public sealed record CalleeDevice(DeviceId? Device, string? Address);
