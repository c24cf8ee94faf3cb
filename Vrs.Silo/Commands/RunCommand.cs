using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Vrs.Gateway;
using Vrs.Gateway.Management;
using Vrs.Silo.Hosting;
using Vrs.Silo.Storage;

namespace Vrs.Silo.Commands;

/// <summary>Runs the server until it is told to stop.</summary>
internal static partial class RunCommand
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    /// <summary>Runs; what cannot work is said in sentences, not in stack traces.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(HostArguments arguments, CancellationToken stop)
    {
        try
        {
            long? away = null;
            while (!await TryRun(arguments, away, stop))
            {
                away ??= TimeProvider.System.GetTimestamp();
                await Task.Delay(RetryPause, stop);
            }

            return ExitCode.Done;
        }
        catch (ConfigurationFaultsException fault)
        {
            return Say(ValidateConfigCommand.Describe(fault.Faults));
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException
            or UnauthorizedAccessException or StorageException or AddressInUseException
            || StorageOutage.IsOfServer(fault))
        {
            return Say($"The server cannot start: {fault.Message}");
        }
    }

    /// <summary>Runs to the end, unless the database server is away when it starts.</summary>
    /// <param name="arguments">What the command line says.</param>
    /// <param name="away">Since when it is known to be away, or null.</param>
    /// <param name="stop">Ends the run.</param>
    /// <returns>Whether it ran.</returns>
    private static async Task<bool> TryRun(HostArguments arguments, long? away, CancellationToken stop)
    {
        await using var app = VrsHost.Build(arguments);
        RequireFreePorts(app.Services);
        LogStarting(app.Logger, RolesSetting.Read(app.Configuration));
        try
        {
            await app.StartAsync(stop);
        }
        catch (Exception fault) when (StorageOutage.IsOfServer(fault) && Waited(away) < StartHold(app.Services))
        {
            // Whatever was started goes with this application; the next attempt begins anew.
            LogAwaited(app.Logger, fault.Message);
            return false;
        }

        await app.WaitForShutdownAsync(stop);
        return true;
    }

    private static TimeSpan Waited(long? since) =>
        since is { } start ? TimeProvider.System.GetElapsedTime(start) : TimeSpan.Zero;

    private static TimeSpan StartHold(IServiceProvider services) =>
        services.GetRequiredService<IOptions<StorageOptions>>().Value.StartHold;

    private static void RequireFreePorts(IServiceProvider services)
    {
        var (pages, management) = (
            services.GetRequiredService<IOptions<GatewayOptions>>().Value,
            services.GetRequiredService<IOptions<ManagementOptions>>().Value);
        FreePort.Require(pages.ListenEndPoint(), FreePort.ListenRemedy);
        FreePort.Require(management.ListenEndPoint(), FreePort.ManagementRemedy);
    }

    [LoggerMessage(EventName = "service_starting", Level = LogLevel.Information,
        Message = "The service is starting, role {role}.")]
    private static partial void LogStarting(ILogger log, Roles role);

    [LoggerMessage(EventName = "storage_awaited", Level = LogLevel.Warning,
        Message = "The start waits for the database: {Why}")]
    private static partial void LogAwaited(ILogger log, string why);

    private static int Say(string text)
    {
        Console.Error.WriteLine(text);
        return ExitCode.Failed;
    }
}
