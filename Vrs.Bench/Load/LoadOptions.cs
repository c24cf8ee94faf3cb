namespace Vrs.Bench.Load;

/// <summary>What one load run does.</summary>
/// <param name="Server">The server's <c>https:</c> address.</param>
/// <param name="Rate">New calls per second.</param>
/// <param name="Duration">How long new calls are placed.</param>
/// <param name="Hold">How long a call is relayed before the caller hangs up.</param>
/// <param name="Callers">Devices that call; one call each at a time.</param>
/// <param name="Interpreters">Interpreters at work.</param>
/// <param name="Phones">Hearing people's phones.</param>
/// <param name="Password">The password of the load accounts.</param>
public sealed record LoadOptions(
    Uri Server,
    double Rate,
    TimeSpan Duration,
    TimeSpan Hold,
    int Callers,
    int Interpreters,
    int Phones,
    string Password)
{
    /// <summary>How long anything in a call may take before the call counts as failed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>How many calls are placed.</summary>
    public int CallCount => (int)Math.Ceiling(Rate * Duration.TotalSeconds);

    /// <summary>How many devices there are.</summary>
    public int PartyCount => Callers + Interpreters + Phones;

    /// <summary>How many parties of a kind a rate needs, with room for setup and for slow moments.</summary>
    public static int PartiesFor(double rate, TimeSpan hold) => (int)Math.Ceiling(rate * (hold.TotalSeconds + 2)) + 5;
}
