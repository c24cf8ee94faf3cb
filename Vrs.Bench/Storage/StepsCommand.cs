using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Spectre.Console;
using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Effects;
using Vrs.Silo.Storage;

namespace Vrs.Bench.Storage;

/// <summary>
/// <c>steps</c>: how many steps of calls a second are written out, committed and answered by the service's own writer,
/// beside how many rows of the same size the same database commits when nothing but it is in the way.
/// </summary>
internal static class StepsCommand
{
    private static readonly int[] CallsAtOnce = [1, 16, 64, 256];

    public static Command Create()
    {
        var database = new Option<string?>("--database")
        {
            Description = "An empty PostgreSQL database; a SQLite file in a new folder when left out.",
        };
        var duration = new Option<double>("--seconds")
        {
            Description = "How long each is measured.",
            DefaultValueFactory = _ => 5,
        };
        var command = new Command("steps", "Persisted steps of calls, beside what the database commits by itself.")
        {
            database, duration,
        };
        command.SetAction(parsed => Run(parsed.GetValue(database), TimeSpan.FromSeconds(parsed.GetValue(duration))));
        return command;
    }

    private static async Task Run(string? connection, TimeSpan duration)
    {
        var table = new Table().AddColumns("calls at once", "steps/s", "rows/s, database alone", "share");
        foreach (var (calls, steps, rows) in await Measure(connection, CallsAtOnce, duration))
        {
            var share = (steps / rows).ToString("0 %", CultureInfo.InvariantCulture);
            table.AddRow($"{calls}", $"{steps:N0}", $"{rows:N0}", share);
        }

        AnsiConsole.Write(table);
    }

    /// <summary>Measures both, for each number of calls at once.</summary>
    internal static async Task<IReadOnlyList<(int Calls, double Steps, double Rows)>> Measure(
        string? connection, IReadOnlyList<int> callsAtOnce, TimeSpan duration)
    {
        var folder = Directory.CreateTempSubdirectory("vrs-steps-");
        var options = new StorageOptions
        {
            Provider = connection is null ? DatabaseProvider.Sqlite : DatabaseProvider.PostgreSql,
            ConnectionString = connection,
            DataFolder = folder.FullName,
        };
        try
        {
            await using var database = Database.Open(options);
            await new Migrator(database, TimeProvider.System).Migrate();
            var measured = new List<(int Calls, double Steps, double Rows)>();
            foreach (var calls in callsAtOnce)
            {
                var rows = await new RawCommits(database, calls).Measure(duration);
                measured.Add((calls, await Steps(database, options, calls, duration), rows));
            }

            return measured;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<double> Steps(
        Database database, StorageOptions options, int calls, TimeSpan duration)
    {
        await using var writer = new GroupCommitWriter(
            database, Options.Create(options), NullLogger<GroupCommitWriter>.Instance);
        var storage = new SqlStorage(database, writer, TimeProvider.System);
        var json = new StateJson();
        var since = Stopwatch.GetTimestamp();
        var steps = await Task.WhenAll(Enumerable.Range(0, calls).Select(i => Task.Run(async () =>
        {
            var key = new StateKey(new GrainIdentity("bench", $"{calls}-{i}"), "call");
            var kept = new Kept<CallState, CallEffect>();
            string? etag = null;
            var done = 0;
            for (; Stopwatch.GetElapsedTime(since) < duration; done++)
            {
                kept.State = SampleCall.Step(done);
                etag = await storage.Write(key, json.Write(key, kept), etag);
            }

            return done;
        })));
        return steps.Sum() / Stopwatch.GetElapsedTime(since).TotalSeconds;
    }
}
