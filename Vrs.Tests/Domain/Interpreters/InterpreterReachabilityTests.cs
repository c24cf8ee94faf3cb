using Vrs.Grains.Domain.Interpreters;
using Vrs.Grains.Domain.Machines;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Grains.Interfaces.Queues;
using Vrs.Grains.Interfaces.Registrations;
using static Vrs.Grains.Domain.Interpreters.InterpreterEvent;
using static Vrs.Grains.Interfaces.Interpreters.InterpreterStatus;

namespace Vrs.Tests.Domain.Interpreters;

/// <summary>Every state an interpreter can reach, times everything that can happen to her.</summary>
public sealed class InterpreterReachabilityTests
{
    private static readonly PoolId English = new("ase+en");
    private static readonly PoolId Spanish = new("ase+es");
    private static readonly CallId Call = new("call1");
    private static readonly DeviceId Desk = new("desk");
    private static readonly DeviceId Home = new("home");
    private static readonly InterpreterProfile Profile = new("Ines", "7001", [English, Spanish], ["medical"]);
    private static readonly Lazy<List<Step>> Steps = new(Search);

    [Fact]
    public void Every_step_of_the_table_is_reached()
    {
        var steps =
            from status in Enum.GetValues<InterpreterStatus>()
            from type in InterpreterMachine.Table.Events
            where InterpreterMachine.Table.KindOf(status, type) is RowKind.Step
            select (status, type.Name);
        var taken = Steps.Value.Where(step => step.Moved)
            .Select(step => (step.Before.Status, step.Event.GetType().Name));

        Assert.Equal("", string.Join(", ", steps.Except(taken).Order()));
    }

    [Fact]
    public void She_holds_an_offer_exactly_while_asked_or_serving() => Each(step =>
        step.After.Status is Lost
            ? (step.After.Held is not null) == (step.After.ReturnsTo is OnCall)
            : (step.After.Held is not null) == (step.After.Status is Reserved or OnCall));

    [Fact]
    public void Every_wait_of_hers_has_a_deadline() => Each(step =>
        (step.After.Deadline is not null) == (step.After.Status is Reserved or WrapUp or Lost));

    [Fact]
    public void Wrap_up_never_lasts_longer_than_its_bound() => Each(step =>
        step.After.Status is not WrapUp || step.After.Deadline <= step.After.LatestWrapUp);

    [Fact]
    public void A_new_deadline_has_a_new_number() => Each(step =>
        step.After.Deadline is null
        || step.After.Deadline == step.Before.Deadline
        || step.After.LastDeadline > step.Before.LastDeadline);

    [Fact]
    public void She_is_reminded_of_a_break_exactly_while_she_works() => Each(step =>
        (step.After.WorksSince is not null) == (step.After.Status is Available or Reserved or OnCall or WrapUp)
        || step.After.Status is Lost);

    [Fact]
    public void She_is_available_only_with_a_console() => Each(step =>
        step.After.Status is not Available || step.After.IsReady);

    [Fact]
    public void All_her_pools_hear_that_she_is_free_each_time_with_a_new_stint() => Each(step =>
    {
        var told = step.Effects.OfType<InterpreterEffect.TellFree>().ToList();
        return step is not { Moved: true, After.Status: Available } || step.Before.Status is Available
            ? told.Count == 0
            : step.After.Stint == step.Before.Stint + 1
                && told.Select(tell => tell.Pool).SequenceEqual(Profile.Pools)
                && told.All(tell => tell.Stint == step.After.Stint);
    });

    [Fact]
    public void All_pools_but_the_one_that_reserved_her_hear_that_she_is_not() => Each(step =>
    {
        var told = step.Effects.OfType<InterpreterEffect.TellGone>().Select(tell => tell.Pool);
        var expected = step.Before.Status is not Available || step.After.Status is Available ? []
            : step.Event is Reserve reserve ? Profile.Pools.Where(pool => pool != reserve.Pool)
            : Profile.Pools;
        return told.SequenceEqual(expected);
    });

    [Fact]
    public void The_call_hears_what_became_of_its_offer_unless_it_let_her_go_itself() => Each(step =>
    {
        var answers = step.Effects.Count(effect =>
            effect is InterpreterEffect.TellAccepted or InterpreterEffect.TellDeclined);
        var leaves = step.Before.Status is Reserved && step.After.Status is not Reserved && step.Event is not Release;
        return answers == (leaves ? 1 : 0);
    });

    [Fact]
    public void Nobody_takes_her_away_from_a_call_but_the_call() => Each(step =>
        step.Before.Held is null
        || step.Before.Status is Reserved
        || step.After.Held == step.Before.Held
        || step.Event is Release);

    /// <summary>The ledger: what the queue reserved is held, or was given back by exactly one party.</summary>
    [Fact]
    public void Whatever_was_reserved_is_held_or_let_go() => Each(step =>
    {
        var taken = step is { Moved: true, Event: Reserve } ? 1 : 0;
        var answered = step.Effects.Count(effect => effect is InterpreterEffect.TellDeclined);
        var given = step is { Moved: true, Event: Release or Decline } ? 1 : answered;
        return Count(step.Before) + taken == Count(step.After) + given;

        static int Count(InterpreterState state) => state.Held is null ? 0 : 1;
    });

    [Fact]
    public void A_reservation_is_answered_with_the_console_the_call_will_come_to() => Each(step =>
        step is not { Moved: true, Event: Reserve reserve }
        || step.After.ReservationFor(reserve.Call, reserve.Offer)?.Device == step.Before.Console);

