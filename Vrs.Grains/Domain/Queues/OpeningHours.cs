using System.Globalization;

namespace Vrs.Grains.Domain.Queues;

/// <summary>
/// When a pool takes calls. Pure: the same time gives the same answer. A span may end at 24:00; one over midnight is
/// written as two.
/// </summary>
/// <param name="Week">
/// Spans of a week in the pool's own time, e.g. <c>Mon-Fri 08:00-20:00, Sat 10:00-14:00</c>; empty is always.
/// </param>
/// <param name="TimeZone">The IANA name of that time's zone, e.g. <c>America/New_York</c>.</param>
/// <param name="Closed">Closed whatever the hour, e.g. for an outage; nobody knows until when.</param>
public sealed record OpeningHours(string Week, string TimeZone, bool Closed)
{
    private const int DaysAhead = 8;
    private static readonly TimeSpan Midnight = TimeSpan.FromHours(24);

    /// <summary>Always open.</summary>
    public static OpeningHours Always { get; } = new("", "UTC", Closed: false);

    /// <summary>Whether calls are taken at this time.</summary>
    /// <param name="at">The time.</param>
    public bool IsOpen(DateTimeOffset at)
    {
        if (Closed || Week.Length == 0)
        {
            return !Closed;
        }

        var local = TimeZoneInfo.ConvertTime(at, Zone);
        return Spans().Any(span =>
            span.Day == local.DayOfWeek && span.From <= local.TimeOfDay && local.TimeOfDay < span.To);
    }

    /// <summary>When it opens next; null when that is not known.</summary>
    /// <param name="at">A time at which it is closed.</param>
    public DateTimeOffset? OpensAfter(DateTimeOffset at)
    {
        if (Closed || Week.Length == 0)
        {
            return null;
        }

        var today = TimeZoneInfo.ConvertTime(at, Zone).Date;
        var openings =
            from days in Enumerable.Range(0, DaysAhead)
            let day = today.AddDays(days)
            from span in Spans()
            where span.Day == day.DayOfWeek
            let local = day + span.From
            select new DateTimeOffset(local, Zone.GetUtcOffset(local));
        return openings.Where(opening => opening > at).Select(opening => (DateTimeOffset?)opening).Min();
    }

    /// <summary>What is wrong with the text; null when nothing is.</summary>
    public string? Fault()
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
        {
            return $"'{TimeZone}' is no time zone";
        }

        try
        {
            return Spans().All(span => span.From < span.To) ? null : "a span must end later on the same day";
        }
        catch (FormatException fault)
        {
            return fault.Message;
        }
    }

    private TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    private IEnumerable<(DayOfWeek Day, TimeSpan From, TimeSpan To)> Spans() =>
        Week.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).SelectMany(Span);

    private static IEnumerable<(DayOfWeek Day, TimeSpan From, TimeSpan To)> Span(string text)
    {
        var parts = text.Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is < 3 or > 4)
        {
            throw new FormatException($"'{text}' is not written like 'Mon-Fri 08:00-20:00'");
        }

        var first = Day(parts[0], text);
        var last = parts.Length == 4 ? Day(parts[1], text) : first;
        var days = ((int)last - (int)first + 7) % 7;
        var (from, to) = (Hour(parts[^2], text), Hour(parts[^1], text));
        return Enumerable.Range(0, days + 1).Select(day => ((DayOfWeek)(((int)first + day) % 7), from, to));
    }

    private static DayOfWeek Day(string text, string span)
    {
        var names = CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedDayNames;
        var day = Array.FindIndex(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        return day >= 0 ? (DayOfWeek)day : throw new FormatException($"'{text}' in '{span}' is no day");
    }

    private static TimeSpan Hour(string text, string span) =>
        text == "24:00" ? Midnight
        : TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var hour)
            ? hour.ToTimeSpan()
            : throw new FormatException($"'{text}' in '{span}' is no time of day");
}

/// <summary>How a pool serves, from the configuration.</summary>
/// <param name="Hours">When it takes calls. Those in line when it closes are served still.</param>
/// <param name="Overflow">Where calls go that wait too long, and emergencies while it is closed; null nowhere.</param>
/// <param name="OverflowAfter">How long a call waits here before it goes on.</param>
/// <param name="OverflowHours">When the other pool takes calls.</param>
/// <param name="OverflowInCallAfter">How long a call that is under way looks for an interpreter here.</param>
public sealed record PoolService(
    OpeningHours Hours,
    PoolId? Overflow,
    TimeSpan OverflowAfter,
    OpeningHours OverflowHours,
    TimeSpan OverflowInCallAfter = default)
{
    /// <summary>Open always, and on its own.</summary>
    public static PoolService Alone { get; } = new(OpeningHours.Always, null, TimeSpan.Zero, OpeningHours.Always);

    /// <summary>Where a call can go on to at this time; null nowhere.</summary>
    /// <param name="at">The time.</param>
    public PoolId? OverflowAt(DateTimeOffset at) => OverflowHours.IsOpen(at) ? Overflow : null;

    /// <summary>How long a call waits here before it goes on.</summary>
    /// <param name="caller">Who waits; null when a call that is under way looks for an interpreter.</param>
    public TimeSpan PatienceWith(UserId? caller) => caller is null ? OverflowInCallAfter : OverflowAfter;

    /// <summary>What a caller is told who comes while it is closed.</summary>
    /// <param name="at">When she came.</param>
    public Refusal Closed(DateTimeOffset at)
    {
        if (Hours.OpensAfter(at) is not { } opens)
        {
            return new Refusal(RefusalReason.Closed, "The relay service is closed. Please try again later.");
        }

        var local = TimeZoneInfo.ConvertTime(opens, TimeZoneInfo.FindSystemTimeZoneById(Hours.TimeZone));
        var when = local.ToString("dddd 'at' HH:mm", CultureInfo.InvariantCulture);
        return new Refusal(
            RefusalReason.Closed, $"The relay service is closed. It opens on {when} ({Hours.TimeZone}).", opens - at);
    }
}
