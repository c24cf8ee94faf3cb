using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using Vrs.Tests.Engine.Grains;
using Vrs.Tests.Support;

namespace Vrs.Tests.Engine;

/// <summary>What grains may rely on, whatever engine they run on.</summary>
[Trait("Suite", "Engine")]
public abstract partial class EngineContract : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Never = Timeout.InfiniteTimeSpan;

    private readonly EngineFixture _engine;

    /// <param name="engine">The engine; null for the usual one.</param>
    protected EngineContract(EngineFixture? engine = null) => _engine = engine ?? new EngineFixture();

    private Trials Trials => _engine.Trials;

    public virtual Task InitializeAsync() => _engine.Start();

    public virtual async Task DisposeAsync() => await _engine.DisposeAsync();

    private ITrialGrain Trial(string key) => _engine.Grains.GetGrain<ITrialGrain>(key);

    private IStateGrain State(string key) => _engine.Grains.GetGrain<IStateGrain>(key);

    private Task Noted(string text, int times = 1) =>
        Eventually.Is($"{text} x {times}", () => Trials.Times(text) >= times);

    [Fact]
    public async Task A_request_starts_when_the_one_before_is_done()
    {
        var first = Trial("a").Pass("one");
        await Noted("enter one");
        var second = Trial("a").Pass("two");
        Trials.Open("two");
        Trials.Open("one");
        await Task.WhenAll(first, second);

        Assert.Equal(["enter one", "leave one", "enter two", "leave two"], Trials.Log);
    }

    [Fact]
    public async Task Requests_of_a_reentrant_grain_interleave()
    {
        var grain = _engine.Grains.GetGrain<IReentrantTrialGrain>("a");
        var first = grain.Pass("one");
        await Noted("enter one");
        var second = grain.Pass("two");
        await Noted("enter two");
        Trials.Open("two");
        await second;
        Trials.Open("one");
        await first;

        Assert.Equal(["enter one", "enter two", "leave two", "leave one"], Trials.Log);
    }

    [Fact]
    public async Task A_method_marked_AlwaysInterleave_starts_while_another_waits()
    {
        var first = Trial("a").Pass("one");
        await Noted("enter one");
        Trials.Open("two");
        await Trial("a").PassBetween("two");
        Trials.Open("one");
        await first;

        Assert.Equal(["enter one", "enter two", "leave two", "leave one"], Trials.Log);
    }

    [Fact]
    public async Task A_waiting_interleaving_request_keeps_nothing_from_starting()
    {
        var between = Trial("a").PassBetween("one");
        await Noted("enter one");
        Assert.Equal(1, await Trial("a").Count());
        Trials.Open("one");
        await between;
    }

    [Fact]
    public async Task Many_threads_calling_one_grain_never_meet_inside()
    {
        const int Calls = 50;
        await Task.WhenAll(Enumerable.Range(0, Calls).Select(_ => Task.Run(() => Trial("a").Count())));
        Assert.Equal(Calls + 1, await Trial("a").Count());
        Assert.Equal(1, await Trial("a").WhichActivation());
    }

    /// <summary>So a hot queue takes nothing from the others but its share of the processors.</summary>
    [Fact]
    public async Task A_grain_that_is_called_without_pause_leaves_others_their_turns()
    {
        const int Callers = 32;
        const int Calls = 50;
        using var stop = new CancellationTokenSource();
        var calling = Enumerable.Range(0, Callers).Select(_ => CallWithoutPause()).ToArray();
        for (var call = 1; call <= Calls; call++)
        {
            Assert.Equal(call, await Trial("quiet").Count().WaitAsync(Minute / 2));
        }

        await stop.CancelAsync();
        await Task.WhenAll(calling);
        Assert.True(await Trial("hot").Count() > Callers);

        async Task CallWithoutPause()
        {
            do
            {
                await Trial("hot").Count();
            }
            while (!stop.IsCancellationRequested);
        }
    }

    [Fact]
    public async Task A_turn_has_no_synchronization_context_and_awaits_come_back_to_the_grain() =>
        Assert.Equal("no context, same scheduler", await Trial("a").DescribeTurn());

    [Fact]
    public async Task Exceptions_reach_the_caller()
    {
        var atOnce = await Assert.ThrowsAsync<TrialException>(() => Trial("a").ThrowAtOnce("at once"));
        Assert.Equal("at once", atOnce.Message);
        var later = await Assert.ThrowsAsync<TrialException>(() => Trial("a").ThrowLater("later"));
        Assert.Equal("later", later.Message);
        Assert.Equal(1, await Trial("a").WhichActivation());
    }

    [Fact]
    public async Task A_one_way_call_is_not_waited_for_and_its_failure_is_not_heard()
    {
        await Trial("a").PassUnawaited("one");
        await Noted("enter one");
        Trials.Open("one");
        await Trial("a").ThrowUnheard();
        await Noted("thrown");
        Assert.Equal(1, await Trial("a").Count());
    }

    [Fact]
    public async Task A_grain_calls_another() => Assert.Equal(1, await Trial("a").CallOther("b"));

    [Fact]
    public async Task A_call_to_oneself_times_out_instead_of_hanging_for_ever()
    {
        var call = Trial("a").CallOther("a");
        await Assert.ThrowsAsync<TimeoutException>(() => Advancing(call, Second));
    }

    [Fact]
    public async Task A_caller_stops_waiting_after_the_response_timeout()
    {
        var call = Trial("a").Pass("one");
        await Noted("enter one");
        var late = await Assert.ThrowsAsync<TimeoutException>(() => Advancing(call, Second));
        Assert.Matches(@"ITrialGrain\b.*\.Pass\b", late.Message);
        Trials.Open("one");
        await Noted("leave one");
    }

    [Fact]
    public async Task A_grain_with_too_many_requests_waiting_refuses_more()
    {
        var first = Trial("a").Pass("one");
        await Noted("enter one");
        var waiting = Enumerable.Range(0, EngineFixture.MailboxLimit + 1).Select(_ => Trial("a").Count()).ToList();

        // Which of them comes last is not promised.
        var refused = await Task.WhenAny(waiting);
        await Assert.ThrowsAsync<LimitExceededException>(() => refused);
        waiting.Remove(refused);
        Trials.Open("one");
        await first;
        await Task.WhenAll(waiting);
    }

    [Fact]
    public async Task References_to_the_same_grain_are_equal()
    {
        Assert.Equal(Trial("a"), Trial("a"));
        Assert.NotEqual(Trial("a"), Trial("b"));
        Assert.Equal("a", Trial("a").GetPrimaryKeyString());
        await Task.CompletedTask;
    }

    [Fact]
    public async Task A_grain_that_cannot_be_activated_fails_its_callers_and_is_tried_again_by_the_next()
    {
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => Trial("never").WhichActivation());
        Assert.Equal("cannot activate", fault.Message);
        Assert.Equal(2, await Trial("never").WhichActivation());
    }

    [Fact]
    public async Task Deactivation_on_request_lets_the_next_call_make_a_new_activation()
    {
        Assert.Equal(1, await Trial("a").WhichActivation());
        await Trial("a").DeactivateSoon();
        await Noted("deactivated a: ApplicationRequested");
        Assert.Equal(2, await Trial("a").WhichActivation());
    }

    [Fact]
    public async Task Requests_that_wait_while_a_grain_is_deactivated_are_served_by_the_next_activation()
    {
        var first = Trial("a").Pass("one");
        await Noted("enter one");
        await Trial("a").DeactivateBetween();
        var next = Trial("a").WhichActivation();
        Trials.Open("one");
        await first;
        Assert.Equal(2, await next);
    }

    [Fact]
    public async Task An_idle_grain_is_collected_and_one_that_is_called_is_not()
    {
        await Trial("idle").WhichActivation();
        for (var minute = 0; minute < 20; minute++)
        {
            await Trial("busy").WhichActivation();
            await _engine.Advance(Minute);
        }

        await Noted("deactivated idle: ActivationIdle");
        Assert.Equal(1, await Trial("busy").WhichActivation());
    }

    [Fact]
    public async Task A_grain_may_ask_to_stay_longer()
    {
        await Trial("a").StayFor(EngineFixture.OfIdleness(TimeSpan.FromHours(1)));
        await Trial("b").WhichActivation();
        await _engine.Advance(TimeSpan.FromMinutes(30));
        await Noted("deactivated b: ActivationIdle");
        Assert.Equal(0, Trials.Times("deactivated a: ActivationIdle"));
        await _engine.Advance(TimeSpan.FromMinutes(50));
        await Noted("deactivated a: ActivationIdle");
    }

    [Fact]
    public async Task Stopping_deactivates_every_grain()
    {
        await Trial("a").WhichActivation();
        await Trial("b").WhichActivation();
        await _engine.Stop();
        Assert.Equal(["deactivated a: ShuttingDown", "deactivated b: ShuttingDown"], Trials.Log.Order());
    }

    [Fact]
    public async Task State_survives_deactivation_and_what_was_not_written_does_not()
    {
        await State("a").Set(new TrialState { Text = "kept", Shape = new Square(3), Day = DayOfWeek.Friday });
        await State("a").SetInMemory(new TrialState { Text = "lost" });
        await State("a").Deactivate();
        await Eventually.Is("a new activation", () => State("a").WhichActivation().GetAwaiter().GetResult() == 2);

        Assert.Equal(
            new TrialState { Text = "kept", Shape = new Square(3), Day = DayOfWeek.Friday }, await State("a").Get());
    }

    [Fact]
    public async Task State_survives_a_crash_of_the_silo()
    {
        await State("a").Set(new TrialState { Text = "kept" });
        await _engine.Crash();
        await _engine.Start();
        Assert.Equal("kept", (await State("a").Get()).Text);
    }

    [Fact]
    public async Task A_fresh_state_has_no_record_until_it_is_written_and_none_after_it_is_cleared()
    {
        Assert.Equal("fresh", (await State("a").Get()).Text);
        Assert.False(await State("a").HasRecord());
        await State("a").Set(new TrialState { Text = "kept" });
        Assert.True(await State("a").HasRecord());
        await State("a").Clear();
        Assert.False(await State("a").HasRecord());
        Assert.Equal("fresh", (await State("a").Get()).Text);
        await State("a").Set(new TrialState { Text = "again" });
        Assert.Equal("again", (await State("a").Get()).Text);
    }

    [Fact]
    public async Task A_stale_version_is_refused_and_the_activation_is_dropped()
    {
        await State("a").Set(new TrialState { Text = "old" });
        await State("a").Deactivate();
        await Eventually.Is("a new activation", () => State("a").WhichActivation().GetAwaiter().GetResult() == 2);
        await State("a").WriteBehind("new");
        await Assert.ThrowsAsync<InconsistentStateException>(() => State("a").Set(new TrialState { Text = "stale" }));

        Assert.Equal(3, await State("a").WhichActivation());
        Assert.Equal("new", (await State("a").Get()).Text);
    }

    // Moves the clock step by step until the task is done.
    private async Task Advancing(Task task, TimeSpan step)
    {
        for (var steps = 0; steps < 100 && !task.IsCompleted; steps++)
        {
            await _engine.Advance(step);
        }

        await task.WaitAsync(TimeSpan.FromSeconds(20));
    }
}
