using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Vrs.Gateway;
using Vrs.Gateway.Health;
using Vrs.Gateway.Legs;
using Vrs.Gateway.Management;
using Vrs.Gateway.Telemetry;
using Vrs.Grains;
using Vrs.Grains.Accounts;
using Vrs.Grains.Calls;
using Vrs.Silo.Accounts;
using Vrs.Silo.Audit;
using Vrs.Silo.Records;
using Vrs.Silo.Storage;

namespace Vrs.Silo.Hosting;

/// <summary>What the command line says about a run.</summary>
/// <param name="Settings">Settings that win over every other source.</param>
/// <param name="ConfigFile">A further JSON file, or null.</param>
/// <param name="Environment">The environment's name, or null for what the process says.</param>
/// <param name="IsCommandLine">Whether the settings are arguments of a process, which others can read.</param>
public sealed record HostArguments(
    IReadOnlyDictionary<string, string?> Settings,
    string? ConfigFile = null,
    string? Environment = null,
    bool IsCommandLine = false);

/// <summary>Puts a process together from its configuration.</summary>
public static class VrsHost
{
    private const string LogFormatSetting = "Logging:Format";
    private static readonly TimeSpan StopTimeMax = TimeSpan.FromSeconds(10);

    /// <summary>Builds everything and starts nothing.</summary>
    /// <param name="arguments">What the command line says.</param>
    /// <param name="customize">Last changes, for tests.</param>
    /// <exception cref="ConfigurationFaultsException">The configuration cannot be used.</exception>
    public static WebApplication Build(HostArguments arguments, Action<WebApplicationBuilder>? customize = null)
    {
        var builder = CreateBuilder(arguments);
        var roles = RolesSetting.Read(builder.Configuration);
        builder.Services.AddVrsStorage(builder.Configuration);
        builder.Services.AddSingleton<ISignOutStore, SqlSignOuts>();
        builder.Services.AddAuditTrail().AddVrsGrains(builder.Configuration).AddCallRecords();
        builder.AddGrainEngine(roles, typeof(CallGrain).Assembly);
        builder.Services.AddSingleton<IServiceState, ServiceState>();
        builder.AddVrsListener();
        builder.AddVrsTelemetry();
        builder.Services.AddHealthCheck<StorageCheck>("storage");
        builder.Services.AddHostedService<ClockWatch>();
        if (roles.HasFlag(Roles.Gateway))
        {
            builder.AddVrsGateway();
            if (builder.Environment.IsDevelopment())
            {
                builder.Services.AddHostedService<DevelopmentNotice>();
            }
        }

        customize?.Invoke(builder);
        RequireGoodConfiguration(builder, arguments);
        var app = builder.Build();
        app.UseManagement(management => management.UseOpenTelemetryPrometheusScrapingEndpoint(TelemetrySetup.Path));
        if (roles.HasFlag(Roles.Gateway))
        {
            app.MapVrsGateway();
            app.MapCallRecords();
            app.MapAuditTrail();
            app.MapGrainEngine();
        }

        app.MapHealth();
        return app;
    }

    /// <summary>The same for commands whose output others read: what it logs goes to standard error.</summary>
    /// <inheritdoc cref="Build"/>
    internal static WebApplication BuildForOutput(HostArguments arguments) => Build(
        arguments,
        builder => builder.Services.Configure<ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace));

    /// <summary>The settings, unchecked, for commands that need one or two of them.</summary>
    internal static IConfiguration ReadConfiguration(HostArguments arguments) => CreateBuilder(arguments).Configuration;

    private static void RequireGoodConfiguration(WebApplicationBuilder builder, HostArguments arguments)
    {
        // Building the application already reads options, and would stop at the first that is wrong. So they are
        // checked before, in a container of their own that starts nothing.
        var services = new DefaultServiceProviderFactory().CreateServiceProvider(builder.Services);
        using var disposable = (IDisposable)services;
        IEnumerable<string> outsideDevelopment = builder.Environment.IsDevelopment()
            ? []
            :
            [
                .. SecretSettings.FindFaults(builder.Configuration, arguments),
                .. DatabaseTransport.FindFaults(builder.Configuration),
            ];
        ConfigurationCheck.Require(builder.Configuration, services, outsideDevelopment);
    }

    private static WebApplicationBuilder CreateBuilder(HostArguments arguments)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            // Settings are read once: half of them could not change in a running process anyway.
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = arguments.Environment,
        });
        if (arguments.ConfigFile is { } file)
        {
            builder.Configuration.AddJsonFile(Path.GetFullPath(file), optional: false).AddEnvironmentVariables();
        }

        builder.Configuration.AddInMemoryCollection(arguments.Settings);
        builder.Configuration.AddInMemoryCollection(SettingFiles.Read(builder.Configuration));
        builder.Services.AddOptions<DrainOptions>().BindConfiguration(DrainOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<DrainOptions>, DrainOptionsValidator>();
        builder.Services.AddSingleton<LiveLegs>();
        builder.Services.AddSingleton<IHostLifetime, DrainingLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopTimeMax);
        builder.Services.AddSingleton(TimeProvider.System);
        AddLogging(builder);
        return builder;
    }

    private static void AddLogging(WebApplicationBuilder builder)
    {
        var readable = builder.Configuration[LogFormatSetting] == "simple";
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole(console =>
            console.FormatterName = readable ? ReadableLineFormatter.FormatName : EventLineFormatter.FormatName);
        builder.Logging.AddConsoleFormatter<EventLineFormatter, ConsoleFormatterOptions>();
        builder.Logging.AddConsoleFormatter<ReadableLineFormatter, ConsoleFormatterOptions>();
    }
}
