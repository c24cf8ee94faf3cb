using Vrs.Grains.Domain.Machines;

namespace Vrs.Grains.Domain.Calls;

/// <summary>
/// A step in the making: a state and what is owed so far. Its verbs are the vocabulary of <see cref="CallSteps"/>.
/// </summary>
/// <param name="State">The state so far.</param>
/// <param name="At">When the event happened.</param>
/// <param name="Effects">What is owed so far, in order.</param>
internal sealed record CallDraft(CallState State, DateTimeOffset At, ImmutableArray<CallEffect> Effects)
    : Draft<CallState, CallEffect>(State, At, Effects)
{
    /// <summary>Begins a step; every step is a new version.</summary>
    public static CallDraft Begin(CallState state, CallEvent @event) =>
        new(state with { Version = state.Version + 1 }, @event.At, []);

    public CallDraft Do(CallEffect effect) => this with { Effects = Effects.Add(effect) };

    public CallDraft Set(Func<CallState, CallState> change) => this with { State = change(State) };

    public CallDraft If(bool condition, Func<CallDraft, CallDraft> then) => condition ? then(this) : this;

    /// <summary>
    /// Enters a phase with its one deadline; deadlines of the phase that is left are gone, those of a second
    /// interpreter stay.
    /// </summary>
    public CallDraft Enter(CallPhase phase, params ReadOnlySpan<DeadlineKind> deadlines)
    {
        var draft = this with
        {
            State = State with
            {
                Phase = phase,
                PhaseSince = phase == State.Phase ? State.PhaseSince : At,
                Deadlines = State.Deadlines.RemoveAll(armed => !armed.IsColleagues),
            },
        };
        foreach (var kind in deadlines)
        {
            draft = draft.Arm(kind);
        }

        return draft;
    }

    /// <summary>Starts a deadline; a running one of its kind is replaced.</summary>
    public CallDraft Arm(DeadlineKind kind)
    {
        var number = State.LastDeadline + 1;
        // A search counts from its start, however many offers came to nothing since.
        var from = kind switch
        {
            DeadlineKind.Wait when State is { WasServed: false, Priority: not PriorityClass.Emergency } =>
                State.StartedAt,
            DeadlineKind.Colleague => State.Colleague!.Since,
            DeadlineKind.Callback => State.Callback!.Since,
            _ => At,
        };
        var armed = new ArmedDeadline(kind, number, from + State.Limits.For(kind));
        return Disarm(kind).Set(state => state with
        {
            LastDeadline = number,
            Deadlines = state.Deadlines.Add(armed),
        });
    }

    public CallDraft Disarm(DeadlineKind kind) =>
        Set(state => state with { Deadlines = state.Deadlines.RemoveAll(armed => armed.Kind == kind) });

    /// <summary>Adds a leg with the next number.</summary>
    public CallDraft AddLeg(
        LegRole role,
        UserId user,
        DeviceId? device,
        string name,
        DialogState? dialog,
        bool opened,
        int takesOver = 0,
        string? address = null,
        bool colleague = false) =>
        Set(state => state with
        {
            LastLeg = state.LastLeg + 1,
            Legs = state.Legs.Add(new Leg(
                state.LastLeg + 1,
                role,
                LegState.Inviting,
                user,
                device,
                name,
                dialog,
                opened,
                takesOver,
                Grace: null,
                address,
                colleague)),
        });

    public CallDraft ChangeLeg(int number, Func<Leg, Leg> change) =>
        Set(state => state with
        {
            Legs = [.. state.Legs.Select(leg => leg.Number == number ? change(leg) : leg)],
        });

    public CallDraft Establish(int number, DialogState? dialog = null) =>
        ChangeLeg(number, leg => leg with { State = LegState.Established, Dialog = dialog ?? leg.Dialog });

    /// <summary>The device ended the leg itself: nothing to send, only to forget.</summary>
    public CallDraft ForgetLeg(int number) => State.FindLeg(number) is { } leg
        ? Set(state => state with { Legs = state.Legs.Remove(leg) })
            .Do(new CallEffect.Detach(leg.Number, leg.User, leg.Device))
        : this;

    /// <summary>Ends every live leg of a role, whatever its state and on whosever side.</summary>
    public CallDraft EndLegs(LegRole role, int status, string detail) =>
        EndLegs(leg => leg.Role == role, status, detail);

    public CallDraft EndLegs(Func<Leg, bool> which, int status, string detail) =>
        State.Legs.Where(which).Aggregate(this, (draft, leg) => draft.EndLeg(leg, status, detail));

    /// <summary>
    /// Ends legs that another interpreter's replace. One whose place a leg of the same device took goes when that one
    /// shows; beside the picture of one who was there already, hers goes at once.
    /// </summary>
    public CallDraft EndReplaced(Func<Leg, bool> which) => State.Legs.Where(which).Aggregate(
        this,
        (draft, leg) => draft.EndLeg(
            leg,
            487,
            CallSteps.AnotherTookOver,
            superseded: State.Legs.Any(successor => successor.TakesOver == leg.Number)));

    public CallDraft EndLeg(
        Leg leg, int status, string detail, TimeSpan? retryAfter = null, bool superseded = false) =>
        Set(state => state with { Legs = state.Legs.Remove(leg) })
            .Do(new CallEffect.End(
                leg.Number, leg.User, leg.Device, status, detail, leg.Dialog, retryAfter, superseded))
            .Do(new CallEffect.Detach(leg.Number, leg.User, leg.Device));

    /// <summary>Both legs of the serving interpreter end.</summary>
    public CallDraft EndInterpreterLegs(int status, string detail) => EndLegs(
        leg => leg is
        {
            Role: LegRole.InterpreterToCaller or LegRole.InterpreterToCallee,
            Colleague: false,
        },
        status,
        detail);

    /// <summary>Tells the caller how she stands, if she is there.</summary>
    public CallDraft TellCaller(int status, QueuePosition? position) =>
        State.FindLeg(LegRole.Caller) is { State: LegState.Inviting or LegState.Ringing } leg
            ? Do(new CallEffect.Progress(leg.Number, leg.User, leg.Device, status, position))
            : this;

    /// <summary>Lets the reserved or serving interpreter go, if there is one.</summary>
    public CallDraft Release(ReleaseReason reason) =>
        State.Interpreter is { } held
            ? Do(new CallEffect.ReleaseInterpreter(held.Interpreter, held.Offer, reason)).ForgetInterpreter()
            : this;

    public CallDraft ForgetInterpreter() =>
        Set(state => state with { Interpreter = null, Accepted = false, ReachedAt = null });

    /// <summary>The offer came to nothing: stand at the old place again. To be said before she is forgotten.</summary>
    public CallDraft ReturnPlace() =>
        State.Interpreter is { } held ? Do(new CallEffect.ReturnPlace(held.Interpreter, held.Offer)) : this;

    /// <summary>Its own line is that of another pool from now on; what this one told stays known.</summary>
    public CallDraft MoveTo(PoolId pool) => pool == State.Pool ? this : Set(state => state with
    {
        Pool = pool,
        LastOffer = state.LastOfferOf(pool),
        ToldElsewhere =
        [
            .. state.ToldElsewhere.Where(told => told.Pool != pool && told.Pool != state.Pool),
            new ToldOffer(state.Pool, state.LastOffer),
        ],
    });

    /// <summary>That reservation was told, and is not taken again.</summary>
    public CallDraft NoteTold(Reservation reservation) => Set(state => reservation.Pool == state.Pool
        ? state with { LastOffer = reservation.Offer }
        : state with
        {
            ToldElsewhere =
            [
                .. state.ToldElsewhere.Where(told => told.Pool != reservation.Pool),
                new ToldOffer(reservation.Pool, reservation.Offer),
            ],
        });

    /// <summary>Puts a reserved interpreter on the call and the offer on her console.</summary>
    public CallDraft Offer(Reservation reservation) =>
        Set(state => state with { Interpreter = reservation, Accepted = false }).Present(reservation);

    /// <summary>Puts an offer on an interpreter's console.</summary>
    public CallDraft Present(Reservation reservation)
    {
        var colleague = State.Colleague;
        var since = colleague?.Since ?? (State.Phase is CallPhase.Recovering ? State.PhaseSince : State.StartedAt);
        var served = colleague is null ? TimeSpan.Zero : At - (State.Facts.AnsweredAt ?? At);
        return NoteTold(reservation).Do(new CallEffect.PresentOffer(reservation.Interpreter, new OfferView(
            State.Call,
            reservation.Offer,
            State.Session,
            State.Direction,
            State.Caller!.DisplayName,
            State.DialedNumber,
            reservation.Pool,
            State.Phase is CallPhase.Recovering ? State.InLineAs(PriorityClass.Recovering) : State.Priority,
            (int)(At - since).TotalSeconds,
            At + State.Limits.Offer,
            colleague?.Purpose,
            colleague is null ? null : State.Interpreter?.DisplayName,
            (int)served.TotalSeconds)));
    }

    public CallDraft Note(Func<CallFacts, CallFacts> change) =>
        Set(state => state with { Facts = change(state.Facts) });

    /// <summary>The conversation, if one is under way, is over.</summary>
    public CallDraft EndConversation() => Note(facts =>
        facts is { ConversationStart: not null, ConversationEnd: null } ? facts with { ConversationEnd = At } : facts);

    /// <summary>Ends the call: every leg, the interpreter, the place in line, and the record.</summary>
    public CallDraft Finish(
        EndReason reason, int status, string detail, ReleaseReason release, TimeSpan? retryAfter = null) =>
        State.Legs
            .Aggregate(this, (draft, leg) => draft.EndLeg(leg, status, detail, retryAfter))
            .Release(release)
            .LetColleagueGo(ReleaseReason.Withdrawn)
            .Do(new CallEffect.LeaveQueue(Pool: State.Colleague?.Pool))
            .EndConversation()
            .Enter(CallPhase.Ended)
            .Note(facts => facts with { EndedAt = At })
            .Set(state => state with { EndReason = reason, Position = null, CallerAway = false, Callback = null })
            .Do(new CallEffect.WriteRecord());
}
