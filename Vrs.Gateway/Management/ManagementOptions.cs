using System.Net;
using Microsoft.Extensions.Options;
using Vrs.Grains.Interfaces;

namespace Vrs.Gateway.Management;

/// <summary>
/// The section <c>Management</c>: the listener for those who run the service. It answers without asking who wants to
/// know, so it must never be reachable from outside: it listens on loopback unless told otherwise.
/// </summary>
public sealed class ManagementOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Management";

    /// <summary>
    /// Where health and metrics are told in detail: <c>https://ADDRESS:PORT</c>. Port 0 takes a free one.
    /// </summary>
    public string Listen { get; set; } = "https://127.0.0.1:9464";

    /// <summary>How long from one round of health checks to the next.</summary>
    public TimeSpan CheckInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one health check may take before it counts as failed.</summary>
    public TimeSpan CheckTimeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>The listener as Kestrel wants it. Only after validation.</summary>
    public IPEndPoint ListenEndPoint() => GatewayOptions.TryReadListen(Listen)
        ?? throw new InvalidOperationException($"Management:Listen is not valid: '{Listen}'.");
}

/// <summary>Finds everything that is wrong with <see cref="ManagementOptions"/>.</summary>
/// <param name="gateway">Its listener must be another one.</param>
public sealed class ManagementOptionsValidator(IOptions<GatewayOptions> gateway) : IValidateOptions<ManagementOptions>
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ManagementOptions options)
    {
        var faults = new OptionFaults(ManagementOptions.Section);
        var listen = GatewayOptions.TryReadListen(options.Listen);
        faults.Require(
            listen is not null,
            nameof(options.Listen),
            options.Listen,
            "must be https:// with an IP address (or * or localhost) and a port; nothing is served in plaintext",
            "Write it like https://127.0.0.1:9464, or leave it out.");
        faults.Require(
            listen is null || listen.Port == 0 || listen.Port != PublicPort(),
            nameof(options.Listen),
            options.Listen,
            "must have another port than Gateway:Listen: what it tells is not for the public",
            "Write it like https://127.0.0.1:9464, or leave it out.");
        faults.Require(
            options.CheckInterval >= ShortestInterval && options.CheckInterval <= LongestInterval,
            nameof(options.CheckInterval),
            options.CheckInterval,
            "must be from 00:00:01 to 00:01:00",
            "Leave it out for 00:00:05.");
        faults.Require(
            options.CheckTimeout > TimeSpan.Zero && options.CheckTimeout <= LongestInterval,
            nameof(options.CheckTimeout),
            options.CheckTimeout,
            "must be more than nothing and at most 00:01:00",
            "Leave it out for 00:00:04.");
        return faults.All.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults.All);
    }

    private int? PublicPort()
    {
        try
        {
            return GatewayOptions.TryReadListen(gateway.Value.Listen)?.Port;
        }
        catch (OptionsValidationException)
        {
            // Told already, with the section it belongs to.
            return null;
        }
    }
}
