using System.Globalization;
using System.Text;

namespace Vrs.Tests.Simulation;

/// <summary>
/// What one seed has in store: how many people, what they are like, and which faults are on. Each fault is off in half
/// of the seeds, so that most runs have some faults and not all: a fault can hide what another would show.
/// </summary>
internal sealed record Swarm
{
    public required int Callers { get; init; }

    public required int Interpreters { get; init; }

    public required int Phones { get; init; }

    /// <summary>How long people come and go, and faults happen.</summary>
    public required TimeSpan Storm { get; init; }

    /// <summary>The longest time a message takes; most take a few milliseconds.</summary>
    public required TimeSpan LongestDelay { get; init; }

    /// <summary>How likely a message between grains or to a gateway is lost.</summary>
    public required double Loss { get; init; }

    /// <summary>How likely a command or report arrives twice.</summary>
    public required double Duplication { get; init; }

    /// <summary>How likely a write fails; half of those that fail have taken effect.</summary>
    public required double WriteFailure { get; init; }

    /// <summary>How often the activation of some grain is dropped; null never.</summary>
    public required TimeSpan? DropEvery { get; init; }

    /// <summary>How often some device loses its connection; null never.</summary>
    public required TimeSpan? DisconnectEvery { get; init; }

    /// <summary>How often the gateway restarts with new connections only; null never.</summary>
    public required TimeSpan? GatewayRestartEvery { get; init; }

    /// <summary>How often the whole process is killed and started again; null never.</summary>
    public required TimeSpan? CrashEvery { get; init; }

    /// <summary>How likely an interpreter declines, lets an offer lapse, or does not answer her leg.</summary>
    public required double Unwilling { get; init; }

    /// <summary>How likely a phone is busy, declines or does not answer.</summary>
    public required double Unreachable { get; init; }

    public static Swarm From(Random random)
    {
        bool On() => random.Next(2) == 0;
        double Rate(double most) => On() ? random.NextDouble() * most : 0;
        TimeSpan? Every(int least, int most) => On() ? TimeSpan.FromSeconds(random.Next(least, most)) : null;
        return new Swarm
        {
            Callers = random.Next(1, 5),
            Interpreters = random.Next(1, 4),
            Phones = random.Next(1, 3),
            Storm = TimeSpan.FromSeconds(random.Next(60, 240)),
            LongestDelay = TimeSpan.FromMilliseconds(On() ? random.Next(20, 2000) : 20),
            Loss = Rate(0.03),
            Duplication = Rate(0.1),
            WriteFailure = Rate(0.03),
            DropEvery = Every(5, 60),
            DisconnectEvery = Every(5, 90),
            GatewayRestartEvery = random.Next(4) == 0 ? TimeSpan.FromSeconds(random.Next(30, 120)) : null,
            CrashEvery = random.Next(4) == 0 ? TimeSpan.FromSeconds(random.Next(30, 120)) : null,
            Unwilling = Rate(0.5),
            Unreachable = Rate(0.6),
        };
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var property in typeof(Swarm).GetProperties().Where(property => property.CanWrite))
        {
            text.Append(CultureInfo.InvariantCulture, $"{property.Name} {property.GetValue(this) ?? "never"}; ");
        }

        return text.ToString();
    }
}
