using System.Text.Json.Serialization;

namespace Vrs.Grains.Domain.Registrations;

/// <summary>Where one user's devices are reachable, and which legs want to know. Immutable, stored as JSON.</summary>
public sealed record RegistrationState
{
    /// <summary>Newest last.</summary>
    public ImmutableArray<Binding> Bindings { get; init; } = [];

    /// <summary>Legs on these devices.</summary>
    public ImmutableArray<AttachedLeg> Legs { get; init; } = [];

    /// <summary>The device used when none is named: the newest that is live.</summary>
    [JsonIgnore]
    public Binding? Newest => Bindings.LastOrDefault(binding => binding.IsLive);

    /// <summary>The devices whose connection is up, the newest last.</summary>
    [JsonIgnore]
    public IEnumerable<DeviceId> Live => Bindings.Where(binding => binding.IsLive).Select(binding => binding.Device);

    /// <summary>When the next binding expires, or null.</summary>
    [JsonIgnore]
    public DateTimeOffset? NextExpiry => Bindings.Select(binding => (DateTimeOffset?)binding.ExpiresAt).Min();

    /// <summary>The binding of this device, or null.</summary>
    /// <param name="device">The device.</param>
    public Binding? Find(DeviceId device) => Bindings.FirstOrDefault(binding => binding.Device == device);

    /// <summary>The device that carries this leg, or null.</summary>
    /// <param name="leg">The leg.</param>
    public DeviceId? DeviceOf(LegRef leg) => Legs.FirstOrDefault(attached => attached.Leg == leg)?.Device;
}

/// <summary>A registered device.</summary>
/// <param name="Device">The device.</param>
/// <param name="Flow">Its connection; null when that is lost.</param>
/// <param name="Gateway">Who held it last.</param>
/// <param name="Contact">Its Contact URI.</param>
/// <param name="Address">Its remote IP address.</param>
/// <param name="RegistrationId">The <c>reg-id</c> (RFC 5626), or 0.</param>
/// <param name="CallIdHeader">The Call-ID of its last REGISTER.</param>
/// <param name="CSeq">The CSeq of its last REGISTER.</param>
/// <param name="ExpiresAt">When it ends unless refreshed.</param>
public sealed record Binding(
    DeviceId Device,
    FlowId? Flow,
    Interfaces.Gateways.GatewayId Gateway,
    string Contact,
    string Address,
    int RegistrationId,
    string CallIdHeader,
    uint CSeq,
    DateTimeOffset ExpiresAt)
{
    /// <summary>Whether its connection is up.</summary>
    [JsonIgnore]
    public bool IsLive => Flow is not null;

    /// <summary>As the outside sees it.</summary>
    public DeviceBinding View() => new(Device, Contact, IsLive, ExpiresAt, Address);
}

/// <summary>A leg on a device.</summary>
/// <param name="Leg">The leg.</param>
/// <param name="Device">The device.</param>
public sealed record AttachedLeg(LegRef Leg, DeviceId Device);

/// <summary>Everything a registration can owe to others.</summary>
[JsonDerivedType(typeof(TellCall), "tell-call")]
[JsonDerivedType(typeof(TellInterpreter), "tell-interpreter")]
public abstract record RegistrationEffect
{
    private RegistrationEffect()
    {
    }

    /// <summary>Effects of one lane are done in order.</summary>
    [JsonIgnore]
    public string Lane => this switch
    {
        TellCall told => $"call/{told.Leg.Call}",
        TellInterpreter => "interpreter",
        _ => throw new InvalidOperationException($"{GetType().Name} has no lane."),
    };

    /// <summary>The connection of a leg's device is lost, or up.</summary>
    public sealed record TellCall(LegRef Leg, bool Up) : RegistrationEffect;

    /// <summary>If the user is an interpreter: these devices are connected now, the newest last.</summary>
    public sealed record TellInterpreter(ImmutableArray<DeviceId> Live) : RegistrationEffect;
}
