using Vrs.Grains.Domain.Queues;

namespace Vrs.Grains.Queues;

/// <summary>One pool in <c>Queues:Pools</c>; a pool that is not there is open always and stands alone.</summary>
public sealed class PoolOptions
{
    /// <summary>The pool, e.g. <c>ase+en</c>.</summary>
    public string Pool { get; set; } = "";

    /// <summary>Spans of a week when it takes calls, e.g. <c>Mon-Fri 08:00-20:00</c>; empty is always.</summary>
    public string Hours { get; set; } = "";

    /// <summary>The IANA name of the zone of these hours.</summary>
    public string TimeZone { get; set; } = OpeningHours.Always.TimeZone;

    /// <summary>Closed whatever the hour.</summary>
    public bool Closed { get; set; }

    /// <summary>How many calls may stand in this line; null is as many as in any (<c>Queues:MaxWaiting</c>).</summary>
    public int? MaxWaiting { get; set; }

    /// <summary>The pool where calls go on to that wait too long here; null keeps them here.</summary>
    public string? Overflow { get; set; }

    /// <summary>How long a call waits here before it goes on.</summary>
    public TimeSpan OverflowAfter { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How long a call that is under way looks here for another interpreter, or a second one, before it goes on.
    /// </summary>
    public TimeSpan OverflowInCallAfter { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>When it takes calls.</summary>
    public OpeningHours Open() => new(Hours, TimeZone, Closed);

    internal void Check(OptionFaults faults, string at, IEnumerable<PoolOptions> all)
    {
        var others = all.Where(other => other.Pool != Pool).Select(other => other.Pool);
        faults.Require(
            Pool.Length > 0 && all.Count(other => other.Pool == Pool) == 1,
            $"{at}:{nameof(Pool)}",
            Pool,
            "must name a pool, and each once only",
            "Write it like ase+en.");
        var fault = Open().Fault();
        faults.Require(
            fault is null,
            $"{at}:{nameof(Hours)}",
            $"{Hours} ({TimeZone})",
            $"must be spans of a week and a zone; {fault}",
            "Write Hours like 'Mon-Fri 08:00-20:00, Sat 10:00-14:00' and TimeZone like America/New_York.");
        faults.Require(
            Overflow is null || others.Contains(Overflow),
            $"{at}:{nameof(Overflow)}",
            Overflow,
            "must be another pool that is in Queues:Pools",
            "Leave it out, or give that pool an entry.");
        faults.Require(
            MaxWaiting is null or (>= 1 and <= QueueOptions.MostWaiting),
            $"{at}:{nameof(MaxWaiting)}",
            MaxWaiting,
            $"must be from 1 to {QueueOptions.MostWaiting}",
            "Leave it out for Queues:MaxWaiting.");
        faults.Require(
            OverflowAfter >= TimeSpan.FromSeconds(1) && OverflowAfter <= TimeSpan.FromHours(24),
            $"{at}:{nameof(OverflowAfter)}",
            OverflowAfter,
            "must be from 00:00:01 to 1.00:00:00",
            "Leave it out for 00:02:00.");
        faults.Require(
            OverflowInCallAfter >= TimeSpan.FromSeconds(1) && OverflowInCallAfter <= TimeSpan.FromHours(24),
            $"{at}:{nameof(OverflowInCallAfter)}",
            OverflowInCallAfter,
            "must be from 00:00:01 to 1.00:00:00",
            "Leave it out for 00:00:20.");
    }
}
