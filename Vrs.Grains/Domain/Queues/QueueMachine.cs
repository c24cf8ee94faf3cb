using Vrs.Grains.Domain.Machines;
using static Vrs.Grains.Domain.Queues.Place;
using static Vrs.Grains.Domain.Queues.QueueEvent;
using S = Vrs.Grains.Domain.Queues.QueueSteps;

namespace Vrs.Grains.Domain.Queues;

/// <summary>The table of a call's place in line: what every event about a call means, wherever it stands.</summary>
public static class QueueMachine
{
    private const string NotInLine = "the call is not in line";
    private const string NotWaiting = "time is looked at again when it waits";
    private const string NotOffered = "no offer of that number is open";

    /// <summary>The table; its phase is the place of the call that the event is about.</summary>
    public static Table<Place, QueueState, QueueEvent, QueueEffect> Table { get; } = Build();

    /// <summary>The state after the event, and what is owed to others. Pure and total.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="event">What happened.</param>
    public static Transition<QueueState, QueueEffect> Apply(QueueState state, QueueEvent @event) =>
        Table.Apply(state, @event);

    /// <summary>Whether the call's place waits to hear about the interpreter of this offer.</summary>
    /// <param name="state">The line.</param>
    /// <param name="call">The call.</param>
    /// <param name="offer">The number of the offer.</param>
    public static bool Awaits(QueueState state, CallId call, long offer) =>
        state.Tickets.TryGetValue(call, out var ticket) && ticket.Place is Reserving && ticket.Offer == offer;

    /// <summary>The event, and the match it makes possible.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="event">What happened.</param>
    public static Transition<QueueState, QueueEffect> ApplyAndMatch(QueueState state, QueueEvent @event)
    {
        var transition = Apply(state, @event);
        return transition.Next.PlaceOf(@event.Call) is Waiting
            ? transition.Then(MatchCall(transition.Next, @event.Call, @event.At))
            : transition;
    }

    /// <summary>What time brings: holds, pauses, preferences and waits end, and whoever fits is reserved.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="now">The time.</param>
    public static Transition<QueueState, QueueEffect> Tick(QueueState state, DateTimeOffset now)
    {
        var ticked = Unchanged(state);
        var due = state.Index.DueBy(now).ToList();
        foreach (var elapsed in due.SelectMany(call => Fallen(state.Tickets[call], now)))
        {
            ticked = ticked.Then(Apply(ticked.Next, elapsed with { At = now }));
        }

        var waiting = due.Where(call => ticked.Next.PlaceOf(call) is Waiting);
        foreach (var key in waiting.Select(call => WaitingKey.Of(ticked.Next.Tickets[call])).Order().ToList())
        {
            ticked = ticked.Then(MatchCall(ticked.Next, key.Call, now));
        }

        return ticked;
    }

    /// <summary>Reserves for as many waiting calls as there are fit interpreters, whatever the state.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="now">The time.</param>
    public static Transition<QueueState, QueueEffect> MatchAll(QueueState state, DateTimeOffset now) =>
        AllocationPolicy.Order(state).Aggregate(
            Unchanged(state),
            (matched, call) => matched.Then(MatchCall(matched.Next, call, now)));

    /// <summary>Reserves for this interpreter, who is free, if she fits a waiting call.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="interpreter">Who.</param>
    /// <param name="now">The time.</param>
    internal static Transition<QueueState, QueueEffect> MatchInterpreter(
        QueueState state, InterpreterId interpreter, DateTimeOffset now)
    {
        var matched = Unchanged(state);
        while (matched.Next.Candidates[interpreter].Free
            && AllocationPolicy.CallFor(matched.Next, interpreter, now) is { } call)
        {
            matched = matched.Then(MatchCall(matched.Next, call, now));
        }

        return matched;
    }

    private static Transition<QueueState, QueueEffect> MatchCall(QueueState state, CallId call, DateTimeOffset now) =>
        AllocationPolicy.Decide(state, call, now) is { } decision
            ? Apply(state, new Matched(call, decision) { At = now })
            : Unchanged(state);

