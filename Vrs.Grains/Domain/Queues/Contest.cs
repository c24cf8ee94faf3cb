namespace Vrs.Grains.Domain.Queues;

/// <summary>One decision in the making: the free are entered group by group, the best few are kept in order.</summary>
internal sealed class Contest
{
    private readonly QueueState _queue;
    private readonly Ticket _ticket;
    private readonly DateTimeOffset _now;
    private readonly Qualifications _demanded;
    private readonly InterpreterId? _wished;
    private readonly List<ConsideredInterpreter> _best = new(AllocationPolicy.MaxConsidered + 1);
    private ExcludedCounts _excluded = new(0, 0, 0, 0, 0);

    public Contest(QueueState queue, Ticket ticket, DateTimeOffset now)
    {
        (_queue, _ticket, _now) = (queue, ticket, now);
        _demanded = ticket.Demands;
        _wished = ticket.Preference?.Interpreter;
        foreach (var pause in ticket.Pauses)
        {
            if (pause.Until > now && FitToday(pause.Interpreter) is not null)
            {
                _excluded = _excluded with { Pause = _excluded.Pause + 1 };
            }
        }

        // She may stand anywhere in her group, so she is looked up by name.
        if (_wished is { } name && ticket.MayAsk(name, now) && FitToday(name) is { } her)
        {
            Consider(her.Qualifications, her.Key);
        }
    }

    /// <summary>Enters everybody who is free with the same qualifications, longest idle first.</summary>
    public void Enter(Qualifications offered, ImmutableSortedSet<IdleKey> interpreters)
    {
        if (!offered.Covers(_demanded))
        {
            Exclude(offered.FirstMissing(_demanded)!, interpreters.Count);
            return;
        }

        if (_ticket.Only is { } only)
        {
            var others = FitToday(only) is { } her && her.Qualifications.Equals(offered) ? 1 : 0;
            _excluded = _excluded with { Preference = _excluded.Preference + interpreters.Count - others };
            return;
        }

        foreach (var key in interpreters)
        {
            // Within a group the order is that of idleness: once one is too late, so are all after her.
            if (key.Interpreter != _wished
                && _ticket.MayAsk(key.Interpreter, _now)
                && !Consider(offered, key))
            {
                return;
            }
        }
    }

    /// <summary>The decision; null when nobody fits.</summary>
    public Decision? Decide() => _best.Count == 0 ? null : new Decision(
        _ticket.Call,
        _best[0].Interpreter,
        _queue.Index.Line.IndexOf(WaitingKey.Of(_ticket)),
        _excluded,
        [.. _best]);

    private Candidate? FitToday(InterpreterId interpreter) =>
        _queue.Candidates.TryGetValue(interpreter, out var candidate)
            && candidate.Free
            && candidate.Qualifications.Covers(_demanded)
                ? candidate
                : null;

    /// <summary>Whether she is among the best few so far.</summary>
    private bool Consider(Qualifications offered, IdleKey key)
    {
        var unnamed = _wished is { } name && name != key.Interpreter ? 1 : 0;
        var one = new ConsideredInterpreter(
            key.Interpreter, _ticket.Unmet(offered) + unnamed, offered.Scarce - _demanded.Scarce, key.FreeSince);
        var place = _best.BinarySearch(one);
        if (~place >= AllocationPolicy.MaxConsidered)
        {
            return false;
        }

        _best.Insert(~place, one);
        if (_best.Count > AllocationPolicy.MaxConsidered)
        {
            _best.RemoveAt(AllocationPolicy.MaxConsidered);
        }

        return true;
    }

    private void Exclude(string missing, int count) =>
        _excluded = missing.StartsWith(Qualification.GenderMark, StringComparison.Ordinal)
                ? _excluded with { Preference = _excluded.Preference + count }
            : missing.StartsWith(Qualification.CountryMark, StringComparison.Ordinal)
                ? _excluded with { Country = _excluded.Country + count }
            : missing.StartsWith(Qualification.CertificationMark, StringComparison.Ordinal)
                ? _excluded with { Certification = _excluded.Certification + count }
            : _excluded with { Skill = _excluded.Skill + count };
}