    [Fact]
    public void The_same_reservation_twice_gets_the_same_answer()
    {
        var free = Free();
        var reserve = new Reserve(Call, 7, English, free.Stint);
        var once = InterpreterMachine.Apply(free, reserve).Next;
        var twice = InterpreterMachine.Apply(once, reserve).Next;

        Assert.NotNull(once.ReservationFor(Call, 7));
        Assert.Equal(once.ReservationFor(Call, 7), twice.ReservationFor(Call, 7));
        Assert.Null(twice.ReservationFor(Call, 8));
    }

    [Fact]
    public void A_reservation_for_an_older_stint_gets_nothing()
    {
        var free = Free();
        var late = InterpreterMachine.Apply(free, new Reserve(Call, 7, English, free.Stint - 1));

        Assert.Equal(RowKind.Refused, late.Kind);
        Assert.Null(late.Next.ReservationFor(Call, 7));
    }

    [Theory]
    [InlineData(ReleaseReason.Missed, Break)]
    [InlineData(ReleaseReason.SetupFailed, Break)]
    [InlineData(ReleaseReason.Withdrawn, Available)]
    public void Three_offers_in_a_row_that_she_let_pass_are_a_break(ReleaseReason reason, InterpreterStatus end)
    {
        var state = Free();
        for (var offer = 1; offer <= 3; offer++)
        {
            state = InterpreterMachine.Apply(state, new Reserve(Call, offer, English, state.Stint)).Next;
            state = InterpreterMachine.Apply(state, new Release(Call, offer, reason)).Next;
        }

        Assert.Equal(end, state.Status);
    }

    private static InterpreterState Free() => new InterpreterEvent[]
    {
        new SignIn(new InterpreterId("ines"), Profile, InterpreterLimits.Default),
        new ConsolesChanged([Desk]),
        new GoAvailable(),
    }.Aggregate(new InterpreterState(), (state, happening) => InterpreterMachine.Apply(state, happening).Next);

    private static void Each(Func<Step, bool> holds)
    {
        var broken = Steps.Value.FirstOrDefault(step => !holds(step));

        Assert.True(broken is null, $"{broken?.Before}\n + {broken?.Event}\n = {broken?.After}");
    }

    private static List<Step> Search()
    {
        var steps = new List<Step>();
        var seen = new HashSet<string>();
        var waiting = new Queue<InterpreterState>();
        Visit(new InterpreterState());
        while (waiting.TryDequeue(out var state))
        {
            foreach (var happening in Everything(state))
            {
                var transition = InterpreterMachine.Apply(state, happening);
                steps.Add(new Step(state, happening, transition));
                Visit(transition.Next);
            }
        }

        return steps;

        void Visit(InterpreterState state)
        {
            var held = state.Held is not null;
            var longest = state.Deadline == state.LatestWrapUp;
            if (seen.Add($"{state.Status}|{state.Seat}|{string.Join(',', state.Live)}|{state.Held?.Console}|{held}"
                + $"|{state.MissedOffers}|{state.ReturnsTo}|{longest}|{state.WorksSince is null}|{state.BreakIsDue}"))
            {
                waiting.Enqueue(state);
            }
        }
    }

    private static IEnumerable<InterpreterEvent> Everything(InterpreterState state)
    {
        var held = state.Held ?? new HeldOffer(Call, 1, English);
        yield return new SignIn(new InterpreterId("ines"), Profile, InterpreterLimits.Default);
        yield return new SignOut();
        yield return new GoAvailable();
        yield return new SignIn(new InterpreterId("ines"), Profile, InterpreterLimits.Default, Desk);
        yield return new SignIn(new InterpreterId("ines"), Profile, InterpreterLimits.Default, Home);
        yield return new TakeBreak(BreakKind.Meal);
        yield return new TakeBreak(BreakKind.MissedOffers);
        yield return new TakeBreak(BreakKind.Other, new string('x', InterpreterLimits.BreakNoteLengthMax + 1));
        yield return new ExtendWrapUp(state.LastDeadline) { At = state.Deadline ?? default };
        yield return new ExtendWrapUp(state.LastDeadline - 1);
        yield return new BreakDue(state.Stretch);
        yield return new BreakDue(state.Stretch - 1);
        yield return new Reserve(Call, held.Offer + 1, English, state.Stint);
        yield return new Reserve(Call, held.Offer + 1, English, state.Stint - 1);
        yield return new Elapsed(state.LastDeadline);
        yield return new Elapsed(-1);
        yield return new ConsolesChanged([]);
        yield return new ConsolesChanged([Desk]);
        yield return new ConsolesChanged([Home]);
        yield return new ConsolesChanged([Desk, Home]);
        foreach (var offer in new[] { held.Offer, -1 })
        {
            yield return new Accept(held.Call, offer);
            yield return new Decline(held.Call, offer);
            yield return new Present(OfferOf(held.Call, offer));
            foreach (var reason in Enum.GetValues<ReleaseReason>())
            {
                yield return new Release(held.Call, offer, reason);
            }
        }
    }

    private static OfferView OfferOf(CallId call, long offer) => new(
        call,
        offer,
        default,
        CallDirection.DeafToHearing,
        "Dana",
        "+15550201",
        English,
        PriorityClass.Standard,
        0,
        default);

    private sealed record Step(
        InterpreterState Before, InterpreterEvent Event, Transition<InterpreterState, InterpreterEffect> Transition)
    {
        public bool Moved => Transition.Kind is RowKind.Step;

        public InterpreterState After => Transition.Next;

        public IEnumerable<InterpreterEffect> Effects => Transition.Effects;
    }
}
