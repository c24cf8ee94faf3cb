using System.Collections.Immutable;
using Vrs.Grains.Domain.Calls;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Grains.Interfaces.Queues;
using Vrs.Grains.Interfaces.Registrations;
using static Vrs.Grains.Domain.Calls.CallEvent;

namespace Vrs.Tests.Domain.Calls;

/// <summary>Calls and everything that may happen to them, for tests that look at all of it.</summary>
internal static class CallSamples
{
    public static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly PoolId Pool = new("ase+en");

    public static readonly PoolId OtherPool = new("ase+es");

    public static readonly Party Caller = PartyOf("dana", "+15550101");

    public static readonly UserId Callee = new("hana");

    /// <summary>A call that has just been made.</summary>
    public static CallerInvited Invited(
        PriorityClass priority = PriorityClass.Standard,
        string call = "call1",
        CallDirection direction = CallDirection.DeafToHearing) => new(
        new CallId(call),
        new SessionId("5e55105e55105e55105e55105e551051"),
        direction,
        Caller,
        "+15550201",
        Pool,
        priority,
        [],
        "https://vrs.local/",
        Dialog("caller"),
        CallDeadlines.Default)
        {
            At = Start,
        };

    public static Party PartyOf(string user, string? number = null) =>
        new(new UserId(user), new DeviceId($"{user}-device"), user, number, "192.0.2.1");

    public static DialogState Dialog(string leg) => new(
        $"sip-{leg}",
        $"call1-{leg}",
        $"{leg}-tag",
        "sip:us@vrs.local",
        "sip:them@vrs.local",
        "sip:x.invalid",
        [],
        0,
        1);

    public static Reservation Reservation(string interpreter, long offer) => new(
        new InterpreterId(interpreter),
        offer,
        Pool,
        interpreter,
        $"ca-{interpreter}",
        new DeviceId($"{interpreter}-device"));

    /// <summary>Every kind of thing that may happen to a call in this state, current and stale.</summary>
    public static IEnumerable<CallEvent> Everything(CallState state)
    {
        var happenings = FromQueue(state)
            .Concat(FromDevices(state))
            .Concat(FromPages(state))
            .Concat(FromClock(state))
            .Concat(Stale(state));
        return happenings.Select(happening => happening with { At = Start.AddSeconds(state.Version + 1) });
    }

    private static IEnumerable<CallEvent> FromQueue(CallState state)
    {
        var next = Math.Max(state.Interpreter?.Offer ?? state.Version, state.Colleague?.Interpreter?.Offer ?? 0) + 1;
        yield return new QueueJoined();
        yield return new QueueRefused(new(Vrs.Grains.Interfaces.RefusalReason.Overloaded, "No room."));
        yield return new PositionChanged(new QueuePosition(1, 1, null));
        yield return new Overflowed(Pool, OtherPool, state.Colleague?.Since ?? Start);
        yield return new InterpreterReserved(Reservation("ines", next) with { Pool = state.Line });
        yield return new InterpreterReserved(Reservation("ivan", next) with { Pool = state.Line });
        foreach (var held in new[] { state.Interpreter, state.Colleague?.Interpreter }.OfType<Reservation>())
        {
            yield return new InterpreterReserved(held);
            yield return new OfferAccepted(held.Interpreter, held.Offer);
            yield return new OfferDeclined(held.Interpreter, held.Offer);
        }
    }

    /// <summary>What devices may do to the legs of this call, and to the call as such.</summary>
    public static IEnumerable<CallEvent> FromDevices(CallState state)
    {
        foreach (var leg in state.Legs)
        {
            LegReport[] reports =
            [
                new LegRinging(leg.Number),
                new LegAnswered(leg.Number, Dialog($"leg{leg.Number}"), new("v=0")),
                new LegRejected(leg.Number, 486, "Busy"),
                new LegConfirmed(leg.Number),
                // A hold knows nothing of other legs: one kind is enough, in calls with one interpreter.
                .. leg.Role is LegRole.InterpreterToCaller && state.Colleague is null
                    ? new LegReport[] { new LegHeld(leg.Number, true), new LegHeld(leg.Number, false) }
                    : [],
                new LegEnded(leg.Number, LegEndCause.HungUp),
                new LegEnded(leg.Number, LegEndCause.Broken),
            ];
            var events = reports.Select(report => CallInputs.FromReport(state, report))
                .Append(CallInputs.FromFlow(state, leg.Number, false))
                .Append(CallInputs.FromFlow(state, leg.Number, true));
            foreach (var happening in events.OfType<CallEvent>())
            {
                yield return happening;
            }
        }

        yield return Invited();
        yield return new CallerReturned(state.Caller ?? Caller, Dialog("back"));
        yield return new CallerReturned(PartyOf("deniz"), Dialog("thief"));
        var interpreter = PartyOf(state.Interpreter?.Interpreter.Value ?? "ines");
        yield return new DialRequested(interpreter, "+15550201", Callee, Dialog("dial"));
        yield return new DialRequested(interpreter, "+15559999", null, Dialog("dial"));
        yield return new DialRequested(interpreter, null, null, Dialog("rejoin"));
        yield return new DialRequested(PartyOf("mallory"), "+15550201", Callee, Dialog("dial"));
        yield return new DialRequested(
            PartyOf(state.Colleague?.Interpreter?.Interpreter.Value ?? "ivan"), null, null, Dialog("relieve"));
        yield return new CallbackRequested();
        yield return CallerLocated(state);
        yield return CallerLocated(state, "laptop", "phone");
        yield return Located(state);
        yield return Located(state, "phone", "tablet");
    }

