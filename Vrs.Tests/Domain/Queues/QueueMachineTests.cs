using Vrs.Grains.Domain.Machines;
using Vrs.Grains.Domain.Queues;
using Vrs.Grains.Domain.Records;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Grains.Interfaces.Queues;
using Vrs.Grains.Interfaces.Registrations;
using Vrs.Tests.Domain.Calls;
using static Vrs.Tests.Domain.Queues.QueueSamples;

namespace Vrs.Tests.Domain.Queues;

/// <summary>A call's place in line.</summary>
public sealed class QueueMachineTests
{
    private static readonly CallId Call = new("call1");
    private static readonly InterpreterId Ines = new("ines");

    [Fact]
    public void A_call_joins_and_a_free_interpreter_is_reserved_for_it()
    {
        var state = After(new QueueState(), Free(1));
        var joined = QueueMachine.ApplyAndMatch(state, new QueueEvent.Joined(Call, PriorityClass.Standard, []));

        Assert.Equal(new QueueEffect.Reserve(Call, 1, Ines, 1), joined.Effects[0]);
        Assert.Equal(1, Assert.IsType<QueueEffect.Explain>(Assert.Single(joined.Effects[1..])).Decision.Number);
        Assert.Equal(Place.Reserving, joined.Next.PlaceOf(Call));
        Assert.Equal(0, joined.Next.Index.IdleCount);
    }

    [Fact]
    public void Joining_twice_keeps_the_place()
    {
        var once = Join(new QueueState());

        var twice = QueueMachine.Apply(once, new QueueEvent.Joined(Call, PriorityClass.Standard, []));

        Assert.Equal(RowKind.Ignored, twice.Kind);
        Assert.Same(once, twice.Next);
    }

    [Fact]
    public void A_full_line_refuses_but_never_an_emergency_and_nobody_who_lost_her_interpreter()
    {
        var full = Join(new QueueState { Limits = QueueLimits.Default with { MaxWaiting = 1 } });
        var other = new CallId("call2");

        Assert.Equal(
            RefusalReason.Overloaded,
            QueueMachine.Apply(full, new QueueEvent.Joined(other, PriorityClass.Urgent, [])).Refusal?.Reason);
        Assert.Null(QueueMachine.Apply(full, new QueueEvent.Joined(other, PriorityClass.Emergency, [])).Refusal);
        Assert.Null(QueueMachine.Apply(full, new QueueEvent.Joined(other, PriorityClass.Recovering, [])).Refusal);
    }

    [Fact]
    public void A_reservation_for_a_call_that_left_is_handed_back()
    {
        var left = QueueMachine.Apply(Reserving(), new QueueEvent.Left(Call)).Next;
        var granted = QueueMachine.Apply(left, new QueueEvent.Granted(Call, 1, ReservationOf(1)));

        Assert.Equal<QueueEffect>([new QueueEffect.Release(Call, 1, Ines)], granted.Effects);
    }

    [Fact]
    public void An_answer_that_comes_again_when_she_serves_the_call_lets_nobody_go()
    {
        var answer = new QueueEvent.Granted(Call, 1, ReservationOf(1));
        var told = QueueMachine.Apply(Reserving(), answer).Next;
        var served = QueueMachine.Apply(told, new QueueEvent.Left(Call)).Next;

        Assert.Empty(QueueMachine.Apply(served, answer).Effects);
    }

    [Fact]
    public void A_reservation_for_a_caller_who_went_away_is_handed_back_and_the_place_is_held()
    {
        var away = QueueMachine.Apply(Reserving(), new QueueEvent.WentAway(Call)).Next;
        var granted = QueueMachine.Apply(away, new QueueEvent.Granted(Call, 1, ReservationOf(1)));

        Assert.Equal<QueueEffect>([new QueueEffect.Release(Call, 1, Ines)], granted.Effects);
        Assert.Equal(Place.Held, granted.Next.PlaceOf(Call));
    }

    [Fact]
    public void A_place_is_not_held_for_ever()
    {
        var held = QueueMachine.Apply(Join(new QueueState()), new QueueEvent.WentAway(Call) { At = Now }).Next;

        Assert.Equal(Place.Held, QueueMachine.Tick(held, Now.AddMinutes(14)).Next.PlaceOf(Call));
        Assert.Equal(Place.Waiting, QueueMachine.Tick(held, Now.AddMinutes(15)).Next.PlaceOf(Call));
    }

