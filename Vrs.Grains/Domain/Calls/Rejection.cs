namespace Vrs.Grains.Domain.Calls;

/// <summary>
/// Which of several final responses is told on: RFC 3261 section 16.7 step 6. A 6xx first, then the lowest class;
/// within a class what says most: a person who is busy before a device that was silent or not there.
/// </summary>
public static class Rejection
{
    private const int BusyHere = 486;

    /// <summary>Room for the order within a class.</summary>
    private const int Class = 10;

    /// <summary>The better one; the first of two that are equally good.</summary>
    /// <param name="known">The best so far, or 0.</param>
    /// <param name="status">Another, 300 to 699.</param>
    public static int Better(int known, int status) => known == 0 || Rank(status) < Rank(known) ? status : known;

    private static int Rank(int status) => status switch
    {
        >= 600 => 0,
        BusyHere => (4 * Class) + 1,
        // No answer in time, and nobody there: true of one device, and no news when another said more.
        408 or 480 => (4 * Class) + 3,
        _ => (status / 100 * Class) + 2,
    };
}
