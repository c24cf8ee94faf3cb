using Vrs.Grains.Domain.Machines;
using static Vrs.Grains.Domain.Queues.QueueEvent;

namespace Vrs.Grains.Domain.Queues;

/// <summary>The steps that the rows of <see cref="QueueMachine"/> name.</summary>
internal static class QueueSteps
{
    /// <summary>Weight of the newest interval between two served calls in the estimate.</summary>
    private const double Smoothing = 0.2;

    public static QueueDraft Join(QueueState before, Joined e) =>
        QueueDraft.Begin(before, e)
            .Set(state => state with { LastJoin = state.LastJoin + 1 })
            .Put(new Ticket(
                e.Call,
                e.Priority,
                before.LastJoin + 1,
                e.RequiredSkills,
                e.At,
                Place.Waiting,
                Offer: 0,
                Interpreter: null,
                Pauses: []));

    public static QueueDraft Hold(QueueState before, WentAway e) =>
        Change(before, e, ticket => InLine(Away(before, ticket, e)));

    public static QueueDraft Resume(QueueState before, CameBack e) => Change(before, e, ticket => InLine(Back(ticket)));

    /// <summary>If the caller is away still, the call will say so when an interpreter is reserved for it.</summary>
    public static QueueDraft StopHolding(QueueState before, HoldElapsed e) =>
        Change(before, e, ticket => InLine(Back(ticket)));

    public static QueueDraft NoteAway(QueueState before, WentAway e) =>
        Change(before, e, ticket => Away(before, ticket, e));

    public static QueueDraft NoteBack(QueueState before, CameBack e) => Change(before, e, Back);

    public static QueueDraft Drop(QueueState before, Left e) => QueueDraft.Begin(before, e).Remove(e.Call);

    /// <summary>A call that leaves with an interpreter tells how fast the line moves.</summary>
    public static QueueDraft Serve(QueueState before, Left e)
    {
        var seconds = (e.At - before.LastServedAt)?.TotalSeconds;
        return QueueDraft.Begin(before, e)
            .Remove(e.Call)
            .Set(state => state with
            {
                LastServedAt = e.At,
                ServiceInterval = seconds is { } interval && state.ServiceInterval is { } smoothed
                    ? smoothed + (Smoothing * (interval - smoothed))
                    : seconds,
            });
    }

    public static QueueDraft Reserve(QueueState before, Matched e)
    {
        var candidate = before.Candidates[e.Interpreter];
        var offer = before.LastOffer + 1;
        return Change(before, e, ticket => ticket with
        {
            Place = Place.Reserving,
            Offer = offer,
            Interpreter = e.Interpreter,
        })
            .Set(state => state with { LastOffer = offer })
            .Put(candidate with { Free = false })
            .Do(new QueueEffect.Reserve(e.Call, offer, e.Interpreter, candidate.Stint));
    }

    public static QueueDraft Offer(QueueState before, Granted e) =>
        before.Tickets[e.Call].HeldUntil is not null
            ? Change(before, e, InLine).Do(new QueueEffect.Release(e.Call, e.Offer, e.Reservation.Interpreter))
            : Change(before, e, ticket => ticket with { Place = Place.Offered })
                .Do(new QueueEffect.TellReserved(e.Call, e.Reservation));

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

    /// <summary>The call is gone, so she is let go at once.</summary>
    public static ImmutableArray<QueueEffect> HandBack(QueueState state, Granted e) =>
        state.Tickets.TryGetValue(e.Call, out var ticket) && ticket.Offer == e.Offer
            ? []
            : [new QueueEffect.Release(e.Call, e.Offer, e.Reservation.Interpreter)];

    private static Ticket Away(QueueState queue, Ticket ticket, WentAway e) =>
        ticket with { HeldUntil = e.At + queue.Limits.LongestHold };

    private static Ticket Back(Ticket ticket) => ticket with { HeldUntil = null };

    /// <summary>The old place: to be offered again, unless the caller is away.</summary>
    private static Ticket InLine(Ticket ticket) => ticket with
    {
        Place = ticket.HeldUntil is null ? Place.Waiting : Place.Held,
        Offer = 0,
        Interpreter = null,
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