    [Fact]
    public void An_offer_that_came_to_nothing_gives_the_old_place_and_a_pause()
    {
        var offered = QueueMachine.Apply(Reserving(), new QueueEvent.Granted(Call, 1, ReservationOf(1))).Next;
        var returned = QueueMachine.ApplyAndMatch(offered, new QueueEvent.Returned(Call, 1, Ines) { At = Now }).Next;
        var freeAgain = CandidateMachine.ApplyAndMatch(returned, Free(2) with { At = Now.AddSeconds(1) });

        Assert.Equal(1, returned.Tickets[Call].Join);
        Assert.Equal(Place.Waiting, freeAgain.Next.PlaceOf(Call));
        Assert.Equal(Place.Reserving, QueueMachine.Tick(freeAgain.Next, Now.AddSeconds(30)).Next.PlaceOf(Call));
    }

    [Fact]
    public void Somebody_who_was_not_free_after_all_is_not_asked_again_before_she_says_so()
    {
        var denied = QueueMachine.ApplyAndMatch(Reserving(), new QueueEvent.Denied(Call, 1, Ines));

        Assert.Empty(denied.Effects);
        Assert.Equal(Place.Waiting, denied.Next.PlaceOf(Call));
        Assert.Equal(Place.Reserving, After(denied.Next, Free(2)).PlaceOf(Call));
    }

    [Fact]
    public void Old_news_of_an_interpreter_changes_nothing()
    {
        var free = After(new QueueState(), Free(5));

        Assert.Equal(1, After(free, new CandidateEvent.WentBusy(Ines, 4)).Index.IdleCount);
        Assert.Equal(0, After(free, new CandidateEvent.WentBusy(Ines, 5)).Index.IdleCount);
        Assert.Equal(0, After(After(free, new CandidateEvent.WentBusy(Ines, 5)), Free(5)).Index.IdleCount);
    }

    [Fact]
    public void A_call_that_was_given_up_and_comes_again_in_time_takes_its_old_place()
    {
        var state = QueueMachine.Apply(new QueueState(), Joined("first") with { At = Now }).Next;
        state = QueueMachine.Apply(state, Joined("second") with { At = Now.AddSeconds(5) }).Next;
        state = QueueMachine.Apply(state, new QueueEvent.Left(new CallId("first")) { At = Now.AddSeconds(10) }).Next;

        var inTime = QueueMachine.Apply(state, Joined("first", "again") with { At = Now.AddSeconds(69) }).Next;
        var late = QueueMachine.Apply(state, Joined("first", "again") with { At = Now.AddSeconds(70) }).Next;

        Assert.Equal(["again", "second"], AllocationPolicy.Order(inTime).Select(call => call.Value));
        Assert.Equal(["second", "again"], AllocationPolicy.Order(late).Select(call => call.Value));
    }

    [Fact]
    public void Whoever_lost_her_connection_in_line_and_calls_anew_takes_her_place()
    {
        var state = QueueMachine.Apply(new QueueState(), Joined("first") with { At = Now }).Next;
        state = QueueMachine.Apply(state, Joined("second") with { At = Now.AddSeconds(5) }).Next;
        var first = new CallId("first");
        var away = QueueMachine.Apply(state, new QueueEvent.WentAway(first) { At = Now.AddSeconds(9) }).Next;
        var back = QueueMachine.Apply(away, new QueueEvent.CameBack(first) { At = Now.AddSeconds(10) }).Next;

        var anew = QueueMachine.Apply(away, Joined("first", "again") with { At = Now.AddSeconds(11) }).Next;
        var more = QueueMachine.Apply(back, Joined("first", "again") with { At = Now.AddSeconds(11) }).Next;

        Assert.Equal(["again", "second"], AllocationPolicy.Order(anew).Select(call => call.Value));
        Assert.Equal(["first", "second", "again"], AllocationPolicy.Order(more).Select(call => call.Value));
    }

    [Fact]
    public void An_old_place_is_taken_once_and_a_served_call_leaves_none()
    {
        var state = QueueMachine.Apply(new QueueState(), Joined("first") with { At = Now }).Next;
        var left = QueueMachine.Apply(state, new QueueEvent.Left(new CallId("first")) { At = Now }).Next;
        var taken = QueueMachine.Apply(left, Joined("first", "again") with { At = Now }).Next;

        Assert.Single(left.Abandoned);
        Assert.Empty(taken.Abandoned);
        Assert.Empty(QueueMachine.Apply(state, new QueueEvent.Left(new CallId("first"), Served: true)).Next.Abandoned);
    }

