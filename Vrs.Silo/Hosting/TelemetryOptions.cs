using Microsoft.Extensions.Options;
using Vrs.Grains.Interfaces;

namespace Vrs.Silo.Hosting;

/// <summary>
/// The section <c>Telemetry</c> of the configuration: where metrics and traces go besides the management listener.
/// </summary>
public sealed class TelemetryOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Telemetry";

    /// <summary>An OpenTelemetry collector (OTLP over gRPC), <c>https://HOST:PORT</c>; null sends nothing.</summary>
    public string? OtlpEndpoint { get; set; }

    /// <summary>The share of calls whose traces are sent, from 0 to 1; a call is traced whole or not at all.</summary>
    public double TraceShare { get; set; } = 1;

    /// <summary>The name under which this service reports.</summary>
    public string ServiceName { get; set; } = "vrs";
}

/// <summary>Finds everything that is wrong with <see cref="TelemetryOptions"/>.</summary>
public sealed class TelemetryOptionsValidator : IValidateOptions<TelemetryOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, TelemetryOptions options)
    {
        var faults = new OptionFaults(TelemetryOptions.Section);
        faults.Require(
            options.OtlpEndpoint is null
                || (Uri.TryCreate(options.OtlpEndpoint, UriKind.Absolute, out var url)
                    && url.Scheme == Uri.UriSchemeHttps),
            nameof(options.OtlpEndpoint),
            options.OtlpEndpoint,
            "must be https:// with a host and a port",
            "Write it like https://collector.example.org:4317, or leave it out to send nothing.");
        faults.Require(
            options.TraceShare is >= 0 and <= 1,
            nameof(options.TraceShare),
            options.TraceShare,
            "must be from 0 to 1",
            "Leave it out for 1: every call.");
        faults.Require(
            !string.IsNullOrWhiteSpace(options.ServiceName),
            nameof(options.ServiceName),
            options.ServiceName,
            "must name this service",
            "Leave it out for vrs.");
        return faults.All.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults.All);
    }
}
