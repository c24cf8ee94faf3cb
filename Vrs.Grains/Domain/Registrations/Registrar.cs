namespace Vrs.Grains.Domain.Registrations;

/// <summary>What follows from a change of a user's registrations.</summary>
/// <param name="State">The state after it.</param>
/// <param name="Effects">Who is to be told.</param>
/// <param name="Refusal">Null means yes.</param>
public sealed record RegistrationChange(
    RegistrationState State, ImmutableArray<RegistrationEffect> Effects, Refusal? Refusal = null);

/// <summary>The rules of registration (RFC 3261 section 10.3, RFC 5626) as pure functions.</summary>
public static class Registrar
{
    /// <summary>How many devices one user may register.</summary>
    public const int MaxDevices = 10;

    /// <summary>How many legs may be on one user's devices.</summary>
    public const int MaxLegs = 64;

    /// <summary>REGISTER with one Contact.</summary>
    /// <param name="before">The state before.</param>
    /// <param name="request">The registration.</param>
    /// <param name="now">The time.</param>
    public static RegistrationChange Register(RegistrationState before, RegisterDevice request, DateTimeOffset now)
    {
        var known = before.Find(request.Device);
        if (known is not null && IsOutOfOrder(known, request))
        {
            return new RegistrationChange(
                before, [], new Refusal(RefusalReason.Stale, "A later REGISTER was processed already."));
        }

        if (request.ExpiresSeconds == 0)
        {
            return Settle(before, before with { Bindings = before.Bindings.RemoveAll(Is(request.Device)) });
        }

        if (known is null && before.Bindings.Length >= MaxDevices)
        {
            return new RegistrationChange(
                before, [], new Refusal(RefusalReason.Overloaded, $"At most {MaxDevices} devices can be registered."));
        }

        var binding = new Binding(
            request.Device,
            request.Flow,
            request.Gateway,
            request.Contact,
            request.Address,
            request.RegistrationId,
            request.CallIdHeader,
            request.CSeq,
            now.AddSeconds(request.ExpiresSeconds));
        // A refresh on the same connection keeps its turn; a new connection makes the device the newest.
        var bindings = known?.Flow == request.Flow
            ? before.Bindings.Replace(known!, binding)
            : before.Bindings.RemoveAll(Is(request.Device)).Add(binding);
        return Settle(before, before with { Bindings = bindings });
    }

    /// <summary>A device's connection is gone; nothing happens when it has another by now.</summary>
    /// <param name="before">The state before.</param>
    /// <param name="device">The device.</param>
    /// <param name="flow">The connection.</param>
    public static RegistrationChange LoseFlow(RegistrationState before, DeviceId device, FlowId flow) =>
        before.Find(device) is { } known && known.Flow == flow
            ? Settle(before, before with { Bindings = before.Bindings.Replace(known, known with { Flow = null }) })
            : new RegistrationChange(before, []);

    /// <summary>Bindings that were not refreshed in time are gone.</summary>
    /// <param name="before">The state before.</param>
    /// <param name="now">The time.</param>
    public static RegistrationChange Expire(RegistrationState before, DateTimeOffset now) =>
        before.NextExpiry <= now
            ? Settle(before, before with { Bindings = before.Bindings.RemoveAll(binding => binding.ExpiresAt <= now) })
            : new RegistrationChange(before, []);

    /// <summary>
    /// From now on the leg's call is told of the device's connection; at once when it is lost already.
    /// </summary>
    /// <param name="before">The state before.</param>
    /// <param name="leg">The leg.</param>
    /// <param name="device">The device.</param>
    public static RegistrationChange Attach(RegistrationState before, LegRef leg, DeviceId device)
    {
        if (before.DeviceOf(leg) is not null)
        {
            return new RegistrationChange(before, []);
        }

        var legs = before.Legs.Length < MaxLegs ? before.Legs : before.Legs.RemoveAt(0);
        return new RegistrationChange(
            before with { Legs = legs.Add(new AttachedLeg(leg, device)) },
            before.Find(device) is { IsLive: true } ? [] : [new RegistrationEffect.TellCall(leg, false)]);
    }

    /// <summary>The leg is over.</summary>
    /// <param name="before">The state before.</param>
    /// <param name="leg">The leg.</param>
    public static RegistrationChange Detach(RegistrationState before, LegRef leg) =>
        before.DeviceOf(leg) is null
            ? new RegistrationChange(before, [])
            : new RegistrationChange(
                before with { Legs = before.Legs.RemoveAll(attached => attached.Leg == leg) }, []);

    /// <summary>
    /// RFC 3261 section 10.3 step 7: within one Call-ID, CSeq must rise. A repeated REGISTER is no fault.
    /// </summary>
    private static bool IsOutOfOrder(Binding known, RegisterDevice request) =>
        known.CallIdHeader == request.CallIdHeader
        && (request.CSeq < known.CSeq || (request.CSeq == known.CSeq && request.Flow != known.Flow));

    private static Predicate<Binding> Is(DeviceId device) => binding => binding.Device == device;

    /// <summary>
    /// Tells every leg whose device lost its connection or has another one. A connection that replaced another is both:
    /// an INVITE that waited on the old one is lost with it.
    /// </summary>
    private static RegistrationChange Settle(RegistrationState before, RegistrationState after)
    {
        var effects = ImmutableArray.CreateBuilder<RegistrationEffect>();
        foreach (var attached in before.Legs)
        {
            var old = before.Find(attached.Device)?.Flow;
            var next = after.Find(attached.Device)?.Flow;
            if (old is not null && old != next)
            {
                effects.Add(new RegistrationEffect.TellCall(attached.Leg, false));
            }

            if (next is not null && old != next)
            {
                effects.Add(new RegistrationEffect.TellCall(attached.Leg, true));
            }
        }

        if (!before.Live.SequenceEqual(after.Live))
        {
            effects.Add(new RegistrationEffect.TellInterpreter([.. after.Live]));
        }

        return new RegistrationChange(after, effects.ToImmutable());
    }
}
