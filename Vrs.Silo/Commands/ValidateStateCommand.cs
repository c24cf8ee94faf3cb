using Vrs.Grains.Domain.Machines;
using Vrs.Silo.Hosting;

namespace Vrs.Silo.Commands;

/// <summary>Checks the machines: every cell has exactly one row, and the pages that show them are current.</summary>
internal static class ValidateStateCommand
{
    private const string Remedy =
        "Run VRS_REWRITE=1 dotnet test Vrs.Tests --filter MachineTests, and review the difference.";

    /// <summary>Prints everything that is wrong.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(HostArguments arguments, CancellationToken stop)
    {
        var faults = await FindFaults(stop);
        foreach (var fault in faults)
        {
            await Console.Error.WriteLineAsync(fault.AsMemory(), stop);
        }

        if (faults.Count > 0)
        {
            return ExitCode.Failed;
        }

        var pages = string.Join(", ", MachineChecks.Pages.Select(page => page.Path));
        Console.WriteLine($"The machines are total and strict; they are shown as they are by {pages}.");
        return ExitCode.Done;
    }

    private static async Task<IReadOnlyList<string>> FindFaults(CancellationToken stop)
    {
        try
        {
            var faults = MachineChecks.MissingCells().ToList();
            foreach (var page in MachineChecks.Pages)
            {
                faults.AddRange(await FindFaultsOf(page, stop));
            }

            return faults;
        }
        catch (TypeInitializationException fault) when (fault.InnerException is InvalidOperationException doubled)
        {
            // A table with two rows for one cell cannot even be built.
            return [doubled.Message];
        }
    }

    private static async Task<IEnumerable<string>> FindFaultsOf(MachinePage page, CancellationToken stop) =>
        FindFile(page.Path) is { } file
            ? page.Faults(await File.ReadAllTextAsync(file, stop)).Select(fault => $"{fault} {Remedy}")
            : [$"{page.Path} is missing (looked for it from here upwards). {Remedy}"];

    private static string? FindFile(string path)
    {
        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, path);
            if (File.Exists(file))
            {
                return file;
            }
        }

        return null;
    }
}
