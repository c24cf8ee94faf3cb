using Microsoft.Extensions.Options;
using Vrs.Grains.Interfaces;

namespace Vrs.Silo.Hosting;

/// <summary>
/// The section <c>Telemetry</c> of the configuration: where metrics and traces go besides the management listener. What
/// it leaves out is read from the variables of the OpenTelemetry specification.
/// </summary>
public sealed class TelemetryOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Telemetry";

    /// <summary>OTLP in HTTP/2 calls of gRPC.</summary>
    public const string Grpc = "grpc";

    /// <summary>OTLP in ordinary HTTP requests.</summary>
    public const string HttpProtobuf = "http/protobuf";

    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ProtocolVariable = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private const string NameVariable = "OTEL_SERVICE_NAME";

    /// <summary>
    /// An OpenTelemetry collector, <c>https://HOST:PORT</c>, or <c>http://</c> on this machine; null sends nothing.
    /// </summary>
    public string? OtlpEndpoint { get; set; }

    /// <summary>How to speak to it: <see cref="Grpc"/>, the default, or <see cref="HttpProtobuf"/>.</summary>
    public string? OtlpProtocol { get; set; }

    /// <summary>The share of calls whose traces are sent, from 0 to 1; a call is traced whole or not at all.</summary>
    public double TraceShare { get; set; } = 1;

    /// <summary>The name under which this service reports; <c>vrs</c> when left out.</summary>
    public string? ServiceName { get; set; }

    /// <summary>The options of a configuration, valid or not.</summary>
    public static TelemetryOptions Of(IConfiguration configuration)
    {
        var options = configuration.GetSection(Section).Get<TelemetryOptions>() ?? new();
        options.Complete(configuration);
        return options;
    }

    /// <summary>Takes from the standard variables what the section leaves out.</summary>
    internal void Complete(IConfiguration configuration)
    {
        OtlpEndpoint ??= configuration[EndpointVariable];
        OtlpProtocol ??= configuration[ProtocolVariable] ?? Grpc;
        ServiceName ??= configuration[NameVariable] ?? "vrs";
    }
}

/// <summary>Finds everything that is wrong with <see cref="TelemetryOptions"/>.</summary>
public sealed class TelemetryOptionsValidator : IValidateOptions<TelemetryOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, TelemetryOptions options)
    {
        var faults = new OptionFaults(TelemetryOptions.Section);
        faults.Require(
            options.OtlpEndpoint is null || IsSafe(options.OtlpEndpoint),
            nameof(options.OtlpEndpoint),
            options.OtlpEndpoint,
            "must be https:// with a host and a port, or http:// to this machine itself",
            "Write it like https://collector.example.org:4317, or leave it out to send nothing.");
        faults.Require(
            options.OtlpProtocol is TelemetryOptions.Grpc or TelemetryOptions.HttpProtobuf,
            nameof(options.OtlpProtocol),
            options.OtlpProtocol,
            $"must be {TelemetryOptions.Grpc} or {TelemetryOptions.HttpProtobuf}",
            $"Leave it out for {TelemetryOptions.Grpc}.");
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

    /// <summary>What stays on this machine is heard by nobody else: a collector beside the service.</summary>
    private static bool IsSafe(string endpoint) => Uri.TryCreate(endpoint, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));
}
