namespace Vrs.Grains.Domain.Queues;

/// <summary>
/// The order in which calls are served: emergencies ahead of all (47 CFR 9.14(b)(2)(ii)); the others by the time they
/// joined less the head start of their class, then by their number in line. The head starts are bounded, so a call is
/// overtaken only by calls that joined within that time after it: ageing without a beat, and the same on any machine.
/// </summary>
internal readonly record struct WaitingKey(int Rank, long Order, long Join, CallId Call) : IComparable<WaitingKey>
{
    public static WaitingKey Of(Ticket ticket) => new(
        ticket.Priority is PriorityClass.Emergency ? 0 : 1,
        ticket.JoinedAt.UtcTicks - AllocationPolicy.HeadStart(ticket.Priority).Ticks,
        ticket.Join,
        ticket.Call);

    public int CompareTo(WaitingKey other)
    {
        var byRank = Rank.CompareTo(other.Rank);
        var byOrder = byRank != 0 ? byRank : Order.CompareTo(other.Order);
        var byJoin = byOrder != 0 ? byOrder : Join.CompareTo(other.Join);
        return byJoin != 0 ? byJoin : string.CompareOrdinal(Call.Value, other.Call.Value);
    }
}

/// <summary>The order in which equally fit interpreters are asked: longest idle, then id.</summary>
internal readonly record struct IdleKey(long FreeSince, InterpreterId Interpreter) : IComparable<IdleKey>
{
    public int CompareTo(IdleKey other)
    {
        var bySince = FreeSince.CompareTo(other.FreeSince);
        return bySince != 0 ? bySince : string.CompareOrdinal(Interpreter.Value, other.Interpreter.Value);
    }
}

/// <summary>When time changes something about a call in line.</summary>
internal readonly record struct DueKey(DateTimeOffset At, CallId Call) : IComparable<DueKey>
{
    public int CompareTo(DueKey other)
    {
        var byTime = At.CompareTo(other.At);
        return byTime != 0 ? byTime : string.CompareOrdinal(Call.Value, other.Call.Value);
    }
}
