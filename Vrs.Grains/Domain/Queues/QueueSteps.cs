using Vrs.Grains.Domain.Machines;
using Vrs.Grains.Domain.Records;
using static Vrs.Grains.Domain.Queues.QueueEvent;

namespace Vrs.Grains.Domain.Queues;

/// <summary>The steps that the rows of <see cref="QueueMachine"/> name.</summary>
internal static class QueueSteps
{
    /// <summary>
    /// Stands in line; an emergency that finds the pool closed goes on at once to one that is open, if there is one.
    /// </summary>
    public static QueueDraft Join(QueueState before, Joined e)
    {
        if (e.Priority is PriorityClass.Emergency
            && !before.Service.Hours.IsOpen(e.At)
            && before.Service.OverflowAt(e.At) is { } open
            && !e.Moved)
        {
            return QueueDraft.Begin(before, e).Do(new QueueEffect.MoveOn(e.Call, open, e.At));
        }

        return QueueDraft.Begin(before, e)
            .Set(state => state with { LastJoin = state.LastJoin + 1 })
            .Put(TicketFor(before, e))
            .Set(state => Forget(state, e.Caller));
    }

    /// <summary>
    /// A device that does not know its call any more places a new one, which may stand where this one stood.
    /// </summary>
    public static QueueDraft Hold(QueueState before, WentAway e) =>
        Change(before, e, ticket => InLine(Away(before, ticket, e)))
            .Set(state => Remember(state, before.Tickets[e.Call], e.At));

    public static QueueDraft Resume(QueueState before, CameBack e) =>
        Change(before, e, ticket => InLine(Back(ticket)))
            .Set(state => Forget(state, before.Tickets[e.Call].Caller));

    /// <summary>If the caller is away still, the call will say so when an interpreter is reserved for it.</summary>
    public static QueueDraft StopHolding(QueueState before, HoldElapsed e) =>
        Change(before, e, ticket => InLine(Back(ticket)));

    public static QueueDraft NoteAway(QueueState before, WentAway e) =>
        Change(before, e, ticket => Away(before, ticket, e))
            .Set(state => Remember(state, before.Tickets[e.Call], e.At));

    public static QueueDraft NoteBack(QueueState before, CameBack e) =>
        Change(before, e, Back).Set(state => Forget(state, before.Tickets[e.Call].Caller));

    public static QueueDraft EndPauses(QueueState before, PauseElapsed e) =>
        Change(before, e, ticket => ticket with { Pauses = ticket.Pauses.RemoveAll(pause => pause.Until <= e.At) });

    public static QueueDraft StopInsisting(QueueState before, PreferenceElapsed e) =>
        Change(before, e, ticket => ticket with { Insists = false, InsistsUntil = null });

    /// <summary>The other pool may be closed just now; then this one serves it, and looks again.</summary>
    public static QueueDraft Overflow(QueueState before, OverflowElapsed e) =>
        before.Service.OverflowAt(e.At) is { } open
            ? QueueDraft.Begin(before, e)
                .Remove(e.Call)
                .Do(new QueueEffect.MoveOn(e.Call, open, before.Tickets[e.Call].JoinedAt))
            : Change(before, e, ticket => ticket with
            {
                OverflowAt = before.Service.Overflow is null ? null : e.At + before.Service.PatienceWith(ticket.Caller),
            });

    /// <summary>
    /// A call that is served tells how fast the line moves; one that is not leaves its place to whoever redials.
    /// </summary>
    public static QueueDraft Leave(QueueState before, Left e)
    {
        var ticket = before.Tickets[e.Call];
        var left = QueueDraft.Begin(before, e).Remove(e.Call);
        return e.Served
            ? left.Set(state => state with
            {
                LastServedAt = e.At,
                Served = ticket.HasWaited ? WaitEstimate.Add(before, ticket, e.At) : state.Served,
            })
            : left.Set(state => Remember(state, ticket, e.At));
    }

    public static QueueDraft Reserve(QueueState before, Matched e)
    {
        var candidate = before.Candidates[e.Decision.Interpreter];
        var offer = before.LastOffer + 1;
        return Change(before, e, ticket => ticket with
        {
            Place = Place.Reserving,
            Offer = offer,
            Interpreter = candidate.Interpreter,
            AsPreferred = e.Decision.Honours(ticket.Preference),
            HasWaited = ticket.HasWaited || e.At > ticket.JoinedAt,
        })
            .Set(state => state with { LastOffer = offer })
            .Put(candidate with { Free = false })
            .Do(new QueueEffect.Reserve(e.Call, offer, candidate.Interpreter, candidate.Stint))
            .Do(new QueueEffect.Explain(AllocationDecision.Of(before, e.Decision, offer, e.At)));
    }

    public static QueueDraft Offer(QueueState before, Granted e) =>
        before.Tickets[e.Call].HeldUntil is not null
            ? Change(before, e, InLine).Do(new QueueEffect.Release(e.Call, e.Offer, e.Reservation.Interpreter))
            : Change(before, e, ticket => ticket with { Place = Place.Offered })
                .Put(before.Candidates[e.Reservation.Interpreter] with { Told = e.Offer })
                .Do(new QueueEffect.TellReserved(
                    e.Call, e.Reservation with { AsPreferred = before.Tickets[e.Call].AsPreferred }));

    /// <summary>She announces herself again, with a new stint, when she is free again.</summary>
    public static QueueDraft TryAgain(QueueState before, Denied e) => Change(before, e, InLine);

