using System.Data.Common;
using Vrs.Silo.Audit;
using Vrs.Silo.Hosting;
using Vrs.Silo.Records;

namespace Vrs.Silo.Commands;

/// <summary>Reads the audit trail of the configured database; the server may run meanwhile.</summary>
internal static class AuditCommand
{
    /// <summary>Streams sealed events to standard output as JSON lines, in order of their seals.</summary>
    /// <param name="arguments">Which configuration.</param>
    /// <param name="from">The first UTC day.</param>
    /// <param name="to">The UTC day after the last.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> Export(HostArguments arguments, DateOnly from, DateOnly to, CancellationToken stop) =>
        Read(arguments, async reader =>
        {
            var (first, end) = (RecordReader.Text(from), RecordReader.Text(to));
            await using var output = Console.OpenStandardOutput();
            await RecordExport.Json(Between(reader.Seals(stop), first, end), output, stop);
            return ExitCode.Done;
        });

    /// <summary>Checks every event and the chain of seals; prints the last digest of each day.</summary>
    /// <returns>The exit code: failed when anything is wrong.</returns>
    public static Task<int> Verify(HostArguments arguments, CancellationToken stop) =>
        Read(arguments, async reader =>
        {
            var check = new AuditCheck(await reader.Erased());
            await foreach (var seal in reader.Seals(stop))
            {
                check.Look(seal);
            }

            foreach (var (day, digest) in check.Heads)
            {
                Console.WriteLine($"{day} {digest}");
            }

            foreach (var fault in check.Faults)
            {
                Console.Error.WriteLine(fault);
            }

            var unsealed = (await reader.Unsealed(int.MaxValue)).Count;
            Console.WriteLine(
                $"{check.Count} audit events, {check.Erased} erased, {unsealed} not sealed yet, "
                + $"{check.FaultCount} faults.");
            return check.FaultCount == 0 ? ExitCode.Done : ExitCode.Failed;
        });

    private static async IAsyncEnumerable<IEnumerable<(string Name, object? Value)>> Between(
        IAsyncEnumerable<SealedAudit> seals, string from, string end)
    {
        await foreach (var seal in seals)
        {
            if (seal.Event is { } entry
                && string.CompareOrdinal(entry.at, from) >= 0 && string.CompareOrdinal(entry.at, end) < 0)
            {
                yield return entry.Fields();
            }
        }
    }

    private static async Task<int> Read(HostArguments arguments, Func<AuditReader, Task<int>> work)
    {
        try
        {
            await using var app = VrsHost.BuildForOutput(arguments);
            return await work(app.Services.GetRequiredService<AuditReader>());
        }
        catch (ConfigurationFaultsException fault)
        {
            Console.Error.WriteLine(ValidateConfigCommand.Describe(fault.Faults));
        }
        catch (DbException fault)
        {
            Console.Error.WriteLine($"The trail cannot be read: {fault.Message} Has a server run with this storage?");
        }

        return ExitCode.Failed;
    }
}
