using Vrs.Grains.Domain.Machines;
using Vrs.Silo.Hosting;

namespace Vrs.Silo.Commands;

/// <summary>Checks the machines: every cell has exactly one row, and the page that shows them is current.</summary>
internal static class ValidateStateCommand
{
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

        Console.WriteLine($"The machines are total and strict; {MachineChecks.DocumentPath} shows them as they are.");
        return ExitCode.Done;
    }

    private static async Task<IReadOnlyList<string>> FindFaults(CancellationToken stop)
    {
        try
        {
            return [.. MachineChecks.MissingCells(), .. await FindFaultsOfPage(stop)];
        }
        catch (TypeInitializationException fault) when (fault.InnerException is InvalidOperationException doubled)
        {
            // A table with two rows for one cell cannot even be built.
            return [doubled.Message];
        }
    }

    private static async Task<IReadOnlyList<string>> FindFaultsOfPage(CancellationToken stop)
    {
        var remedy = "Run VRS_REWRITE=1 dotnet test Vrs.Tests --filter Machine, and review the difference.";
        if (FindPage() is not { } page)
        {
            return [$"{MachineChecks.DocumentPath} is missing (looked for it from here upwards). {remedy}"];
        }

        var written = (await File.ReadAllTextAsync(page, stop)).Split('\n');
        var rendered = MachineChecks.Document().Split('\n');
        var line = written.Zip(rendered).TakeWhile(pair => pair.First == pair.Second).Count();
        return line == rendered.Length && line == written.Length
            ? []
            : [$"{page}:{line + 1}: the page differs from the tables. {remedy}"];
    }

    private static string? FindPage()
    {
        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
        {
            var page = Path.Combine(folder.FullName, MachineChecks.DocumentPath);
            if (File.Exists(page))
            {
                return page;
            }
        }

        return null;
    }
}
