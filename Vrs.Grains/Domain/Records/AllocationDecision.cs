using Vrs.Grains.Domain.Queues;

namespace Vrs.Grains.Domain.Records;

/// <summary>
/// Why an interpreter was reserved for a call: who was free, whom which filter excluded, in which order the others
/// stood. One for each offer, by (pool, number); no names, no numbers, no content.
/// </summary>
public sealed record AllocationDecision
{
    public required PoolId Pool { get; init; }

    /// <summary>The number of the offer; rises within a pool.</summary>
    public required long Number { get; init; }

    public required DateTimeOffset DecidedAt { get; init; }

    public required CallId Call { get; init; }

    public required PriorityClass Priority { get; init; }

    /// <summary>How long the call had waited, in seconds.</summary>
    public required int WaitedSeconds { get; init; }

    /// <summary>Calls ahead of it in line, for whom nobody was free who fits.</summary>
    public required int PassedOver { get; init; }

    /// <summary>What an interpreter had to have (<see cref="Qualification"/>).</summary>
    public required ImmutableArray<string> Required { get; init; }

    /// <summary>What the caller wished for, and what became of it.</summary>
    public required PreferenceOutcome Preference { get; init; }

    /// <summary>What she agreed to otherwise; null when she wished for nothing.</summary>
    public PreferenceFallback? Consent { get; init; }

    public required InterpreterId Winner { get; init; }

    /// <summary>Everybody who was free, the excluded ones included.</summary>
    public required int Free { get; init; }

    public required ExcludedCounts Excluded { get; init; }

    /// <summary>The fit ones in order, the winner first; the first few of them.</summary>
    public required ImmutableArray<ConsideredInterpreter> Considered { get; init; }

    /// <summary>The record of a decision.</summary>
    /// <param name="queue">The queue as it was when it was made.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="offer">The number it gets.</param>
    /// <param name="at">When it was made.</param>
    public static AllocationDecision Of(QueueState queue, Decision decision, long offer, DateTimeOffset at)
    {
        var ticket = queue.Tickets[decision.Call];
        return new AllocationDecision
        {
            Pool = queue.Pool,
            Number = offer,
            DecidedAt = at,
            Call = ticket.Call,
            Priority = ticket.Priority,
            WaitedSeconds = (int)Math.Max(0, (at - ticket.JoinedAt).TotalSeconds),
            PassedOver = decision.PassedOver,
            Required = ticket.RequiredSkills,
            Preference = decision.Honours(ticket.Preference) switch
            {
                null => PreferenceOutcome.None,
                true => PreferenceOutcome.Honoured,
                false => PreferenceOutcome.FellBack,
            },
            Consent = ticket.Preference?.Fallback,
            Winner = decision.Interpreter,
            Free = queue.Index.IdleCount,
            Excluded = decision.Excluded,
            Considered = decision.Considered,
        };
    }
}

/// <summary>What became of a caller's preference.</summary>
public enum PreferenceOutcome
{
    /// <summary>She had none.</summary>
    None,

    /// <summary>The interpreter is as she wished.</summary>
    Honoured,

    /// <summary>She is not; the caller had agreed to that.</summary>
    FellBack,
}