    [Fact]
    public void No_more_given_up_places_are_remembered_than_there_is_room_for()
    {
        var state = new QueueState();
        for (var number = 0; number <= QueueLimits.MaxAbandoned; number++)
        {
            var at = Now.AddMilliseconds(number);
            state = QueueMachine.Apply(state, Joined($"c{number}") with { At = at }).Next;
            state = QueueMachine.Apply(state, new QueueEvent.Left(new CallId($"c{number}")) { At = at }).Next;
        }

        Assert.Equal(QueueLimits.MaxAbandoned, state.Abandoned.Count);
        Assert.False(state.Abandoned.ContainsKey(new UserId("c0")));
    }

    [Fact]
    public void A_preferred_interpreter_is_waited_for_and_then_anyone_is_asked()
    {
        var state = After(new QueueState(), Free(1));
        var wish = Wish(null, "ivan");

        var waits = QueueMachine.ApplyAndMatch(state, Joined("c") with { Preference = wish, At = Now });
        var fellBack = QueueMachine.Tick(waits.Next, Now.AddSeconds(60));

        Assert.Empty(waits.Effects);
        Assert.Equal(Now.AddSeconds(60), waits.Next.Index.NextDue);
        Assert.Empty(QueueMachine.Tick(waits.Next, Now.AddSeconds(59)).Effects);
        Assert.Equal([("c", "ines")], Reservations(fellBack));
        var made = Assert.Single(fellBack.Effects.OfType<QueueEffect.Explain>()).Decision;
        Assert.Equal(PreferenceOutcome.FellBack, made.Preference);
        Assert.Equal(PreferenceFallback.Anyone, made.Consent);
        var reserved = QueueMachine.Apply(
            fellBack.Next, new QueueEvent.Granted(new("c"), 1, CallSamples.Reservation("ines", 1)));
        Assert.False(Assert.Single(reserved.Effects.OfType<QueueEffect.TellReserved>()).Reservation.AsPreferred);
    }

    [Fact]
    public void Who_comes_from_another_line_has_waited_there_for_the_one_she_prefers()
    {
        var state = After(new QueueState(), Free(1));

        var moved = QueueMachine.ApplyAndMatch(
            state, Joined("c") with { Preference = Wish(null, "ivan"), Since = Now.AddSeconds(-60), At = Now });

        Assert.Equal([("c", "ines")], Reservations(moved));
    }

    [Fact]
    public void The_preferred_interpreter_is_asked_when_she_becomes_free_in_time()
    {
        var state = QueueMachine.Apply(
            new QueueState(), Joined("c") with { Preference = Wish(null, "ines"), At = Now }).Next;

        var matched = CandidateMachine.ApplyAndMatch(state, Free(1) with { At = Now.AddSeconds(59) });

        Assert.Equal([("c", "ines")], Reservations(matched));
        Assert.Equal(
            PreferenceOutcome.Honoured,
            Assert.Single(matched.Effects.OfType<QueueEffect.Explain>()).Decision.Preference);
        var reserved = QueueMachine.Apply(
            matched.Next, new QueueEvent.Granted(new("c"), 1, CallSamples.Reservation("ines", 1)));
        Assert.True(Assert.Single(reserved.Effects.OfType<QueueEffect.TellReserved>()).Reservation.AsPreferred);
    }

    [Fact]
    public void Who_agreed_to_nobody_else_waits_on()
    {
        var wish = Wish("male") with { Fallback = PreferenceFallback.KeepWaiting };
        var state = QueueMachine.Apply(
            After(new QueueState(), Free(1)), Joined("c") with { Preference = wish, At = Now }).Next;

        Assert.Empty(QueueMachine.Tick(state, Now.AddHours(2)).Effects);
    }

