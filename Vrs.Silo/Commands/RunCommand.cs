using Microsoft.AspNetCore.Connections;
using Vrs.Silo.Hosting;

namespace Vrs.Silo.Commands;

/// <summary>Runs the server until it is told to stop.</summary>
internal static class RunCommand
{
    /// <summary>Runs; what cannot work is said in sentences, not in stack traces.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(HostArguments arguments, CancellationToken stop)
    {
        try
        {
            await using var app = VrsHost.Build(arguments);
            await Serve(app, stop);
            return ExitCode.Done;
        }
        catch (ConfigurationFaultsException fault)
        {
            return Say(ValidateConfigCommand.Describe(fault.Faults));
        }
        catch (Exception fault) when (fault is InvalidDataException or UnauthorizedAccessException
            or FileNotFoundException or AddressInUseException)
        {
            return Say($"The server cannot start: {fault.Message}");
        }
    }

    private static async Task Serve(WebApplication app, CancellationToken stop)
    {
        try
        {
            await app.RunAsync(stop);
        }
        catch (IOException fault) when (fault.InnerException is AddressInUseException)
        {
            throw new AddressInUseException(
                $"the address {app.Configuration["Gateway:Listen"]} is in use by another program. Stop that program, "
                + "or choose another port: --listen https://0.0.0.0:9443, or ./vrs up --port 9443.",
                fault);
        }
    }

    private static int Say(string text)
    {
        Console.Error.WriteLine(text);
        return ExitCode.Failed;
    }
}
