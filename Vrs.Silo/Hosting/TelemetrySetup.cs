using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Vrs.Gateway.Telemetry;
using Vrs.Grains.Interfaces.Telemetry;
using Vrs.Grains.Telemetry;
using Vrs.Silo.Storage;

namespace Vrs.Silo.Hosting;

/// <summary>Brings measurements out of the process: for Prometheus to fetch, and to a collector.</summary>
internal static class TelemetrySetup
{
    /// <summary>Where Prometheus fetches them, on the management listener.</summary>
    public const string Path = "/metrics";

    /// <summary>Those of the framework that say how the process itself is.</summary>
    private static readonly string[] FrameworkMeters = ["System.Runtime", "Microsoft.AspNetCore.Server.Kestrel"];

    /// <summary>Adds it.</summary>
    public static void AddVrsTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<TelemetryOptions>, TelemetryOptionsValidator>();
        builder.Services.AddOptions<TelemetryOptions>()
            .BindConfiguration(TelemetryOptions.Section)
            .PostConfigure<IConfiguration>((bound, configuration) => bound.Complete(configuration))
            .ValidateOnStart();

        // The pipeline is put together before options exist; a value that is wrong is told by the validator.
        var options = TelemetryOptions.Of(builder.Configuration);
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(options.ServiceName!))
            .WithMetrics(metrics => metrics
                .AddMeter(GrainInstruments.MeterName, GatewayInstruments.MeterName, StorageInstruments.MeterName)
                .AddMeter(GrainEngine.MeterNames)
                .AddMeter(FrameworkMeters)
                .AddPrometheusExporter());
        if (Uri.TryCreate(options.OtlpEndpoint, UriKind.Absolute, out var collector))
        {
            // By the trace's id, which is the call's session: every process decides alike.
            telemetry.WithTracing(tracing => tracing
                .AddSource(CallTrace.SourceName, StorageInstruments.SourceName)
                .SetSampler(new TraceIdRatioBasedSampler(options.TraceShare)));
            telemetry.UseOtlpExporter(
                options.OtlpProtocol is TelemetryOptions.HttpProtobuf
                    ? OtlpExportProtocol.HttpProtobuf
                    : OtlpExportProtocol.Grpc,
                collector);
        }
    }
}
