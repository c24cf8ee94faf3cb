using Vrs.Grains.Domain.Machines;
using static Vrs.Grains.Domain.Queues.Availability;
using static Vrs.Grains.Domain.Queues.CandidateEvent;

namespace Vrs.Grains.Domain.Queues;

/// <summary>How a queue sees an interpreter.</summary>
public enum Availability
{
    /// <summary>Never announced.</summary>
    Unknown,

    /// <summary>Free to be reserved.</summary>
    Free,

    /// <summary>Reserved by this queue, or busy elsewhere.</summary>
    Busy,
}

/// <summary>Everything that can happen to an interpreter as a queue sees her.</summary>
/// <param name="Interpreter">Who.</param>
/// <param name="Stint">In which stretch of being free.</param>
public abstract record CandidateEvent(InterpreterId Interpreter, long Stint) : MachineEvent
{
    /// <summary>She is free.</summary>
    public sealed record BecameFree(InterpreterId Interpreter, long Stint, ImmutableArray<string> Skills)
        : CandidateEvent(Interpreter, Stint);

    /// <summary>She is not free any more.</summary>
    public sealed record WentBusy(InterpreterId Interpreter, long Stint) : CandidateEvent(Interpreter, Stint);
}

/// <summary>The table of an interpreter as a queue sees her; stints tell old news from new.</summary>
public static class CandidateMachine
{
    private const string OldNews = "she told of a later stint already";

    /// <summary>The table; its phase is the availability of the interpreter that the event is about.</summary>
    public static Table<Availability, QueueState, CandidateEvent, QueueEffect> Table { get; } =
        new TableBuilder<Availability, QueueState, CandidateEvent, QueueEffect>("Candidate", AvailabilityOf)
        .On<BecameFree>()
            .Step([Unknown], [Free], Announce)
            .Step([Free, Busy], [Free], Announce, [Newer])
        .On<WentBusy>()
            .Step([Unknown], [Busy], Withdraw)
            .Step([Free, Busy], [Busy], Withdraw, [NotOlder])
        .Build();

    private static Check<QueueState, BecameFree> Newer =>
        new((state, e) => e.Stint > state.Candidates[e.Interpreter].Stint, OldNews);

    private static Check<QueueState, WentBusy> NotOlder =>
        new((state, e) => e.Stint >= state.Candidates[e.Interpreter].Stint, OldNews);

    /// <summary>The event, and the match it makes possible.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="event">What happened.</param>
    public static Transition<QueueState, QueueEffect> ApplyAndMatch(QueueState state, CandidateEvent @event)
    {
        var transition = Table.Apply(state, @event);
        return AvailabilityOf(transition.Next, @event) is Free
            ? transition.Then(QueueMachine.MatchInterpreter(transition.Next, @event.Interpreter, @event.At))
            : transition;
    }

    private static Availability AvailabilityOf(QueueState state, CandidateEvent e) =>
        !state.Candidates.TryGetValue(e.Interpreter, out var candidate) ? Unknown : candidate.Free ? Free : Busy;

    private static QueueDraft Announce(QueueState before, BecameFree e) =>
        QueueDraft.Begin(before, e)
            .Set(state => state with { LastFree = state.LastFree + 1 })
            .Put(new Candidate(
                e.Interpreter,
                e.Stint,
                Free: true,
                before.LastFree + 1,
                e.Skills,
                before.Candidates.GetValueOrDefault(e.Interpreter)?.Told ?? 0));

    private static QueueDraft Withdraw(QueueState before, WentBusy e) =>
        QueueDraft.Begin(before, e)
            .Put(before.Candidates.TryGetValue(e.Interpreter, out var known)
                ? known with { Stint = e.Stint, Free = false }
                : new Candidate(e.Interpreter, e.Stint, Free: false, 0, []));
}
