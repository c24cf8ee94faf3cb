using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Vrs.Bench.Load.Hostile;

/// <summary>What became of an attack.</summary>
/// <param name="Attack">Which.</param>
/// <param name="What">What the server did with it.</param>
/// <param name="Times">How often.</param>
internal sealed record Outcome(string Attack, string What, int Times);

/// <summary>
/// All attackers at once, until disposed of, in a process of their own that runs only when nobody else wants to
/// (nice 19): attackers bring their own machines, and what good calls notice should be the server's part.
/// </summary>
internal sealed class Siege : IAsyncDisposable
{
    /// <summary>Fewer guesses a second than half of those intended are another, smaller attack.</summary>
    private const double GuessesLeast = 50;

    private readonly Process _process;
    private readonly long _begun = Stopwatch.GetTimestamp();

    private Siege(Process process) => _process = process;

    /// <summary>How long it lasted; known when it is over.</summary>
    public TimeSpan Lasted { get; private set; }

    /// <summary>Whether the attackers were at work: on a machine without time left they do next to nothing.</summary>
    public bool TookPlace => WasWhole(Outcomes, Lasted);

    /// <summary>What became of the attacks; known when the siege is over.</summary>
    public IReadOnlyList<Outcome> Outcomes { get; private set; } = [];

    /// <summary>Begins it; the attackers are at work on return.</summary>
    /// <param name="server">The server, on this machine.</param>
    public static async Task<Siege> Begin(Uri server)
    {
        var start = new ProcessStartInfo("nice")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            ArgumentList = { "-n", "19", "dotnet", typeof(Siege).Assembly.Location, SiegeCommand.Name, "--url" },
        };
        start.ArgumentList.Add(server.ToString());
        var process = Process.Start(start)!;
        return await process.StandardOutput.ReadLineAsync() == SiegeCommand.Begun
            ? new Siege(process)
            : throw new LoadFailure("the attackers could not be started");
    }

    /// <summary>Whether so much came of all attacks that they were what they were meant to be.</summary>
    /// <param name="outcomes">What became of them.</param>
    /// <param name="lasted">In this time.</param>
    internal static bool WasWhole(IReadOnlyCollection<Outcome> outcomes, TimeSpan lasted) =>
        SiegeCommand.Attacks.All(attack => outcomes.Any(outcome => outcome.Attack == attack))
        && outcomes.Where(outcome => outcome.Attack == BruteForcer.Title).Sum(outcome => outcome.Times)
            >= GuessesLeast * lasted.TotalSeconds;

    /// <summary>Ends it and learns what became of the attacks.</summary>
    public async ValueTask DisposeAsync()
    {
        Lasted = Stopwatch.GetElapsedTime(_begun);
        _process.StandardInput.Close();
        var outcomes = await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Outcomes = JsonSerializer.Deserialize<Outcome[]>(outcomes)!;
    }

    /// <summary>What became of the attacks.</summary>
    public void Print(IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("attack", "outcome", "times");
        table.Columns[2].RightAligned();
        foreach (var (attack, what, times) in Outcomes)
        {
            table.AddRow(attack, what, times.ToString("N0", CultureInfo.InvariantCulture));
        }

        console.Write(table);
    }
}
