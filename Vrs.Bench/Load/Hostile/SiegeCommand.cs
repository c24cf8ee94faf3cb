using System.CommandLine;
using System.Net;
using System.Text.Json;

namespace Vrs.Bench.Load.Hostile;

/// <summary>
/// <c>siege</c>: the attackers of <c>load --hostile</c>, each from an address of her own, until its input ends; then it
/// prints what became of them.
/// </summary>
internal static class SiegeCommand
{
    public const string Name = "siege";

    /// <summary>Printed when the attackers are at work.</summary>
    public const string Begun = "begun";

    /// <summary>The names of all attacks.</summary>
    public static IReadOnlyList<string> Attacks { get; } =
        Array.ConvertAll(All(new Uri("https://localhost")), attacker => attacker.Name);

    public static Command Create()
    {
        var url = LoadArguments.Address("--url", "The server's address, on this machine.", "https://localhost:8443");
        var only = new Option<string?>("--only") { Description = "One attack alone; all when left out." };
        var command = new Command(Name, "Attacks a server on this machine until its input ends, for load --hostile.")
        {
            url, only,
        };
        command.SetAction(parsed => Run(parsed.GetValue(url)!, parsed.GetValue(only)));
        return command;
    }

    /// <summary>Whether a server may be attacked: it must be on this machine.</summary>
    public static bool MayAttack(Uri server) =>
        server.IsLoopback && (server.Host == "localhost" || IPAddress.TryParse(server.Host, out _));

    private static async Task<int> Run(Uri server, string? only)
    {
        if (!MayAttack(server))
        {
            await Console.Error.WriteLineAsync($"A server on this machine only is attacked, not {server}.");
            return 1;
        }

        using var stop = new CancellationTokenSource();
        var attackers = All(server).Where(attacker => only is null || attacker.Name == only).ToArray();
        var working = Array.ConvertAll(attackers, attacker => Task.Run(() => attacker.Work(stop.Token)));
        Console.WriteLine(Begun);
        while (await Console.In.ReadLineAsync() is not null)
        {
        }

        await stop.CancelAsync();
        await Task.WhenAll(working);
        Console.WriteLine(JsonSerializer.Serialize(attackers.SelectMany(attacker => attacker.Outcomes)));
        return 0;
    }

    private static Attacker[] All(Uri server) =>
    [
        new Scanner(server, IPAddress.Parse("127.0.7.1")),
        new BruteForcer(server, IPAddress.Parse("127.0.7.2")),
        new InviteFlooder(server, IPAddress.Parse("127.0.7.3")),
        new Giant(server, IPAddress.Parse("127.0.7.4")),
        new Sloth(server, IPAddress.Parse("127.0.7.5")),
    ];
}
