using System.Globalization;
using Spectre.Console;

namespace Vrs.Bench.Load.Hostile;

/// <summary>What good calls noticed of an attack.</summary>
internal sealed class SiegeReport
{
    /// <summary>How many times as long a call's setup may take under attack, at the 95th percentile.</summary>
    public const double RatioMost = 2;

    /// <summary>Calls before the attack.</summary>
    public LoadReport Quiet { get; } = new();

    /// <summary>Calls during the attack.</summary>
    public LoadReport Attacked { get; } = new();

    /// <summary>The attack.</summary>
    public Siege? Siege { get; set; }

    /// <summary>There was an attack; all calls were served, and not much later.</summary>
    public bool IsGood => Siege is { TookPlace: true }
        && Quiet.IsClean && Attacked.IsClean && Ratios.All(ratio => ratio <= RatioMost);

    private IEnumerable<double> Ratios =>
        [.. Quiet.All.Zip(Attacked.All, (quiet, attacked) => attacked.Percentile(95) / quiet.Percentile(95))];

    public void Print(IAnsiConsole console)
    {
        console.WriteLine("Before the attack:");
        Quiet.Print(console);
        console.WriteLine("During the attack:");
        Attacked.Print(console);
        Siege?.Print(console);
        if (Siege is not { TookPlace: true })
        {
            console.WriteLine(
                "The attackers had no time: fewer guesses than 50 a second, or an attack without outcome. "
                + "This shows nothing; run it on a machine with less other work.");
        }

        var ratios = Ratios.Select(ratio => ratio.ToString("0.00", CultureInfo.InvariantCulture));
        console.WriteLine($"p95 during / before: {string.Join(", ", ratios)}; at most {RatioMost} is good");
    }
}