    private static Transition<QueueState, QueueEffect> Unchanged(QueueState state) =>
        new(RowKind.Step, state, [], []);

    private static IEnumerable<QueueEvent> Fallen(Ticket ticket, DateTimeOffset now)
    {
        if (ticket.Place is Held)
        {
            yield return new HoldElapsed(ticket.Call);
            yield break;
        }

        if (ticket.Pauses.Any(pause => pause.Until <= now))
        {
            yield return new PauseElapsed(ticket.Call);
        }

        if (ticket.InsistsUntil <= now)
        {
            yield return new PreferenceElapsed(ticket.Call);
        }

        if (ticket.OverflowAt <= now)
        {
            yield return new OverflowElapsed(ticket.Call);
        }
    }

    private static Table<Place, QueueState, QueueEvent, QueueEffect> Build() =>
        new TableBuilder<Place, QueueState, QueueEvent, QueueEffect>("Queue", (state, e) => state.PlaceOf(e.Call))
        .On<Joined>()
            .Step([None], [Waiting, None], S.Join, [Open, Room])
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
        .On<PauseElapsed>()
            .Step([Waiting], [Waiting], S.EndPauses)
            .Ignored([Held, Reserving, Offered], NotWaiting)
            .Ignored([None], NotInLine)
        .On<PreferenceElapsed>()
            .Step([Waiting], [Waiting], S.StopInsisting, [Insisted])
            .Ignored([Held, Reserving, Offered], NotWaiting)
            .Ignored([None], NotInLine)
        .On<OverflowElapsed>()
            .Step([Waiting], [None, Waiting], S.Overflow, [Overdue])
            .Ignored([Held, Reserving, Offered], NotWaiting)
            .Ignored([None], NotInLine)
        .On<Left>()
            .Step([Waiting, Held, Reserving, Offered], [None], S.Leave)
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
            .Step([Offered], [Waiting, Held], S.TakeBack, [SameOffer<Returned>(e => e.Offer), SameInterpreter])
            .Ignored([None, Waiting, Held, Reserving], NotOffered)
        .Build();

    /// <summary>Whoever is in a call or in line already is served after closing time too.</summary>
    private static Check<QueueState, Joined> Open => new(
        (state, e) => e.Priority is PriorityClass.Emergency or PriorityClass.Recovering
            || e.Moved
            || state.Service.Hours.IsOpen(e.At),
        "the service is closed",
        RefusalReason.Closed);

    /// <summary>
    /// Calls that come from another pool's line are as many as that line allows. Nobody who is in a call is cut off
    /// because others wait.
    /// </summary>
    private static Check<QueueState, Joined> Room => new(
        (state, e) => state.Tickets.Count < state.Limits.MaxWaiting
            || e.Priority is PriorityClass.Emergency or PriorityClass.Recovering
            || e.Moved,
        "too many calls are waiting",
        RefusalReason.Overloaded);

    private static Check<QueueState, HoldElapsed> Elapsed =>
        new((state, e) => state.Tickets[e.Call].HeldUntil <= e.At, "it is held for longer");

    private static Check<QueueState, PreferenceElapsed> Insisted =>
        new((state, e) => state.Tickets[e.Call].InsistsUntil <= e.At, "the caller wants to wait for longer");

    private static Check<QueueState, OverflowElapsed> Overdue =>
        new((state, e) => state.Tickets[e.Call].OverflowAt <= e.At, "it has not waited for so long");

    /// <summary>Offers are numbered by each pool; a number from another pool's line may be the same.</summary>
    private static Check<QueueState, Returned> SameInterpreter => new(
        (state, e) => state.Tickets[e.Call].Interpreter == e.Interpreter, NotOffered, RefusalReason.Stale);

    private static Check<QueueState, TEvent> SameOffer<TEvent>(Func<TEvent, long> offer)
        where TEvent : QueueEvent =>
        new((state, e) => state.Tickets[e.Call].Offer == offer(e), NotOffered, RefusalReason.Stale);
}
