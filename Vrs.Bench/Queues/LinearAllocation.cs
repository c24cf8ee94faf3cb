using Vrs.Grains.Domain.Queues;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Grains.Interfaces.Queues;

namespace Vrs.Bench.Queues;

/// <summary>
/// The policy of allocation as its description says it, by looking at everybody: no index, no groups. What the real one
/// is measured against, and in tests the oracle that it must agree with; so it shares none of its code.
/// </summary>
internal static class LinearAllocation
{
    /// <summary>The next match in the whole queue, or null when no waiting call fits a free interpreter.</summary>
    public static (CallId Call, InterpreterId Interpreter)? Next(QueueState queue, DateTimeOffset now)
    {
        Ticket? first = null;
        InterpreterId? found = null;
        foreach (var ticket in queue.Tickets.Values)
        {
            if (ticket.Place is Place.Waiting
                && (first is null || IsAhead(ticket, first))
                && InterpreterFor(queue.Candidates.Values, ticket, now) is { } interpreter)
            {
                (first, found) = (ticket, interpreter);
            }
        }

        return first is null ? null : (first.Call, found!.Value);
    }

    /// <summary>The interpreter for this call; null when nobody is free who fits.</summary>
    public static InterpreterId? InterpreterFor(IEnumerable<Candidate> candidates, Ticket ticket, DateTimeOffset now)
    {
        Candidate? best = null;
        foreach (var candidate in candidates)
        {
            if (candidate.Free && Fits(ticket, candidate, now) && (best is null || IsBetter(ticket, candidate, best)))
            {
                best = candidate;
            }
        }

        return best?.Interpreter;
    }

    /// <summary>The call for this free interpreter; null when none waits that she fits.</summary>
    public static CallId? CallFor(IEnumerable<Ticket> tickets, Candidate candidate, DateTimeOffset now)
    {
        Ticket? first = null;
        foreach (var ticket in tickets)
        {
            if (ticket.Place is Place.Waiting
                && Fits(ticket, candidate, now)
                && (first is null || IsAhead(ticket, first)))
            {
                first = ticket;
            }
        }

        return first?.Call;
    }

    /// <summary>Whether this interpreter, were she free, may be asked for this call now.</summary>
    public static bool Fits(Ticket ticket, Candidate candidate, DateTimeOffset now)
    {
        if (ticket.Pauses.Any(pause => pause.Interpreter == candidate.Interpreter && pause.Until > now))
        {
            return false;
        }

        if (ticket.Priority is PriorityClass.Emergency)
        {
            return true;
        }

        return ticket.RequiredSkills.All(word => candidate.Skills.Contains(word))
            && (!ticket.Insists || OpenWishes(ticket, candidate) == 0);
    }

    private static bool IsAhead(Ticket one, Ticket other)
    {
        var isEmergency = one.Priority is PriorityClass.Emergency;
        if (isEmergency != other.Priority is PriorityClass.Emergency)
        {
            return isEmergency;
        }

        var byAge = (one.JoinedAt - HeadStart(one)).CompareTo(other.JoinedAt - HeadStart(other));
        var byNumber = byAge != 0 ? byAge : one.Join.CompareTo(other.Join);
        return (byNumber != 0 ? byNumber : string.CompareOrdinal(one.Call.Value, other.Call.Value)) < 0;
    }

    private static bool IsBetter(Ticket ticket, Candidate one, Candidate other)
    {
        var byWish = OpenWishes(ticket, one).CompareTo(OpenWishes(ticket, other));
        var bySpare = byWish != 0 ? byWish : Scarce(one).CompareTo(Scarce(other));
        var byIdle = bySpare != 0 ? bySpare : one.FreeSince.CompareTo(other.FreeSince);
        return (byIdle != 0 ? byIdle : string.CompareOrdinal(one.Interpreter.Value, other.Interpreter.Value)) < 0;
    }

    private static int OpenWishes(Ticket ticket, Candidate candidate)
    {
        var open = ticket.Preference?.Interpreter is { } name && name != candidate.Interpreter ? 1 : 0;
        open += ticket.Preference?.Gender is { } gender && !candidate.Skills.Contains($"gender:{gender}") ? 1 : 0;
        return ticket.Priority is PriorityClass.Emergency
            ? open + ticket.RequiredSkills.Count(word => !candidate.Skills.Contains(word))
            : open;
    }

    private static int Scarce(Candidate candidate) => candidate.Skills.Count(word =>
        !word.StartsWith("gender:", StringComparison.Ordinal)
        && !word.StartsWith("country:", StringComparison.Ordinal));

    private static TimeSpan HeadStart(Ticket ticket) => ticket.Priority switch
    {
        PriorityClass.Recovering => TimeSpan.FromMinutes(15),
        PriorityClass.Urgent => TimeSpan.FromMinutes(3),
        _ => TimeSpan.Zero,
    };
}
