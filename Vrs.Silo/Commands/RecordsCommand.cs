using System.Data.Common;
using Vrs.Silo.Hosting;
using Vrs.Silo.Records;

namespace Vrs.Silo.Commands;

/// <summary>Reads the call records of the configured database; the server may run meanwhile.</summary>
internal static class RecordsCommand
{
    /// <summary>How often a long check says how far it is, in records.</summary>
    private const int ProgressEvery = 100_000;

    /// <summary>Streams records to standard output.</summary>
    /// <param name="arguments">Which configuration.</param>
    /// <param name="from">The first UTC day.</param>
    /// <param name="to">The UTC day after the last.</param>
    /// <param name="format"><c>csv</c> or <c>json</c>.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> Export(
        HostArguments arguments, DateOnly from, DateOnly to, string format, CancellationToken stop) =>
        Read(arguments, async reader =>
        {
            var records = reader.Between(from, to, stop);
            await using var output = Console.OpenStandardOutput();
            await (format == "json"
                ? RecordExport.Json(records, output, stop)
                : RecordExport.Csv(records, output, stop));
            return ExitCode.Done;
        });

    /// <summary>Checks every record and the chain of seals; prints the last digest of each day.</summary>
    /// <returns>The exit code: failed when anything is wrong.</returns>
    public static Task<int> Verify(HostArguments arguments, CancellationToken stop) =>
        Read(arguments, async reader =>
        {
            var audit = new RecordAudit(await reader.Erased());
            await foreach (var record in reader.All(stop))
            {
                audit.Look(record);
                if (audit.Count % ProgressEvery == 0)
                {
                    Console.Error.WriteLine($"{audit.Count} records read");
                }
            }

            Tell(audit);
            return audit.FaultCount == 0 ? ExitCode.Done : ExitCode.Failed;
        });

    private static void Tell(RecordAudit audit)
    {
        foreach (var (day, digest) in audit.Heads)
        {
            Console.WriteLine($"{day} {digest}");
        }

        foreach (var fault in audit.Faults)
        {
            Console.Error.WriteLine(fault);
        }

        Console.WriteLine(
            $"{audit.Count} records, {audit.Erased} erased, {audit.Unsealed} not sealed yet, "
            + $"{audit.FaultCount} faults.");
    }

    private static async Task<int> Read(HostArguments arguments, Func<RecordReader, Task<int>> work)
    {
        try
        {
            await using var app = VrsHost.BuildForOutput(arguments);
            return await work(app.Services.GetRequiredService<RecordReader>());
        }
        catch (ConfigurationFaultsException fault)
        {
            Console.Error.WriteLine(ValidateConfigCommand.Describe(fault.Faults));
        }
        catch (DbException fault)
        {
            Console.Error.WriteLine($"The records cannot be read: {fault.Message} Has a server run with this storage?");
        }

        return ExitCode.Failed;
    }
}
