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

    /// <summary>How many pools; interpreters serve one or all of them, Deaf people belong to one.</summary>
    public required int Pools { get; init; }

    /// <summary>How many devices a Deaf person has, and how many consoles an interpreter.</summary>
    public required int Devices { get; init; }

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

    /// <summary>How often the clock of the process is set forward or back; null never.</summary>
    public required TimeSpan? ClockStepEvery { get; init; }

    /// <summary>How often an operator does something about some call; null never.</summary>
    public required TimeSpan? OperatorEvery { get; init; }

    /// <summary>How likely a second interpreter is wanted, for each of them in each look at the call.</summary>
    public required double Colleagues { get; init; }

    /// <summary>How likely a caller would like an interpreter of her choice.</summary>
    public required double Choosy { get; init; }

    /// <summary>How likely a caller wants to be called back instead of waiting.</summary>
    public required double Callbacks { get; init; }

    /// <summary>How likely pages do at any moment what makes no sense then.</summary>
    public required double Clumsy { get; init; }

    /// <summary>When the first pool closes, in minutes from the start; null never.</summary>
    public required int? ClosingMinute { get; init; }

    /// <summary>How likely a device holds the line, or sends a request inside its dialog.</summary>
    public required double Restless { get; init; }

    /// <summary>Whether deadlines are short, and lines too: what seldom elapses does.</summary>
    public required bool Hasty { get; init; }

    /// <summary>The settings of the process.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        // A promise to call back outlasts the storm, not the calm after it.
        new("Calls:CallbackWithin", Hasty ? "00:01:00" : "00:05:00"),
        .. Hasty ? Haste : [],
        .. Hasty || ClosingMinute is not null ? Service : [],
    ];

    /// <summary>How likely an interpreter declines, lets an offer lapse, or does not answer her leg.</summary>
    public required double Unwilling { get; init; }

    /// <summary>How likely a phone is busy, declines or does not answer.</summary>
    public required double Unreachable { get; init; }

    private static IEnumerable<KeyValuePair<string, string?>> Haste =>
    [
        new("Calls:LongestWait", "00:00:30"),
        new("Calls:HoldPlace", "00:00:04"),
        new("Calls:OfferTimeout", "00:00:06"),
        new("Calls:SetupTimeout", "00:00:08"),
        new("Calls:IdleTimeout", "00:00:20"),
        new("Calls:RingTimeout", "00:00:10"),
        new("Calls:LongHold", "00:00:10"),
        new("Calls:ColleagueTimeout", "00:00:20"),
        new("Interpreters:HoldTimeout", "00:00:08"),
        new("Interpreters:BreakDueAfter", "00:01:00"),
        new("Queues:MaxWaiting", "1"),
        new("Queues:LongestHold", "00:00:05"),
    ];

    private IEnumerable<KeyValuePair<string, string?>> Service =>
    [
        new("Queues:Pools:0:Pool", "ase+en"),
        new("Queues:Pools:0:Overflow", "bfi+en"),
        new("Queues:Pools:0:OverflowAfter", "00:00:10"),
        new("Queues:Pools:0:OverflowInCallAfter", "00:00:05"),
        // The first day of the simulated time is a Tuesday.
        new("Queues:Pools:0:Hours", ClosingMinute is { } minute ? $"Tue 00:00-00:{minute:00}" : ""),
        new("Queues:Pools:1:Pool", "bfi+en"),
    ];

    public static Swarm From(Random random)
    {
        bool On() => random.Next(2) == 0;
        double Rate(double most) => On() ? random.NextDouble() * most : 0;
        TimeSpan? Every(int least, int most) => On() ? TimeSpan.FromSeconds(random.Next(least, most)) : null;
        return new Swarm
        {
            Callers = random.Next(1, 5),
            Interpreters = random.Next(1, 5),
            Phones = random.Next(1, 3),
            Pools = random.Next(1, 3),
            Devices = random.Next(1, 3),
            Storm = TimeSpan.FromSeconds(random.Next(60, 240)),
            LongestDelay = TimeSpan.FromMilliseconds(On() ? random.Next(20, 2000) : 20),
            Loss = Rate(0.03),
            Duplication = Rate(0.1),
            WriteFailure = Rate(0.03),
            DropEvery = Every(5, 60),
            DisconnectEvery = Every(3, 60),
            GatewayRestartEvery = random.Next(4) == 0 ? TimeSpan.FromSeconds(random.Next(30, 120)) : null,
            CrashEvery = random.Next(4) == 0 ? TimeSpan.FromSeconds(random.Next(30, 120)) : null,
            ClockStepEvery = random.Next(4) == 0 ? TimeSpan.FromSeconds(random.Next(20, 120)) : null,
            OperatorEvery = Every(8, 90),
            Hasty = random.Next(3) == 0,
            Colleagues = Rate(0.8),
            Choosy = Rate(0.8),
            Callbacks = Rate(0.6),
            Clumsy = Rate(0.5),
            ClosingMinute = random.Next(4) == 0 ? random.Next(1, 4) : null,
            Restless = Rate(0.4),
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
