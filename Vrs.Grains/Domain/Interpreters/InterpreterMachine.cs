using Vrs.Grains.Domain.Machines;
using static Vrs.Grains.Domain.Interpreters.InterpreterEvent;
using static Vrs.Grains.Interfaces.Interpreters.InterpreterStatus;
using S = Vrs.Grains.Domain.Interpreters.InterpreterSteps;

namespace Vrs.Grains.Domain.Interpreters;

/// <summary>The table of an interpreter: what every event means in every status.</summary>
public static class InterpreterMachine
{
    private const string NotAtWork = "you are not signed in";
    private const string Serving = "you are serving a call";
    private const string Lapsed = "the offer is no longer open";
    private const string NotHers = "that offer is not the one she holds";

    private static readonly ImmutableArray<InterpreterStatus> Idle = [Available, WrapUp, Break, Lost];

    /// <summary>The table.</summary>
    public static Table<InterpreterStatus, InterpreterState, InterpreterEvent, InterpreterEffect> Table { get; } =
        Build();

    /// <summary>The state after the event, and what is owed to others. Pure and total.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="event">What happened.</param>
    public static Transition<InterpreterState, InterpreterEffect> Apply(
        InterpreterState state, InterpreterEvent @event) => Table.Apply(state, @event);

    private static Table<InterpreterStatus, InterpreterState, InterpreterEvent, InterpreterEffect> Build() =>
        new TableBuilder<InterpreterStatus, InterpreterState, InterpreterEvent, InterpreterEffect>(
            "Interpreter", (state, _) => state.Status)
        .On<SignIn>()
            .Step([SignedOut], [Break], S.ComeToWork)
            .Step([Available], [Available, Lost], S.MoveFree, [OtherConsole])
            .Step([Reserved], [Available, Lost, Break], S.MoveAsked, [OtherConsole])
            .Stay([OnCall, WrapUp, Break], S.SitElsewhere, [OtherConsole])
            .Step([Lost], [Lost, Available, WrapUp, Break], S.MoveLost, [OtherConsole])
        .On<SignOut>()
            .Step([Available, Reserved, WrapUp, Break], [SignedOut], S.GoHome)
            .Step([Lost], [SignedOut], S.GoHome, [ServesNobody])
            .Refused([OnCall], RefusalReason.WrongState, Serving)
            .Ignored([SignedOut], "she is not at work")
        .On<GoAvailable>()
            .Step([WrapUp, Break], [Available], S.BecomeFree, [Ready])
            .Refused([SignedOut], RefusalReason.WrongState, NotAtWork)
            .Refused([Reserved], RefusalReason.WrongState, "you are being asked to take a call")
            .Refused([OnCall], RefusalReason.WrongState, Serving)
            .Refused([Lost], RefusalReason.ConsoleNotReady, Ready.Because)
            .Ignored([Available], "she is available already")
        .On<TakeBreak>()
            .Step([Available, Reserved, WrapUp, Break], [Break], S.Rest, [OwnReason, ShortNote])
            .Refused([SignedOut], RefusalReason.WrongState, NotAtWork)
            .Refused([OnCall], RefusalReason.WrongState, Serving)
            .Refused([Lost], RefusalReason.ConsoleNotReady, Ready.Because)
        .On<ExtendWrapUp>()
            .Stay([WrapUp], S.Extend, [SeenDeadline, NotLongest])
            .Refused(
                [SignedOut, Available, Reserved, OnCall, Break, Lost], RefusalReason.WrongState, "wrap-up is over")
        .On<Reserve>()
            .Step([Available], [Reserved], S.BeHeld, [SameStint])
            .Ignored([Reserved, OnCall], "the same offer gets the same answer, another gets none")
            .Refused([SignedOut, WrapUp, Break, Lost], RefusalReason.WrongState, "she is not available")
        .On<Present>()
            .Step([Reserved], [Reserved], S.SeeOffer, [Current<Present>(e => e.Offer.Call, e => e.Offer.Offer)])
            .Ignored([SignedOut, OnCall, .. Idle], Lapsed)
        .On<Accept>()
            .Step([Reserved], [OnCall], S.TakeCall, [Current<Accept>(e => e.Call, e => e.Offer, RefusalReason.Stale)])
            .Ignored([OnCall], "she serves a call already")
            .Refused([SignedOut, .. Idle], RefusalReason.Stale, Lapsed)
        .On<Decline>()
            .Step([Reserved], [Available], S.SayNo, [Current<Decline>(e => e.Call, e => e.Offer, RefusalReason.Stale)])
            .Refused([SignedOut, OnCall, .. Idle], RefusalReason.Stale, Lapsed)
        .On<Release>()
            .Step(
                [Reserved, OnCall],
                [Available, WrapUp, Break, Lost],
                S.LetGo,
                [Current<Release>(e => e.Call, e => e.Offer)])
            .Step([Lost], [Lost, Available, WrapUp, Break], S.LetGoAway, [Current<Release>(e => e.Call, e => e.Offer)])
            .Ignored([SignedOut, Available, WrapUp, Break], NotHers)
        .On<ConsolesChanged>()
            .Step([Available], [Available, Lost], S.KeepConsole, [News])
            .Step([Reserved], [Reserved, Lost], S.KeepConsole, [News])
            .Step([Break], [Break, Lost], S.KeepConsole, [News])
            .Step([OnCall], [OnCall, Lost], S.KeepServing, [News])
            .Step([Lost], [Lost, Available, OnCall, WrapUp, Break], S.ComeBack, [News])
            .Stay([SignedOut, WrapUp], S.NoteConsoles, [News])
        .On<Elapsed>()
            .Step([WrapUp], [Available, Lost, Break], S.EndWrapUp, [Running])
            .Step([Lost], [SignedOut, Lost], S.EndGrace, [Running])
            .Step([Reserved], [Available, Lost, Break], S.EndHold, [Running])
            .Ignored([SignedOut, Available, OnCall, Break], "what it waited for is over")
        .On<BreakDue>()
            .Stay([Available, Reserved, OnCall, WrapUp, Lost], S.WarnOfBreak, [StillAtWork])
            .Ignored([SignedOut, Break], "she rests")
        .Build();

