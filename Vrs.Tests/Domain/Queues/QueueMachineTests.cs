using Vrs.Grains.Domain.Machines;
using Vrs.Grains.Domain.Queues;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Grains.Interfaces.Queues;
using Vrs.Grains.Interfaces.Registrations;
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

        Assert.Equal<QueueEffect>([new QueueEffect.Reserve(Call, 1, Ines, 1)], joined.Effects);
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
    public void A_full_line_refuses_but_never_an_emergency()
    {
        var full = Join(new QueueState { Limits = QueueLimits.Default with { MaxWaiting = 1 } });
        var other = new CallId("call2");

        Assert.Equal(
            RefusalReason.Overloaded,
            QueueMachine.Apply(full, new QueueEvent.Joined(other, PriorityClass.Urgent, [])).Refusal?.Reason);
        Assert.Null(QueueMachine.Apply(full, new QueueEvent.Joined(other, PriorityClass.Emergency, [])).Refusal);
    }

    [Fact]
    public void A_reservation_for_a_call_that_left_is_handed_back()
    {
        var left = QueueMachine.Apply(Reserving(), new QueueEvent.Left(Call)).Next;
        var granted = QueueMachine.Apply(left, new QueueEvent.Granted(Call, 1, ReservationOf(1)));

        Assert.Equal<QueueEffect>([new QueueEffect.Release(Call, 1, Ines)], granted.Effects);
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
        Assert.Equal(Place.Reserving, QueueMachine.MatchAll(freeAgain.Next, Now.AddSeconds(31)).Next.PlaceOf(Call));
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
    public void The_estimate_follows_how_fast_calls_are_served()
    {
        var state = new QueueState();
        for (var i = 0; i < 4; i++)
        {
            state = After(state, Free(i + 1));
            state = Join(state);
            state = QueueMachine.Apply(state, new QueueEvent.Granted(Call, i + 1, ReservationOf(i + 1))).Next;
            state = QueueMachine.Apply(state, new QueueEvent.Left(Call) { At = Now.AddSeconds(10 * i) }).Next;
        }

        Assert.Equal(10, state.ServiceInterval);
    }

    private static QueueState Join(QueueState state) =>
        QueueMachine.ApplyAndMatch(state, new QueueEvent.Joined(Call, PriorityClass.Standard, [])).Next;

    private static QueueState Reserving() => Join(After(new QueueState(), Free(1)));

    private static CandidateEvent.BecameFree Free(long stint) => new(Ines, stint, []);

    private static QueueState After(QueueState state, CandidateEvent happening) =>
        CandidateMachine.ApplyAndMatch(state, happening).Next;

    private static Reservation ReservationOf(long offer) =>
        new(Ines, offer, new PoolId("ase+en"), "Ines", "7001", new DeviceId("console"));
}
