using Vrs.Grains.Domain.Machines;

namespace Vrs.Silo.Commands;

/// <summary>
/// Replays logs against the tables of the machines; each file is the log of one server over all its lives.
/// </summary>
internal static class ValidateTraceCommand
{
    /// <summary>Prints every illegal line, or how much was checked.</summary>
    /// <param name="paths">Files with JSON log lines, or folders with such files (<c>*.log</c>).</param>
    /// <param name="stop">Stops reading.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> Run(IReadOnlyList<string> paths, CancellationToken stop)
    {
        var files = paths.SelectMany(FilesOf).ToList();
        if (files.FirstOrDefault(file => !File.Exists(file)) is { } missing)
        {
            await Console.Error.WriteLineAsync($"There is no file {missing}.".AsMemory(), stop);
            return ExitCode.Failed;
        }

        var (steps, entities, faults) = (0, 0, new List<string>());
        foreach (var file in files)
        {
            var check = await Read(file, stop);
            (steps, entities) = (steps + check.Steps, entities + check.Entities);
            faults.AddRange(check.Faults);
        }

        if (steps == 0)
        {
            faults.Add("No line tells of a step: is the log in JSON (Logging:Format=json), at level Information?");
        }

        foreach (var fault in faults)
        {
            await Console.Error.WriteLineAsync(fault.AsMemory(), stop);
        }

        Console.WriteLine(
            $"{steps} steps of {entities} calls and interpreters in {files.Count} logs; {faults.Count} faults.");
        return faults.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static IEnumerable<string> FilesOf(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*.log", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        : [path];

    private static async Task<TraceCheck> Read(string file, CancellationToken stop)
    {
        var check = new TraceCheck();
        var number = 0;
        await foreach (var line in File.ReadLinesAsync(file, stop))
        {
            check.Read($"{file}:{++number}", line);
        }

        return check;
    }
}
