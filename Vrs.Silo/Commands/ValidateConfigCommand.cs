using System.Globalization;
using Vrs.Silo.Hosting;

namespace Vrs.Silo.Commands;

/// <summary>Checks the configuration as a start would, and starts nothing.</summary>
internal static class ValidateConfigCommand
{
    /// <summary>Prints every fault there is.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(HostArguments arguments, CancellationToken stop)
    {
        try
        {
            await using var app = VrsHost.Build(arguments);
            Console.WriteLine($"The configuration is good (environment {app.Environment.EnvironmentName}).");
            return ExitCode.Done;
        }
        catch (ConfigurationFaultsException fault)
        {
            await Console.Error.WriteLineAsync(Describe(fault.Faults).AsMemory(), stop);
            return ExitCode.Failed;
        }
        catch (Exception fault) when (fault is InvalidDataException or FileNotFoundException)
        {
            await Console.Error.WriteLineAsync(fault.Message.AsMemory(), stop);
            return ExitCode.Failed;
        }
    }

    /// <summary>The faults as a numbered list.</summary>
    internal static string Describe(IReadOnlyList<string> faults)
    {
        var heading = faults.Count == 1
            ? "The configuration has one fault:"
            : string.Create(CultureInfo.InvariantCulture, $"The configuration has {faults.Count} faults:");
        return string.Join(Environment.NewLine, faults.Select((f, i) => $"  {i + 1}. {f}").Prepend(heading));
    }
}
