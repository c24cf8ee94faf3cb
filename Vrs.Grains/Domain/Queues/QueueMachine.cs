using Vrs.Grains.Domain.Machines;
using static Vrs.Grains.Domain.Queues.Place;
using static Vrs.Grains.Domain.Queues.QueueEvent;
using S = Vrs.Grains.Domain.Queues.QueueSteps;

namespace Vrs.Grains.Domain.Queues;

/// <summary>The table of a call's place in line: what every event about a call means, wherever it stands.</summary>
public static class QueueMachine
{
    private const string NotInLine = "the call is not in line";
    private const string NotOffered = "no offer of that number is open";

    /// <summary>The table; its phase is the place of the call that the event is about.</summary>
    public static Table<Place, QueueState, QueueEvent, QueueEffect> Table { get; } = Build();

    /// <summary>The state after the event, and what is owed to others. Pure and total.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="event">What happened.</param>
    public static Transition<QueueState, QueueEffect> Apply(QueueState state, QueueEvent @event) =>
        Table.Apply(state, @event);

    /// <summary>The event, and every match it makes possible.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="event">What happened.</param>
    public static Transition<QueueState, QueueEffect> ApplyAndMatch(QueueState state, QueueEvent @event)
    {
        var transition = Apply(state, @event);
        var matched = MatchAll(transition.Next, @event.At);
        return transition with { Next = matched.Next, Effects = transition.Effects.AddRange(matched.Effects) };
    }

    /// <summary>What time brings: holds end, pauses end, and whoever fits is reserved.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="now">The time.</param>
    public static Transition<QueueState, QueueEffect> Tick(QueueState state, DateTimeOffset now)
    {
        var held = state.Tickets.Values.Where(ticket => ticket.Place is Held && ticket.HeldUntil <= now);
        foreach (var ticket in held)
        {
            state = Apply(state, new HoldElapsed(ticket.Call) { At = now }).Next;
        }

        return MatchAll(state, now);
    }

    /// <summary>Reserves for as many waiting calls as there are fit interpreters.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="now">The time.</param>
    public static Transition<QueueState, QueueEffect> MatchAll(QueueState state, DateTimeOffset now)
    {
        var effects = ImmutableArray.CreateBuilder<QueueEffect>();
        while (AllocationPolicy.Next(state, now) is { } match)
        {
            var reserved = Apply(state, new Matched(match.Call, match.Interpreter) { At = now });
            state = reserved.Next;
            effects.AddRange(reserved.Effects);
        }

        return new Transition<QueueState, QueueEffect>(RowKind.Step, state, effects.ToImmutable());
    }

    private static Table<Place, QueueState, QueueEvent, QueueEffect> Build() =>
        new TableBuilder<Place, QueueState, QueueEvent, QueueEffect>("Queue", (state, e) => state.PlaceOf(e.Call))
        .On<Joined>()
            .Step([None], [Waiting], S.Join, [Room])
            .Ignored([Waiting, Held, Reserving, Offered], "a call in line keeps its place")
        .On<WentAway>()
            .Step([Waiting], [Held], S.Hold)
            .Stay([Reserving, Offered], S.NoteAway)
            .Ignored([Held], "it is held already")
            .Ignored([None], NotInLine)
        .On<CameBack>()
            .Step([Held], [Waiting], S.Resume)
            .Stay([Reserving, Offered], S.NoteBack)
            .Ignored([Waiting], "it is not held")
            .Ignored([None], NotInLine)
        .On<HoldElapsed>()
            .Step([Held], [Waiting], S.StopHolding, [Elapsed])
            .Ignored([Waiting, Reserving, Offered], "it is not held")
            .Ignored([None], NotInLine)
        .On<Left>()
            .Step([Waiting, Held, Reserving], [None], S.Drop)
            .Step([Offered], [None], S.Serve)
            .Ignored([None], NotInLine)
        .On<Matched>()
            .Step([Waiting], [Reserving], S.Reserve)
            .Ignored([None, Held, Reserving, Offered], "only a waiting call is matched")
        .On<Granted>()
            .Step([Reserving], [Offered, Waiting, Held], S.Offer, [SameOffer<Granted>(e => e.Offer)], S.HandBack)
            .Refused([None], RefusalReason.NotFound, NotInLine, S.HandBack)
            .Refused([Waiting, Held, Offered], RefusalReason.Stale, NotOffered, S.HandBack)
        .On<Denied>()
            .Step([Reserving], [Waiting, Held], S.TryAgain, [SameOffer<Denied>(e => e.Offer)])
            .Ignored([None, Waiting, Held, Offered], NotOffered)
        .On<Returned>()
            .Step([Offered], [Waiting, Held], S.TakeBack, [SameOffer<Returned>(e => e.Offer)])
            .Ignored([None, Waiting, Held, Reserving], NotOffered)
        .Build();

    private static Check<QueueState, Joined> Room => new(
        (state, e) => state.Tickets.Count < state.Limits.MaxWaiting || e.Priority is PriorityClass.Emergency,
        "too many calls are waiting",
        RefusalReason.Overloaded);

    private static Check<QueueState, HoldElapsed> Elapsed =>
        new((state, e) => state.Tickets[e.Call].HeldUntil <= e.At, "it is held for longer");

    private static Check<QueueState, TEvent> SameOffer<TEvent>(Func<TEvent, long> offer)
        where TEvent : QueueEvent =>
        new((state, e) => state.Tickets[e.Call].Offer == offer(e), NotOffered, RefusalReason.Stale);
}
