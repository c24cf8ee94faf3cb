using Vrs.Grains.Domain.Machines;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Silo.Hosting;
using Vrs.Tests.Domain.Telemetry;
using Vrs.Tests.Tidy;

namespace Vrs.Tests.Domain.Grains;

/// <summary>What happens to calls and interpreters shows in metrics, and the page of metrics is true.</summary>
public sealed class MetricsTests : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    private static readonly MachinePage Page =
        new("docs/metrics.md", [new PageSection("metrics", MetricsPage.Table())]);

    private readonly Measurements _measured = new();
    private readonly GrainWorld _world = new();

    public void Dispose()
    {
        _world.Dispose();
        _measured.Dispose();
    }

    /// <summary>VRS_REWRITE=1 rewrites the table; the difference is to be reviewed.</summary>
    [Fact]
    public void The_page_is_what_the_instruments_say()
    {
        var file = Path.Combine(SourceTree.Root, Page.Path);
        if (Environment.GetEnvironmentVariable("VRS_REWRITE") == "1")
        {
            File.WriteAllText(file, Page.Fill(File.ReadAllText(file)));
        }

        Assert.Equal([], Page.Faults(File.ReadAllText(file)));
    }

    [Fact]
    public void A_call_that_is_served_shows_its_wait_its_phases_and_its_end()
    {
        Serve();
        _world.Pass(TimeSpan.FromMinutes(2));
        HangUp();

        Assert.Equal(1, _measured.Count("vrs.calls.wait", "Standard"));
        Assert.InRange(_measured.Sum("vrs.calls.wait"), 0.1, 5);
        Assert.InRange(_measured.Sum("vrs.calls.phase", "Connected"), 120, 121);
        Assert.Equal(0, _measured.Count("vrs.calls.phase", "New"));
        Assert.Equal(1, _measured.Sum("vrs.calls.ended", "CallerHungUp"));
        Assert.Equal(0, _measured.Count("vrs.calls.unanswered.wait"));
        Assert.Equal(1, _measured.Sum("vrs.offers", "made"));
        Assert.Equal(1, _measured.Sum("vrs.offers", "accepted"));
        Assert.InRange(_measured.Sum("vrs.interpreters.time", "OnCall"), 120, 121);
        Assert.Equal(0, _measured.Last("vrs.queue.depth"));
        Assert.Equal(1, _measured.Sum("vrs.calls.speed_of_answer", "120s"));
        Assert.Equal(2, _measured.Sum("vrs.calls.speed_of_answer", "in_time"));
        Assert.InRange(_measured.Sum("vrs.calls.setup"), 0, 1);
        Assert.Equal(1, _measured.Count("vrs.calls.setup"));
        Assert.Equal(1, _measured.Count("vrs.queue.assignment", "ase+en"));
        Assert.InRange(_measured.Sum("vrs.queue.assignment"), 0, 1);
        Assert.Equal(1, _measured.Count("vrs.calls.wait", "ase+en"));
        Assert.Equal(1, _measured.Sum("vrs.calls.ended", "ase+en"));
        Assert.NotEqual(0, _measured.Count("vrs.effects.delay", "call"));
    }

    [Fact]
    public void Calls_and_interpreters_are_counted_where_they_stand_and_nowhere_when_it_is_over()
    {
        Serve();
        Assert.Equal(1, _measured.Sum("vrs.calls.live", "Connected"));
        Assert.Equal(1, _measured.Sum("vrs.calls.live"));
        Assert.Equal(1, _measured.Sum("vrs.interpreters.live", "OnCall"));
        Assert.Equal(1, _measured.Sum("vrs.interpreters.live"));
        HangUp();
        _world.Pass(TimeSpan.FromMinutes(1));
        Assert.Null(_world.Ask(Ines.SignOut()));

        Assert.Equal(0, _measured.Sum("vrs.calls.live"));
        Assert.Equal(0, _measured.Sum("vrs.calls.live", "Connected"));
        Assert.Equal(0, _measured.Sum("vrs.interpreters.live"));
    }

    [Fact]
    public void Who_is_on_a_break_is_at_work_for_no_pool()
    {
        Serve();
        Assert.Equal(1, _measured.Sum("vrs.interpreters.at_work", "ase+en"));
        HangUp();

        Assert.Null(_world.Ask(Ines.TakeBreak(BreakKind.Rest, "")));

        Assert.Equal(0, _measured.Sum("vrs.interpreters.at_work"));
        Assert.Equal(1, _measured.Sum("vrs.interpreters.live"));
    }

    [Fact]
    public void A_call_answered_late_and_one_never_answered_show_against_each_standard()
    {
        _world.Register("dana");
        _world.Dial();
        _world.Pass(TimeSpan.FromSeconds(60));
        Serve(dial: false);
        HangUp();
        _world.Pass(TimeSpan.FromMinutes(1));
        Assert.Null(_world.Ask(Ines.TakeBreak(BreakKind.Meal, "")));
        _world.Dial("call2");
        _world.Pass(Moment);
        Assert.Null(_world.Ask(_world.Call("call2").HangUp(
            new HangUpRequest(new UserId("dana"), AccountRole.Caller))));
        _world.Pass(Moment);

        Assert.Equal(1, _measured.Sum("vrs.calls.speed_of_answer", "in_time"));
        Assert.Equal(1, _measured.Sum("vrs.calls.speed_of_answer", "late"));
        Assert.Contains(_measured.All, one => IsAnswered(one.Labels, "120s", "in_time"));
        Assert.Contains(_measured.All, one => IsAnswered(one.Labels, "target", "late"));
        Assert.Equal(2, _measured.Sum("vrs.calls.speed_of_answer", "never"));
    }

    private static bool IsAnswered(IReadOnlyDictionary<string, string> labels, string standard, string answered) =>
        labels.GetValueOrDefault("standard") == standard && labels.GetValueOrDefault("answered") == answered;

    [Fact]
    public void A_device_that_comes_back_on_another_connection_shows()
    {
        _world.Register("dana");
        Assert.Equal(0, _measured.Sum("vrs.registrations.reconnects"));
        _world.LoseFlow("dana");
        _world.Register("dana");

        Assert.Equal(1, _measured.Sum("vrs.registrations.reconnects"));
    }

    [Fact]
    public void A_caller_who_gives_up_shows_how_long_she_waited()
    {
        _world.Register("dana");
        _world.Dial();
        _world.Pass(TimeSpan.FromSeconds(40));
        Assert.Equal(1, _measured.Last("vrs.queue.depth"));
        HangUp();

        Assert.InRange(_measured.Sum("vrs.calls.unanswered.wait", "Abandoned"), 40, 41);
        Assert.Equal(0, _measured.Count("vrs.calls.wait"));
        Assert.Equal(0, _measured.Last("vrs.queue.depth"));
    }

    [Fact]
    public void Offers_that_are_missed_show_and_so_does_the_break_they_bring()
    {
        _world.ComeToWork("ines");
        Assert.Equal(1, _measured.Last("vrs.queue.free"));
        Assert.Equal(0, _measured.Count("vrs.interpreters.breaks"));
        _world.Register("dana");
        _world.Dial();
        _world.Pass(TimeSpan.FromMinutes(3));

        Assert.Equal(3, _measured.Sum("vrs.offers", "made"));
        Assert.Equal(3, _measured.Sum("vrs.offers", "missed"));
        Assert.Equal(1, _measured.Sum("vrs.interpreters.breaks", "MissedOffers"));
        Assert.Equal(0, _measured.Last("vrs.queue.free"));
    }

    [Fact]
    public void Every_offer_that_was_made_ends_in_one_way()
    {
        Serve();
        HangUp();
        _world.Pass(TimeSpan.FromMinutes(1));
        _world.Dial("call2");
        _world.Pass(Moment);
        Assert.Null(_world.Ask(Ines.Decline(new CallId("call2"), _world.OfferOn("ines"))));
        _world.Pass(TimeSpan.FromSeconds(40));
        _world.LoseFlow("ines");
        _world.Pass(TimeSpan.FromMinutes(2));

        Assert.Equal(3, _measured.Sum("vrs.offers", "made"));
        Assert.Equal(1, _measured.Sum("vrs.offers", "accepted"));
        Assert.Equal(2, _measured.Sum("vrs.offers", "declined"));
        Assert.Equal(6, _measured.Sum("vrs.offers"));
    }

    [Fact]
    public void A_call_that_loses_its_interpreter_shows_once()
    {
        Serve();
        _world.LoseFlow("ines");
        _world.Pass(TimeSpan.FromSeconds(25));

        Assert.Equal(1, _measured.Sum("vrs.calls.reassigned", "lost"));
        Assert.Equal(1, _measured.Sum("vrs.calls.reassigned"));
    }

    [Fact]
    public void A_hold_that_lasts_shows_once_and_one_that_does_not_last_shows_not()
    {
        Serve();
        Assert.Null(_world.Ask(_world.Call().Report(new LegHeld(2, true))));
        _world.Pass(TimeSpan.FromMinutes(1));
        Assert.Null(_world.Ask(_world.Call().Report(new LegHeld(2, false))));
        _world.Pass(TimeSpan.FromMinutes(5));
        Assert.Equal(0, _measured.Count("vrs.calls.long_holds"));

        Assert.Null(_world.Ask(_world.Call().Report(new LegHeld(2, true))));
        _world.Pass(TimeSpan.FromMinutes(10));

        Assert.Equal(1, _measured.Sum("vrs.calls.long_holds"));
    }

    [Fact]
    public void Work_without_a_break_shows_and_so_does_the_break()
    {
        _world.ComeToWork("ines");
        _world.Pass(TimeSpan.FromHours(3));
        Assert.Null(_world.Ask(Ines.TakeBreak(BreakKind.Meal, "")));

        Assert.Equal(1, _measured.Sum("vrs.interpreters.breaks.due"));
        Assert.Equal(1, _measured.Sum("vrs.interpreters.breaks", "Meal"));
        Assert.InRange(_measured.Sum("vrs.interpreters.time", "Available"), 3 * 3600, (3 * 3600) + 1);
    }

    [Fact]
    public void What_is_refused_and_ignored_shows_by_machine_phase_and_event()
    {
        _world.ComeToWork("ines");
        Assert.NotNull(_world.Ask(Ines.Accept(new CallId("call9"), 1)));
        Assert.Null(_world.Ask(Ines.GoAvailable()));

        var unmoved = _measured.All.Where(one => one.Name == "vrs.events.unmoved").Select(one => one.Labels).ToList();
        Assert.Contains(unmoved, labels => labels["machine"] == "interpreter" && labels["event"] == "Accept"
            && labels["phase"] == "Available" && labels["answer"] == "Refused");
        Assert.Contains(unmoved, labels => labels["event"] == "GoAvailable" && labels["answer"] == "Ignored");
    }

    [Fact]
    public void The_backlog_rises_with_what_is_owed_and_falls_when_it_is_done()
    {
        Serve();
        HangUp();
        _world.Pass(TimeSpan.FromMinutes(5));

        Assert.NotEqual(0, _measured.Count("vrs.effects.backlog", "call"));
        Assert.Equal(0, _measured.Sum("vrs.effects.backlog"));
        Assert.Equal(0, _measured.Count("vrs.effects.failed"));
    }

    [Fact]
    public void An_attempt_at_an_effect_that_failed_shows()
    {
        _world.ComeToWork("ines");
        _world.Register("dana");
        _world.Storage.FailNext("queue", afterwards: false);
        _world.Tell(_world.Call().Start(GrainWorld.StartCall("call1", "dana")));
        _world.Pass(TimeSpan.FromSeconds(10));

        Assert.Equal(1, _measured.Sum("vrs.effects.failed", "call"));
        Assert.Equal(CallPhase.Offered, _world.View().Phase);
    }

    [Fact]
    public void Measurements_carry_the_labels_of_the_page_with_bounded_values()
    {
        Serve();
        _world.LoseFlow("ines");
        _world.Pass(TimeSpan.FromMinutes(2));

        var labels = MetricsPage.Instruments.ToDictionary(one => one.Instrument.Name, one => one.Labels);
        Assert.All(_measured.All, one => Assert.Equal(labels[one.Name], one.Labels.Keys));
        Assert.All(_measured.All.SelectMany(one => one.Labels.Values), value => Assert.DoesNotContain("call1", value));
        Assert.All(_measured.All.SelectMany(one => one.Labels.Values), value => Assert.NotEqual("ines", value));
    }

    private IInterpreterGrain Ines => _world.Interpreter("ines");

    private void Serve(bool dial = true)
    {
        _world.ComeToWork("ines");
        if (dial)
        {
            _world.Register("dana");
            _world.Dial();
        }

        _world.Pass(Moment);
        Assert.Null(_world.Ask(Ines.Accept(new CallId("call1"), _world.OfferOn("ines"))));
        _world.Pass(Moment);
        Assert.Equal(CallPhase.Connected, _world.View().Phase);
    }

    private void HangUp()
    {
        Assert.Null(_world.Ask(_world.Call().HangUp(new HangUpRequest(new UserId("dana"), AccountRole.Caller))));
        _world.Pass(Moment);
    }
}