    [Fact]
    public void A_closed_pool_refuses_but_never_an_emergency_or_a_call_that_lost_its_interpreter()
    {
        var closed = new QueueState { Service = PoolService.Alone with { Hours = new("", "UTC", Closed: true) } };

        Assert.Equal(RefusalReason.Closed, QueueMachine.Apply(closed, Joined("c")).Refusal?.Reason);
        Assert.Equal(
            Place.Waiting,
            QueueMachine.Apply(closed, Joined("c") with { Priority = PriorityClass.Emergency }).Next.PlaceOf(new("c")));
        Assert.Equal(
            Place.Waiting,
            QueueMachine.Apply(closed, Joined("c") with { Priority = PriorityClass.Recovering }).Next
                .PlaceOf(new("c")));
    }

    [Fact]
    public void An_emergency_that_finds_the_pool_closed_goes_on_to_one_that_is_open()
    {
        var closed = new QueueState { Service = Behind with { Hours = new("", "UTC", Closed: true) } };

        var moved = QueueMachine.ApplyAndMatch(
            closed, Joined("c") with { Priority = PriorityClass.Emergency, At = Now });

        Assert.Equal<QueueEffect>([new QueueEffect.MoveOn(new("c"), new("ase+es"), Now)], moved.Effects);
        Assert.Equal(Place.None, moved.Next.PlaceOf(new("c")));
    }

    [Fact]
    public void A_call_that_has_waited_long_goes_on_to_the_other_pool_once_with_its_age()
    {
        var waiting = QueueMachine.Apply(new QueueState { Service = Behind }, Joined("c") with { At = Now }).Next;
        var moved = QueueMachine.Tick(waiting, Now.AddSeconds(120));

        Assert.Empty(QueueMachine.Tick(waiting, Now.AddSeconds(119)).Effects);
        Assert.Equal<QueueEffect>([new QueueEffect.MoveOn(new("c"), new("ase+es"), Now)], moved.Effects);
        var there = QueueMachine.Apply(
            new QueueState { Service = Behind },
            Joined("c") with { Since = Now, Moved = true, At = Now.AddSeconds(120) }).Next;
        Assert.Equal(Now, there.Tickets[new("c")].JoinedAt);
        Assert.Null(there.Index.NextDue);
    }

    [Fact]
    public void A_call_that_is_under_way_goes_on_sooner_by_the_age_of_its_search()
    {
        var search = new QueueEvent.Joined(Call, PriorityClass.Urgent, [], Since: Now) { At = Now.AddSeconds(5) };
        var sought = QueueMachine.Apply(new QueueState { Service = Behind }, search).Next;

        Assert.Equal(Now.AddSeconds(20), sought.Index.NextDue);
        Assert.Equal<QueueEffect>(
            [new QueueEffect.MoveOn(Call, new("ase+es"), Now)],
            QueueMachine.Tick(sought, Now.AddSeconds(20)).Effects);
        Assert.Null(QueueMachine.Apply(new QueueState { Service = Behind }, search with { Moved = true })
            .Next.Index.NextDue);
    }

    [Fact]
    public void A_call_stays_when_the_other_pool_is_closed_and_looks_again()
    {
        var waiting = QueueMachine.Apply(
            new QueueState { Service = Behind with { OverflowHours = new("", "UTC", Closed: true) } },
            Joined("c") with { At = Now }).Next;

        var stays = QueueMachine.Tick(waiting, Now.AddSeconds(120));

        Assert.Empty(stays.Effects);
        Assert.Equal(Now.AddSeconds(240), stays.Next.Index.NextDue);
    }

    private static PoolService Behind => new(
        OpeningHours.Always,
        new PoolId("ase+es"),
        TimeSpan.FromSeconds(120),
        OpeningHours.Always,
        TimeSpan.FromSeconds(20));

    private static QueueEvent.Joined Joined(string caller, string? call = null) =>
        new(new CallId(call ?? caller), PriorityClass.Standard, [], new UserId(caller));

    private static QueueState Join(QueueState state) =>
        QueueMachine.ApplyAndMatch(state, new QueueEvent.Joined(Call, PriorityClass.Standard, [])).Next;

    private static QueueState Reserving() => Join(After(new QueueState(), Free(1)));

    private static CandidateEvent.BecameFree Free(long stint) => new(Ines, stint, []);

    private static QueueState After(QueueState state, CandidateEvent happening) =>
        CandidateMachine.ApplyAndMatch(state, happening).Next;

    private static Reservation ReservationOf(long offer) =>
        new(Ines, offer, new PoolId("ase+en"), "Ines", "7001", new DeviceId("console"));
}
