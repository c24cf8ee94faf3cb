using Orleans.Runtime;
using Vrs.Tests.Engine.Grains;

namespace Vrs.Tests.Engine;

/// <summary>Timers, reminders and observers.</summary>
public abstract partial class EngineContract
{
    private IReminderGrain Reminded(string key) => _engine.Grains.GetGrain<IReminderGrain>(key);

    [Fact]
    public async Task A_timer_ticks_when_due_and_then_every_period()
    {
        await Trial("a").StartTimer(Second, Second, interleave: false, keepAlive: false, gate: null);
        await Trial("a").WhichActivation();
        Assert.Equal(0, Trials.Times("tick"));
        await _engine.Advance(Second);
        await Noted("tick");
        await _engine.Advance(2 * Second);
        Assert.Equal(3, Trials.Times("tick"));
    }

    [Fact]
    public async Task A_timer_without_period_ticks_once_and_again_when_it_is_changed()
    {
        await Trial("a").StartTimer(Second, Never, interleave: false, keepAlive: false, gate: null);
        await _engine.Advance(Minute);
        await Noted("tick");
        await _engine.Advance(Minute);
        await Trial("a").WhichActivation();
        Assert.Equal(1, Trials.Times("tick"));
        await Trial("a").ChangeTimer(Second, Never);
        await _engine.Advance(Second);
        await Noted("tick", 2);
    }

    [Fact]
    public async Task A_tick_waits_for_a_running_request_unless_it_may_interleave()
    {
        await Trial("a").StartTimer(Second, Never, interleave: false, keepAlive: false, gate: null);
        await Trial("b").StartTimer(Second, Never, interleave: true, keepAlive: false, gate: "never");
        var busy = Task.WhenAll(Trial("a").Pass("one"), Trial("b").Pass("one"));
        await Noted("enter one", 2);
        await _engine.Advance(Second);
        await Noted("tick");
        Assert.Equal(1, Trials.Times("tick"));
        Trials.Open("one");
        await busy;
        await Noted("tick", 2);
        Trials.Open("never");
    }

    [Fact]
    public async Task An_interleaving_tick_that_waits_keeps_no_request_from_starting()
    {
        await Trial("a").StartTimer(Second, Second, interleave: true, keepAlive: false, gate: "tock");
        await _engine.Advance(Second);
        await Noted("tick");
        Assert.Equal(1, await Trial("a").Count());
        Trials.Open("tock");
    }

    [Fact]
    public async Task Ticks_of_one_timer_never_overlap_even_when_it_is_changed_meanwhile()
    {
        await Trial("a").StartTimer(Second, Second, interleave: true, keepAlive: false, gate: "tock");
        await _engine.Advance(Second);
        await Noted("tick");
        await Trial("a").ChangeTimer(TimeSpan.Zero, Never);
        await _engine.Advance(Minute);
        await Trial("a").WhichActivation();
        Assert.Equal(1, Trials.Times("tick"));
        Trials.Open("tock");
        await Noted("tock");
        await _engine.Advance(Second);
        await Noted("tick", 2);
        Assert.Equal("tock", Trials.Log[1]);
    }

    [Fact]
    public async Task A_timer_stops_when_its_activation_ends()
    {
        await Trial("a").StartTimer(Second, Second, interleave: false, keepAlive: false, gate: null);
        await Trial("a").DeactivateSoon();
        await Noted("deactivated a: ApplicationRequested");
        await _engine.Advance(Minute);
        await Trial("a").WhichActivation();
        Assert.Equal(0, Trials.Times("tick"));
    }

    [Fact]
    public async Task Ticks_keep_a_grain_from_being_collected_only_when_they_are_told_to()
    {
        await Trial("kept").StartTimer(Minute, Minute, interleave: false, keepAlive: true, gate: null);
        await Trial("not").StartTimer(TimeSpan.FromHours(9), Never, interleave: false, keepAlive: false, gate: null);
        await _engine.Advance(20 * Minute);
        Assert.Equal(20, Trials.Times("tick"));
        await Noted("deactivated not: ActivationIdle");
        Assert.Equal(1, await Trial("kept").WhichActivation());
    }