    private static Check<InterpreterState, GoAvailable> Ready => new(
        (state, _) => state.IsReady,
        "your console is not connected for calls yet",
        RefusalReason.ConsoleNotReady);

    private static Check<InterpreterState, SignIn> OtherConsole => new(
        (state, e) => e.Console is { } console && console != state.Seat,
        "she is at work there already");

    private static Check<InterpreterState, SignOut> ServesNobody =>
        new((state, _) => state.Held is null, Serving, RefusalReason.WrongState);

    private static Check<InterpreterState, TakeBreak> OwnReason => new(
        (_, e) => Enum.IsDefined(e.Kind) && e.Kind is not BreakKind.MissedOffers,
        "that is no reason you can give",
        RefusalReason.WrongState);

    private static Check<InterpreterState, TakeBreak> ShortNote => new(
        (_, e) => e.Note.Length <= InterpreterLimits.BreakNoteLengthMax,
        $"a note has at most {InterpreterLimits.BreakNoteLengthMax} characters",
        RefusalReason.WrongState);

    private static Check<InterpreterState, ExtendWrapUp> SeenDeadline => new(
        (state, e) => state.LastDeadline == e.Deadline,
        "it was extended already");

    private static Check<InterpreterState, ExtendWrapUp> NotLongest => new(
        (state, _) => state.Deadline < state.LatestWrapUp,
        "wrap-up can't be extended any further",
        RefusalReason.WrongState);

    private static Check<InterpreterState, ConsolesChanged> News => new(
        (state, e) => !state.Live.SequenceEqual(e.Live),
        "these consoles are known already");

    private static Check<InterpreterState, BreakDue> StillAtWork => new(
        (state, e) => state.Stretch == e.Stretch && state.BreakDueAt is not null,
        "that stretch of work is over");

    private static Check<InterpreterState, Reserve> SameStint => new(
        (state, e) => state.Stint == e.Stint && state.IsReady,
        "she was busy since",
        RefusalReason.Stale);

    private static Check<InterpreterState, Elapsed> Running => new(
        (state, e) => state.Deadline is not null && state.LastDeadline == e.Number,
        "that deadline does not run any more");

    private static Check<InterpreterState, TEvent> Current<TEvent>(
        Func<TEvent, CallId> call, Func<TEvent, long> offer, RefusalReason? reason = null) =>
        new((state, e) => state.Holds(call(e), offer(e)), reason is null ? NotHers : Lapsed, reason);
}
