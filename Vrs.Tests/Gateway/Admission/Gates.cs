using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Vrs.Gateway.Accounts;
using Vrs.Gateway.Admission;
using Vrs.Gateway.Sip.Transport;
using Vrs.Grains.Interfaces.Accounts;

namespace Vrs.Tests.Gateway.Admission;

/// <summary>Gates of connections that have no network.</summary>
internal static class Gates
{
    public static readonly IPAddress Address = IPAddress.Parse("192.0.2.7");

    /// <summary>The gate of a stranger's connection.</summary>
    public static FlowGate Open(
        TimeProvider time,
        AdmissionOptions? options = null,
        FlowOptions? flows = null,
        SignInThrottle? throttle = null) =>
        Of(
            Admittance(time, options),
            new FlowSeats(Options.Create(flows ?? new FlowOptions())),
            throttle ?? new SignInThrottle(time),
            account: null)!;

    /// <summary>A gate with what it shares; null when there is no seat.</summary>
    public static FlowGate? Of(Admittance admittance, FlowSeats seats, SignInThrottle throttle, string? account)
    {
        var asker = new Asker(Address, account is null ? null : UserId.From(account));
        return seats.Enter(asker) is { } seat ? new FlowGate(admittance, seats, throttle, asker, seat) : null;
    }

    public static Admittance Admittance(TimeProvider time, AdmissionOptions? options = null) =>
        new(Options.Create(options ?? new AdmissionOptions()), time, NullLogger<Admittance>.Instance);
}