    /// <summary>The same of a caller who is called back.</summary>
    public static CallerLocated CallerLocated(CallState state, params string[] devices) => new(
        state.FindLeg(LegRole.InterpreterToCaller)?.Number ?? 99,
        [.. devices.Select(name => new CalleeDevice(new DeviceId(name), "192.0.2.1"))]);

    /// <summary>The registration tells the devices of the party who was dialed last.</summary>
    public static CalleeLocated Located(CallState state, params string[] devices) => new(
        state.FindLeg(LegRole.InterpreterToCallee)?.Number ?? 99,
        [.. devices.Select(name => new CalleeDevice(new DeviceId(name), "192.0.2.9"))]);

    /// <summary>What people may ask on their pages.</summary>
    public static IEnumerable<CallEvent> FromPages(CallState state) =>
        new HangUpRequest[]
        {
            new(Caller.User, AccountRole.Caller),
            new(new UserId(state.Interpreter?.Interpreter.Value ?? "ines"), AccountRole.Interpreter),
            new(Callee, AccountRole.Phone),
            new(new UserId(state.Colleague?.Interpreter?.Interpreter.Value ?? "ivan"), AccountRole.Interpreter),
            new(new UserId("olga"), AccountRole.Operator),
        }.SelectMany(request => new[]
        {
            CallInputs.FromHangUp(state, request),
            CallInputs.FromColleagueDismissal(state, request),
            CallInputs.FromColleagueRequest(
                state, new ColleagueRequest(request.User, request.Role, ColleaguePurpose.Relief)),
            CallInputs.FromColleagueRequest(
                state, new ColleagueRequest(request.User, request.Role, ColleaguePurpose.Support)),
        }).OfType<CallEvent>().Distinct();

    private static ImmutableArray<CallEvent> FromClock(CallState state) => CallInputs.Running(state);

    /// <summary>Answers to questions that are no longer asked.</summary>
    private static IEnumerable<CallEvent> Stale(CallState state) =>
    [
        new OfferAccepted(new InterpreterId("ines"), -1),
        new OfferDeclined(new InterpreterId("ines"), -1),
        new CallerAway(99),
        new CallerAnswered(99, Dialog("late")),
        new CallerRejected(99, 486),
        new CallerHungUp(),
        new CallerLost(),
        new InterpreterAnswered(99, Dialog("late")),
        new InterpreterRejected(99, 486),
        new InterpreterHungUp(),
        new InterpreterLost(99),
        new DialEnded(99),
        new CalleeLocated(99, [new CalleeDevice(new DeviceId("late"), "192.0.2.9")]),
        new CalleeRinging(99),
        new CalleeAnswered(99, Dialog("late")),
        new CalleeRejected(99, 486),
        new CalleeHungUp(),
        new LegAlerting(99),
        new FlowLost(99),
        new FlowBack(99),
        new CallerLocated(99, [new CalleeDevice(new DeviceId("late"), "192.0.2.1")]),
        new CallbackElapsed(-1),
        new CallbackRingElapsed(-1),
        new HoldBegan(99),
        new HoldEnded(99),
        new HoldLasted(99, -1),
        new OperatorEnded(),
        new AdmissionElapsed(-1),
        new WaitElapsed(-1),
        new HoldElapsed(-1),
        new OfferElapsed(-1),
        new SetupElapsed(-1),
        new IdleElapsed(-1),
        new RedialElapsed(-1),
        new RingElapsed(-1),
        new RecoveryElapsed(-1),
        new ColleagueHungUp(99),
        new ColleagueLost(99),
        new ColleagueElapsed(-1),
        new ColleagueOfferElapsed(-1),
        new ColleagueSetupElapsed(-1),
    ];

    /// <summary>What tells one state from another, without numbers that only rise.</summary>
    public static string Shape(CallState state) => string.Join(
        '|',
        state.Phase,
        state.Direction,
        state.Priority,
        state.CallerAway,
        state.Accepted,
        state.Interpreter is not null,
        state.FailedSetups,
        state.EndReason,
        state.Colleague?.Purpose,
        state.Colleague?.Stage,
        state.Colleague?.Pool is not null,
        state.Facts.AnsweredAt is not null,
        state.Facts.ConversationStart is not null,
        state.BestRejection is 0,
        state.Callback?.Missed,
        string.Join(',', state.Deadlines.Select(armed => armed.Kind).Order()),
        string.Join(',', state.Legs.Select(leg =>
            $"{leg.Role}:{leg.State}:{leg.Opened}:{leg.Colleague}:"
            + $"{(state.Colleague is null ? leg.Hold?.IsLong : null)}:"
            + $"{state.FindLeg(leg.TakesOver) is not null}")));
}