    [Fact]
    public async Task A_reminder_wakes_a_grain_that_is_not_active()
    {
        await Reminded("a").Remind("tea", Minute, Minute);
        await Reminded("a").Deactivate();
        await Noted("deactivated a: ApplicationRequested");
        await _engine.Advance(Minute);
        await Noted("reminded tea");
        await _engine.Advance(Minute);
        await Noted("reminded tea", 2);
    }

    [Fact]
    public async Task A_reminder_that_was_removed_ticks_no_more()
    {
        await Reminded("a").Remind("tea", Minute, Minute);
        Assert.True(await Reminded("a").Has("tea"));
        await Reminded("a").Forget("tea");
        Assert.False(await Reminded("a").Has("tea"));
        await Reminded("a").Remind("cake", Minute, Minute);
        await _engine.Advance(Minute);
        await Noted("reminded cake");
        Assert.Equal(0, Trials.Times("reminded tea"));
    }

    [Fact]
    public async Task A_reminder_survives_a_crash_and_ticks_within_its_period_when_it_is_overdue()
    {
        await Reminded("a").Remind("tea", Minute, Minute);
        await _engine.Crash();
        await _engine.Advance(Second);

        // Of several silos the last may have woken whom the first left behind.
        var before = Trials.Times("reminded tea");
        await _engine.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(before, Trials.Times("reminded tea"));
        await _engine.Start();
        await _engine.Advance(Minute);
        await Noted("reminded tea", before + 1);
    }

    [Fact]
    public async Task Registering_a_reminder_again_replaces_it()
    {
        await Reminded("a").Remind("tea", Minute, Minute);
        await Reminded("a").Remind("tea", TimeSpan.FromMinutes(3), Minute);
        await _engine.Advance(TimeSpan.FromMinutes(2));
        await Reminded("a").Has("tea");
        Assert.Equal(0, Trials.Times("reminded tea"));
        await _engine.Advance(Minute);
        await Noted("reminded tea");
    }

    [Fact]
    public async Task An_observer_hears_what_a_grain_tells()
    {
        var observer = new Listener();
        var reference = _engine.Grains.CreateObjectReference<ITrialObserver>(observer);
        await Trial("a").Attach(reference);
        Assert.Equal(1, await Trial("a").Tell("hello"));
        Assert.Equal(["hello"], observer.Heard);
    }

    [Fact]
    public async Task A_deleted_observer_fails_its_callers_in_time_and_is_dropped()
    {
        var reference = _engine.Grains.CreateObjectReference<ITrialObserver>(new Listener());
        await Trial("a").Attach(reference);
        _engine.Grains.DeleteObjectReference<ITrialObserver>(reference);

        // Known at once or when the answer is overdue; then who asked the grain may have given up as well.
        Assert.True(await Record.ExceptionAsync(() => reference.Hear("you?")) is ClientNotAvailableException
            or TimeoutException);
        Assert.True(await Record.ExceptionAsync(() => Trial("a").Tell("anybody there?")) is null or TimeoutException);
        Assert.Equal(0, await Trial("a").Tell("anybody there?"));
    }

    [Fact]
    public async Task An_observer_that_throws_is_dropped()
    {
        var reference = _engine.Grains.CreateObjectReference<ITrialObserver>(new Listener { Fails = true });
        await Trial("a").Attach(reference);
        Assert.Equal(0, await Trial("a").Tell("hello"));
    }

    private sealed class Listener : ITrialObserver
    {
        public bool Fails { get; init; }

        public List<string> Heard { get; } = [];

        public Task<bool> Hear(string text)
        {
            Heard.Add(text);
            return Fails ? throw new TrialException("deaf") : Task.FromResult(true);
        }
    }
}
