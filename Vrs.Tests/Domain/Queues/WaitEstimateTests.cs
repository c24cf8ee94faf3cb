using Vrs.Grains.Domain.Queues;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Grains.Interfaces.Queues;
using Vrs.Grains.Interfaces.Registrations;
using static Vrs.Tests.Domain.Queues.QueueSamples;

namespace Vrs.Tests.Domain.Queues;

/// <summary>How long a caller is told she will wait.</summary>
public sealed class WaitEstimateTests
{
    private static readonly InterpreterId Ines = new("ines");

    [Fact]
    public void It_follows_how_fast_calls_that_waited_are_served()
    {
        var state = Serve(new QueueState(), count: 4, secondsEach: 40, waited: true);

        Assert.Equal(40, WaitEstimate.Seconds(state, 1, Now.AddSeconds(160)));
        Assert.Equal(120, WaitEstimate.Seconds(state, 3, Now.AddSeconds(160)));
    }

    [Fact]
    public void Few_observations_make_none()
    {
        Assert.Null(WaitEstimate.Seconds(new QueueState(), 1, Now));
        Assert.Null(WaitEstimate.Seconds(
            Serve(new QueueState(), WaitEstimate.Enough - 1, secondsEach: 40, waited: true), 1, Now));
    }

    [Fact]
    public void Observations_that_are_old_make_none()
    {
        var state = Serve(new QueueState(), count: 4, secondsEach: 40, waited: true);

        Assert.Null(WaitEstimate.Seconds(state, 1, Now.AddHours(1)));
    }

    [Fact]
    public void Calls_that_did_not_wait_say_nothing_about_waiting()
    {
        var state = Serve(new QueueState(), count: 8, secondsEach: 40, waited: false);

        Assert.Null(WaitEstimate.Seconds(state, 1, Now.AddSeconds(160)));
    }

    [Fact]
    public void The_newest_observations_count()
    {
        var slow = Serve(new QueueState(), count: 20, secondsEach: 40, waited: true);
        var fast = Serve(slow, WaitEstimate.Kept, secondsEach: 5, waited: true, from: 20);

        Assert.Equal(WaitEstimate.Kept, fast.Served.Length);
        Assert.Equal(5, WaitEstimate.Seconds(fast, 1, fast.LastServedAt!.Value));
    }

    /// <summary>A line that is never empty, with one interpreter; or one that always is.</summary>
    private static QueueState Serve(QueueState state, int count, int secondsEach, bool waited, int from = 0)
    {
        var at = state.LastServedAt ?? Now;
        for (var i = from; i < from + count; i++)
        {
            var call = new CallId($"call{i}");
            var joined = new QueueEvent.Joined(call, PriorityClass.Standard, []) { At = at };
            var free = new CandidateEvent.BecameFree(Ines, i + 1, []) { At = waited ? at.AddSeconds(1) : at };
            state = waited
                ? CandidateMachine.ApplyAndMatch(QueueMachine.ApplyAndMatch(state, joined).Next, free).Next
                : QueueMachine.ApplyAndMatch(CandidateMachine.ApplyAndMatch(state, free).Next, joined).Next;
            var offer = state.LastOffer;
            var reservation = new Reservation(Ines, offer, state.Pool, "Ines", "7001", new DeviceId("console"));
            at = at.AddSeconds(secondsEach);
            state = QueueMachine.Apply(state, new QueueEvent.Granted(call, offer, reservation) { At = at }).Next;
            state = QueueMachine.Apply(state, new QueueEvent.Left(call, Served: true) { At = at }).Next;
        }

        return state;
    }
}
