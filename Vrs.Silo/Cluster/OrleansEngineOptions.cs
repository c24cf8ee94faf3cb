using System.Net;
using Microsoft.Extensions.Options;

namespace Vrs.Silo.Cluster;

/// <summary>
/// Limits and times of the grain engine on Orleans, and where a silo is found; configuration section
/// <c>GrainEngine</c>. What the embedded engine has as well has the same name there.
/// </summary>
public sealed record OrleansEngineOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "GrainEngine";

    /// <summary>The name of the cluster: silos and gateways of one name and database belong together.</summary>
    public string ClusterId { get; set; } = "vrs";

    /// <summary>The address at which other silos and gateways reach this silo.</summary>
    public string AdvertisedAddress { get; set; } = "127.0.0.1";

    /// <summary>The port for other silos. Not for the world.</summary>
    public int SiloPort { get; set; } = 11111;

    /// <summary>The port for processes with the role gateway only. Not for the world either.</summary>
    public int GatewayPort { get; set; } = 30000;

    /// <summary>What members show each other, and whom they believe.</summary>
    public ClusterTlsOptions Tls { get; set; } = new();

    /// <summary>How long a gateway without grains tries to reach a silo when it starts.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often silos ask each other for a sign of life.</summary>
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many signs of life in a row a silo may owe before it is suspected.</summary>
    public int MissedProbesLimit { get; set; } = 3;

    /// <summary>
    /// How long a caller waits for an answer. Shorter than elsewhere: what was on its way to a silo that dies is never
    /// answered, and who waits for it stands still for so long.
    /// </summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a grain stays in memory after its last request.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often idle grains are looked for.</summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a grain's deactivation may take.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The shortest period of a reminder.</summary>
    public TimeSpan MinimumReminderPeriod { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many requests may wait for one grain; more are refused.</summary>
    public int MailboxLimit { get; set; } = 10_000;
}

/// <summary>Checks <see cref="OrleansEngineOptions"/>, all faults at once.</summary>
public sealed class OrleansEngineOptionsValidator : IValidateOptions<OrleansEngineOptions>
{
    public ValidateOptionsResult Validate(string? name, OrleansEngineOptions options)
    {
        List<string> faults = [];
        Require(
            !string.IsNullOrWhiteSpace(options.ClusterId),
            nameof(options.ClusterId),
            options.ClusterId,
            "a name",
            "vrs");
        Require(
            IPAddress.TryParse(options.AdvertisedAddress, out _),
            nameof(options.AdvertisedAddress),
            options.AdvertisedAddress,
            "an IP address",
            "10.0.0.5");
        Port(nameof(options.SiloPort), options.SiloPort);
        Port(nameof(options.GatewayPort), options.GatewayPort);
        Positive(nameof(options.ConnectTimeout), options.ConnectTimeout);
        Positive(nameof(options.ProbeInterval), options.ProbeInterval);
        Positive(nameof(options.ResponseTimeout), options.ResponseTimeout);
        Positive(nameof(options.CollectionAge), options.CollectionAge);
        Positive(nameof(options.CollectionQuantum), options.CollectionQuantum);
        Positive(nameof(options.DeactivationTimeout), options.DeactivationTimeout);
        Positive(nameof(options.MinimumReminderPeriod), options.MinimumReminderPeriod);
        AtLeastOne(nameof(options.MissedProbesLimit), options.MissedProbesLimit);
        AtLeastOne(nameof(options.MailboxLimit), options.MailboxLimit);
        Require(
            options.CollectionAge > options.CollectionQuantum,
            nameof(options.CollectionAge),
            options.CollectionAge,
            $"longer than {OrleansEngineOptions.Section}:{nameof(options.CollectionQuantum)}",
            "00:15:00");
        Require(
            options.SiloPort != options.GatewayPort,
            nameof(options.SiloPort),
            options.SiloPort,
            $"another port than {OrleansEngineOptions.Section}:{nameof(options.GatewayPort)}",
            "11111");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Port(string option, int value) =>
            Require(value is > 0 and <= 65535, option, value, "a port from 1 to 65535", "11111");

        void Positive(string option, TimeSpan value) =>
            Require(value > TimeSpan.Zero, option, value, "longer than 0", "00:00:30");

        void AtLeastOne(string option, int value) => Require(value >= 1, option, value, "at least 1", "3");

        void Require(bool met, string option, object? found, string rule, string example)
        {
            if (!met)
            {
                faults.Add(FormattableString.Invariant(
                    $"{OrleansEngineOptions.Section}:{option} is '{found}'; it must be {rule}, e.g. {example}."));
            }
        }
    }
}
