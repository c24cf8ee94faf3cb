using System.Globalization;
using Microsoft.Extensions.Options;
using Vrs.Grains.Interfaces;

namespace Vrs.Gateway.Admission;

/// <summary>What admission counts.</summary>
public enum AdmissionKind
{
    /// <summary>A new SIP connection: a WebSocket upgrade.</summary>
    Upgrade,

    /// <summary>A REGISTER.</summary>
    Register,

    /// <summary>An INVITE outside a dialog; emergency calls are exempt.</summary>
    Invite,

    /// <summary>An OPTIONS outside a dialog.</summary>
    Options,

    /// <summary>Any SIP message; over the rate it is read late, not refused.</summary>
    Message,

    /// <summary>Bytes of SIP; over the rate they are read late, not refused.</summary>
    Byte,

    /// <summary>An HTTP request.</summary>
    Request,
}

/// <summary>The rates of one kind.</summary>
public sealed record AdmissionRates
{
    /// <summary>Of one address (IPv6: one /64), for all there who are not known by an account.</summary>
    public Rate Address { get; set; } = new();

    /// <summary>Of one account.</summary>
    public Rate Account { get; set; } = new();

    /// <summary>
    /// Of all accounts together, and once more of everybody else together: strangers use up nothing of the accounts'.
    /// </summary>
    public Rate Gateway { get; set; } = new();
}

/// <summary>How much one gateway takes, and from whom. Section <see cref="Section"/>.</summary>
public sealed record AdmissionOptions
{
    /// <summary>The section's name in the configuration.</summary>
    public const string Section = "Gateway:Admission";

    /// <summary>New SIP connections.</summary>
    public AdmissionRates Upgrade { get; set; } = Rates((100, 1000), (2, 60), (1000, 10_000));

    /// <summary>REGISTER.</summary>
    public AdmissionRates Register { get; set; } = Rates((100, 1000), (2, 60), (2000, 20_000));

    /// <summary>INVITE; of an address nothing, since only accounts may call.</summary>
    public AdmissionRates Invite { get; set; } = Rates((20, 200), (2, 60), (500, 2000));

    /// <summary>OPTIONS.</summary>
    public AdmissionRates Options { get; set; } = Rates((5, 50), (5, 50), (500, 1000));

    /// <summary>SIP messages of any kind.</summary>
    public AdmissionRates Message { get; set; } = Rates((300, 2000), (200, 2000), (20_000, 40_000));

    /// <summary>Bytes of SIP.</summary>
    public AdmissionRates Byte { get; set; } = Rates((1e6, 8e6), (1e6, 8e6), (50e6, 100e6));

    /// <summary>HTTP requests.</summary>
    public AdmissionRates Request { get; set; } = Rates((50, 1000), (20, 400), (2000, 10_000));

    /// <summary>Addresses and accounts of each kind that are remembered; newcomers above share one rate.</summary>
    public int MaxRemembered { get; set; } = 100_000;

    /// <summary>TCP connections at a time, of whatever kind; Kestrel takes no more.</summary>
    public int MaxConnections { get; set; } = 50_000;

    /// <summary>
    /// Connections of one address that have not finished their TLS handshake; above, the oldest is closed, which an
    /// honest client has long left.
    /// </summary>
    public int MaxHandshakesPerAddress { get; set; } = 200;

    /// <summary>The rates of a kind.</summary>
    internal AdmissionRates Of(AdmissionKind kind) => kind switch
    {
        AdmissionKind.Upgrade => Upgrade,
        AdmissionKind.Register => Register,
        AdmissionKind.Invite => Invite,
        AdmissionKind.Options => Options,
        AdmissionKind.Message => Message,
        AdmissionKind.Byte => Byte,
        AdmissionKind.Request => Request,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Admission has no such kind."),
    };

    private static AdmissionRates Rates(
        (double PerSecond, double Burst) address,
        (double PerSecond, double Burst) account,
        (double PerSecond, double Burst) gateway) => new()
        {
            Address = Rate.Of(address.PerSecond, address.Burst),
            Account = Rate.Of(account.PerSecond, account.Burst),
            Gateway = Rate.Of(gateway.PerSecond, gateway.Burst),
        };
}

/// <summary>Finds every fault of <see cref="AdmissionOptions"/> at once.</summary>
public sealed class AdmissionOptionsValidator : IValidateOptions<AdmissionOptions>
{
    private const double Most = 1e9;

    public ValidateOptionsResult Validate(string? name, AdmissionOptions options)
    {
        var faults = new OptionFaults(AdmissionOptions.Section);
        foreach (var kind in Enum.GetValues<AdmissionKind>())
        {
            var rates = options.Of(kind);
            Check(faults, $"{kind}:{nameof(rates.Address)}", rates.Address);
            Check(faults, $"{kind}:{nameof(rates.Account)}", rates.Account);
            Check(faults, $"{kind}:{nameof(rates.Gateway)}", rates.Gateway);
        }

        Count(faults, nameof(options.MaxRemembered), options.MaxRemembered, 10_000_000);
        Count(faults, nameof(options.MaxConnections), options.MaxConnections, 1_000_000);
        Count(faults, nameof(options.MaxHandshakesPerAddress), options.MaxHandshakesPerAddress, 1_000_000);
        return faults.All.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults.All);
    }

    private static void Check(OptionFaults faults, string name, Rate rate)
    {
        Number(faults, $"{name}:{nameof(rate.PerSecond)}", rate.PerSecond, 0.001);
        Number(faults, $"{name}:{nameof(rate.Burst)}", rate.Burst, 1);
    }

    private static void Number(OptionFaults faults, string name, double found, double least) =>
        faults.Require(
            found >= least && found <= Most,
            name,
            found,
            string.Create(CultureInfo.InvariantCulture, $"must be from {least} to {Most}"),
            "Leave it out for the default.");

    private static void Count(OptionFaults faults, string name, int found, int most) =>
        faults.Require(
            found >= 1 && found <= most, name, found, $"must be from 1 to {most}", "Leave it out for the default.");
}
