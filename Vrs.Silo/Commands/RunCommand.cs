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
    /// <summary>Runs; what cannot work is said in sentences, not in stack traces.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(HostArguments arguments, CancellationToken stop)
    {
        try
        {
            await using var app = VrsHost.Build(arguments);
            RequireFreePorts(app.Services);
            LogStarting(app.Logger);
            await app.RunAsync(stop);
            return ExitCode.Done;
        }
        catch (ConfigurationFaultsException fault)
        {
            return Say(ValidateConfigCommand.Describe(fault.Faults));
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException
            or UnauthorizedAccessException or StorageException or AddressInUseException)
        {
            return Say($"The server cannot start: {fault.Message}");
        }
    }

    private static void RequireFreePorts(IServiceProvider services)
    {
        var (pages, management) = (
            services.GetRequiredService<IOptions<GatewayOptions>>().Value,
            services.GetRequiredService<IOptions<ManagementOptions>>().Value);
        FreePort.Require(pages.ListenEndPoint(), FreePort.ListenRemedy);
        FreePort.Require(management.ListenEndPoint(), FreePort.ManagementRemedy);
    }

    [LoggerMessage(EventName = "service_starting", Level = LogLevel.Information, Message = "The service is starting.")]
    private static partial void LogStarting(ILogger log);

    private static int Say(string text)
    {
        Console.Error.WriteLine(text);
        return ExitCode.Failed;
    }
}
