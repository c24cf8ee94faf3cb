using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Grains.Interfaces.Operations;
using Vrs.Grains.Interfaces.Registrations;

namespace Vrs.Tests.Domain.Grains;

/// <summary>An interpreter at work: the production grains on the embedded engine, with a gateway double.</summary>
public sealed class InterpreterGrainTests : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);
    private static readonly DeviceId Desk = GrainWorld.Device("ines");
    private static readonly DeviceId Home = GrainWorld.Device("ines2");

    private readonly GrainWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Wrap_up_lasts_longer_each_time_she_asks_and_never_longer_than_its_bound()
    {
        Serve();
        HangUp();
        var first = View();

        Assert.Null(Ask(first.DeadlineNumber));
        Assert.Null(Ask(first.DeadlineNumber));
        Assert.Equal(first.Deadline + TimeSpan.FromSeconds(30), View().Deadline);

        while (View().Deadline < View().LatestWrapUp)
        {
            Assert.Null(Ask(View().DeadlineNumber));
        }

        Assert.Equal(first.Since + TimeSpan.FromMinutes(5), View().Deadline);
        Assert.Equal(RefusalReason.WrongState, Ask(View().DeadlineNumber)?.Reason);
        _world.Pass(TimeSpan.FromMinutes(4.9));
        Assert.Equal(InterpreterStatus.WrapUp, View().Status);
        _world.Pass(TimeSpan.FromSeconds(10));
        Assert.Equal(InterpreterStatus.Available, View().Status);
        Assert.Equal(RefusalReason.WrongState, Ask(View().DeadlineNumber)?.Reason);

        Refusal? Ask(long deadline) => _world.Ask(Ines.ExtendWrapUp(deadline));
    }

    [Fact]
    public void A_break_has_a_reason_of_the_list_and_perhaps_a_short_note()
    {
        _world.ComeToWork("ines");

        Assert.NotNull(_world.Ask(Ines.TakeBreak(BreakKind.MissedOffers, "")));
        Assert.NotNull(_world.Ask(Ines.TakeBreak((BreakKind)77, "")));
        Assert.NotNull(_world.Ask(Ines.TakeBreak(BreakKind.Other, new string('x', 101))));
        Assert.Equal(InterpreterStatus.Available, View().Status);
        Assert.Null(_world.Ask(Ines.TakeBreak(BreakKind.Other, "fire drill")));

        Assert.Equal((BreakKind.Other, "fire drill"), (View().BreakKind, View().BreakReason));
        Assert.Null(_world.Ask(Ines.GoAvailable()));
        Assert.Null(View().BreakKind);
    }

    [Fact]
    public void A_second_sign_in_takes_over_and_calls_come_to_the_new_console()
    {
        SignInAt(Desk);
        _world.Register("ines2");
        Assert.Equal(Desk, View().Console);

        SignInAt(Home);
        _world.Register("dana");
        _world.Dial();
        _world.Pass(Moment);
        Accept();

        Assert.Equal(Home, View().Console);
        Assert.StartsWith("ines2-flow", Assert.Single(_world.Gateway.Invited).Value);
        Assert.Equal(CallPhase.Connected, _world.View().Phase);
    }

    [Fact]
    public void A_console_that_was_left_takes_nothing_back_when_it_connects_again()
    {
        SignInAt(Desk);
        _world.Register("ines2");
        SignInAt(Home);

        _world.Register("ines");
        _world.LoseFlow("ines");

        Assert.Equal(Home, View().Console);
        Assert.Equal(InterpreterStatus.Available, View().Status);
    }

    [Fact]
    public void A_call_goes_on_at_the_console_it_is_on_when_she_signs_in_at_another()
    {
        SignInAt(Desk);
        Serve(comeToWork: false);
        _world.Register("ines2");

        SignInAt(Home);
        _world.LoseFlow("ines2");
        _world.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(InterpreterStatus.OnCall, View().Status);
        Assert.Equal(CallPhase.Connected, _world.View().Phase);

        _world.Register("ines2");
        HangUp();
        _world.Pass(TimeSpan.FromSeconds(31));
        Assert.Equal(InterpreterStatus.Available, View().Status);
        _world.Dial("call2");
        _world.Pass(Moment);
        Accept("call2");
        Assert.StartsWith("ines2-flow", _world.Gateway.Invited[^1].Value);
    }

    [Fact]
    public void An_offer_on_the_console_she_leaves_is_turned_down_at_once()
    {
        SignInAt(Desk);
        _world.Register("dana");
        _world.Dial();
        _world.Pass(Moment);
        Assert.Equal(InterpreterStatus.Reserved, View().Status);
        _world.Register("ines2");

        SignInAt(Home);

        Assert.Equal(InterpreterStatus.Available, View().Status);
        Assert.Equal(CallPhase.Queued, _world.View().Phase);
        _world.Pass(TimeSpan.FromSeconds(35));
        Assert.Equal(CallPhase.Offered, _world.View().Phase);
    }

    [Fact]
    public void Whoever_comes_back_within_the_grace_is_on_the_same_call()
    {
        Serve();

        _world.LoseFlow("ines");
        _world.Pass(TimeSpan.FromSeconds(15));
        Assert.Equal(InterpreterStatus.Lost, View().Status);
        Assert.Equal("call1", View().Call?.Value);
        Assert.Equal(RefusalReason.WrongState, _world.Ask(Ines.SignOut())?.Reason);
        _world.Register("ines");
        _world.Pass(TimeSpan.FromSeconds(15));

        Assert.Equal(InterpreterStatus.OnCall, View().Status);
        Assert.Equal(CallPhase.Connected, _world.View().Phase);
    }

    [Fact]
    public void Whoever_stays_away_is_signed_out_and_the_call_is_offered_to_somebody_else()
    {
        Serve();
        _world.ComeToWork("ivan");

        _world.LoseFlow("ines");
        _world.Pass(TimeSpan.FromSeconds(21));
        Assert.Equal(InterpreterStatus.Reserved, _world.ViewOf("ivan").Status);

        _world.Pass(TimeSpan.FromSeconds(40));
        Assert.Equal(InterpreterStatus.SignedOut, View().Status);
        Assert.Null(View().Call);
    }

    [Fact]
    public void Whoever_works_long_without_a_break_is_told_once_and_goes_on()
    {
        _world.ComeToWork("ines");
        var since = _world.Time.GetUtcNow();

        _world.Pass(TimeSpan.FromHours(1.9));
        Assert.Null(View().BreakDueSince);
        _world.Pass(TimeSpan.FromHours(0.2));

        Assert.Equal(since + TimeSpan.FromHours(2), View().BreakDueSince);
        Assert.Equal(InterpreterStatus.Available, View().Status);
        Assert.Equal(View().BreakDueSince, Assert.Single(Board().Interpreters).BreakDueSince);
        var version = View().Version;
        _world.Pass(TimeSpan.FromHours(5));
        Assert.Equal(version, View().Version);

        Assert.Null(_world.Ask(Ines.TakeBreak(BreakKind.Meal, "")));
        Assert.Null(View().BreakDueSince);
    }

    private IInterpreterGrain Ines => _world.Interpreter("ines");

    private BoardView Board() => _world.Ask(_world.Grains.GetGrain<IOperationsGrain>("board").GetBoard());

    private InterpreterView View() => _world.ViewOf("ines");

    private void SignInAt(DeviceId console)
    {
        if (console == Desk)
        {
            _world.Register("ines");
        }

        Assert.Null(_world.Ask(Ines.SignIn(console)));
        if (View().Status is InterpreterStatus.Break)
        {
            Assert.Null(_world.Ask(Ines.GoAvailable()));
        }
    }

    private void Serve(bool comeToWork = true)
    {
        if (comeToWork)
        {
            _world.ComeToWork("ines");
        }

        _world.Register("dana");
        _world.Dial();
        _world.Pass(Moment);
        Accept();
        Assert.Equal(CallPhase.Connected, _world.View().Phase);
    }

    private void Accept(string call = "call1")
    {
        Assert.Null(_world.Ask(Ines.Accept(new CallId(call), _world.OfferOn("ines"))));
        _world.Pass(Moment);
    }

    private void HangUp()
    {
        Assert.Null(_world.Ask(_world.Call().HangUp(new HangUpRequest(new UserId("dana"), AccountRole.Caller))));
        _world.Pass(Moment);
        Assert.Equal(InterpreterStatus.WrapUp, View().Status);
    }
}