    public static QueueDraft TakeBack(QueueState before, Returned e) =>
        Change(before, e, ticket => InLine(ticket) with
        {
            Pauses =
            [
                .. ticket.Pauses.Where(pause => pause.Until > e.At && pause.Interpreter != e.Interpreter),
                new Pause(e.Interpreter, e.At + before.Limits.ReofferPause),
            ],
        });

    /// <summary>
    /// The call is gone, so she is let go at once; not so when the call was told of her, and this is an answer that
    /// came twice: then she may be serving it.
    /// </summary>
    public static ImmutableArray<QueueEffect> HandBack(QueueState state, Granted e) =>
        (state.Tickets.TryGetValue(e.Call, out var ticket) && ticket.Offer == e.Offer)
        || (state.Candidates.TryGetValue(e.Reservation.Interpreter, out var candidate) && candidate.Told >= e.Offer)
            ? []
            : [new QueueEffect.Release(e.Call, e.Offer, e.Reservation.Interpreter)];

    private static Ticket TicketFor(QueueState before, Joined e)
    {
        // Whoever is in danger, or was cut off, is not kept waiting for a wish.
        // Who comes from another line has waited for it there.
        DateTimeOffset? until = e.Preference is { Fallback: PreferenceFallback.Anyone } bounded
            ? (e.Since ?? e.At) + bounded.WaitFor
            : null;
        var insists = e.Preference is not null
            && !(until <= e.At)
            && e.Priority is not (PriorityClass.Emergency or PriorityClass.Recovering);
        var old = OldPlace(before, e);
        return new Ticket(
            e.Call,
            e.Priority,
            old?.Join ?? before.LastJoin + 1,
            e.RequiredSkills,
            e.Since ?? old?.JoinedAt ?? e.At,
            Place.Waiting,
            Offer: 0,
            Interpreter: null,
            Pauses: [])
        {
            Caller = e.Caller,
            Preference = e.Preference,
            Insists = insists,
            InsistsUntil = insists ? until : null,
            OverflowAt = before.Service.Overflow is not null && !e.Moved
                ? (e.Since ?? e.At) + before.Service.PatienceWith(e.Caller)
                : null,
        };
    }

    private static AbandonedPlace? OldPlace(QueueState before, Joined e) =>
        e.Caller is { } caller && before.Abandoned.TryGetValue(caller, out var place) && place.Until > e.At
            ? place
            : null;

    private static QueueState Remember(QueueState state, Ticket ticket, DateTimeOffset at)
    {
        if (ticket.Caller is not { } caller)
        {
            return state;
        }

        var kept = state.Abandoned;
        if (kept.Count >= QueueLimits.MaxAbandoned)
        {
            kept = kept.RemoveRange(kept.Where(place => place.Value.Until <= at).Select(place => place.Key));
        }

        if (kept.Count >= QueueLimits.MaxAbandoned)
        {
            kept = kept.Remove(kept.MinBy(place => (place.Value.Until, place.Key.Value)).Key);
        }

        var place = new AbandonedPlace(ticket.JoinedAt, ticket.Join, at + state.Limits.RedialWithin);
        return state with { Abandoned = kept.SetItem(caller, place) };
    }

    private static QueueState Forget(QueueState state, UserId? caller) =>
        caller is { } who ? state with { Abandoned = state.Abandoned.Remove(who) } : state;

    private static Ticket Away(QueueState queue, Ticket ticket, WentAway e) =>
        ticket with { HeldUntil = e.At + queue.Limits.LongestHold };

    private static Ticket Back(Ticket ticket) => ticket with { HeldUntil = null };

    /// <summary>The old place: to be offered again, unless the caller is away.</summary>
    private static Ticket InLine(Ticket ticket) => ticket with
    {
        Place = ticket.HeldUntil is null ? Place.Waiting : Place.Held,
        Offer = 0,
        Interpreter = null,
        AsPreferred = null,
    };

    private static QueueDraft Change(QueueState before, QueueEvent e, Func<Ticket, Ticket> change) =>
        QueueDraft.Begin(before, e).Put(change(before.Tickets[e.Call]));
}

/// <summary>A step in the making; it keeps the index in step with the tickets and candidates.</summary>
/// <param name="State">The state so far.</param>
/// <param name="At">When the event happened.</param>
/// <param name="Effects">What is owed so far, in order.</param>
internal sealed record QueueDraft(QueueState State, DateTimeOffset At, ImmutableArray<QueueEffect> Effects)
    : Draft<QueueState, QueueEffect>(State, At, Effects)
{
    public static QueueDraft Begin(QueueState state, MachineEvent e) =>
        new(state with { Version = state.Version + 1 }, e.At, []);

    public QueueDraft Do(QueueEffect effect) => this with { Effects = Effects.Add(effect) };

    public QueueDraft Set(Func<QueueState, QueueState> change) => this with { State = change(State) };

    public QueueDraft If(bool condition, Func<QueueDraft, QueueDraft> then) => condition ? then(this) : this;

    public QueueDraft Put(Ticket ticket) => Set(state => state with
    {
        Index = state.Index.Change(state.Tickets.GetValueOrDefault(ticket.Call), ticket),
        Tickets = state.Tickets.SetItem(ticket.Call, ticket),
    });

    public QueueDraft Remove(CallId call) => Set(state => state with
    {
        Index = state.Index.Change(state.Tickets[call], null),
        Tickets = state.Tickets.Remove(call),
    });

    public QueueDraft Put(Candidate candidate) => Set(state => state with
    {
        Index = state.Index.Change(state.Candidates.GetValueOrDefault(candidate.Interpreter), candidate),
        Candidates = state.Candidates.SetItem(candidate.Interpreter, candidate),
    });
}
