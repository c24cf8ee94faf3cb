using System.Globalization;
using System.Net;
using Spectre.Console;

namespace Vrs.Bench.Load.Hostile;

/// <summary>All attackers at once, each from an address of her own, until disposed of.</summary>
internal sealed class Siege : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Attacker> _attackers;
    private readonly Task _working;

    /// <summary>Begins it.</summary>
    /// <param name="server">The server, on this machine.</param>
    public Siege(Uri server)
    {
        _attackers =
        [
            new Scanner(server, IPAddress.Parse("127.0.7.1")),
            new BruteForcer(server, IPAddress.Parse("127.0.7.2")),
            new InviteFlooder(server, IPAddress.Parse("127.0.7.3")),
            new Giant(server, IPAddress.Parse("127.0.7.4")),
            new Sloth(server, IPAddress.Parse("127.0.7.5")),
        ];
        _working = Task.WhenAll(_attackers.Select(attacker => Task.Run(() => attacker.Work(_stop.Token))));
    }

    /// <summary>Who attacks.</summary>
    public IReadOnlyList<Attacker> Attackers => _attackers;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _working;
        _stop.Dispose();
    }

    /// <summary>What happened to the attackers.</summary>
    public void Print(IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("attack", "outcome", "times");
        table.Columns[2].RightAligned();
        foreach (var attacker in _attackers)
        {
            foreach (var (outcome, count) in attacker.Outcomes)
            {
                table.AddRow(attacker.Name, outcome, count.ToString("N0", CultureInfo.InvariantCulture));
            }
        }

        console.Write(table);
    }
}
