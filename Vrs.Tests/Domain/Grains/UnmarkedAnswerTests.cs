using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;

namespace Vrs.Tests.Domain.Grains;

/// <summary>
/// The server dies between sending an answer and storing that it did: with it went the description, and whether the
/// device had its answer. Nobody who is in conversation is cut off for that.
/// </summary>
public sealed class UnmarkedAnswerTests : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    /// <summary>Longer than a lost connection may be away.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private readonly GrainWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_caller_who_was_answered_keeps_her_interpreter()
    {
        Accept();
        CrashAfter<AnswerLeg>();

        Assert.Equal(CallPhase.Connected, _world.View().Phase);
        Assert.Equal(InterpreterStatus.OnCall, _world.ViewOf("ines").Status);
        Assert.Empty(_world.Gateway.Of<InviteLeg>());
        Assert.Equal("sip-call1-caller", AskedForASignOfLife());
    }

    [Fact]
    public void A_caller_who_was_not_answered_is_let_back_in_before_her_first_device_is_asked()
    {
        Accept();
        CrashAfter<AnswerLeg>(wait: TimeSpan.FromSeconds(1));
        Assert.Empty(_world.Gateway.Of<ForwardRequest>());

        Assert.Null(_world.Ask(_world.Call().Resume(new ResumeCall(
            GrainWorld.PartyOf("dana", "+15550101"),
            GrainWorld.Dialog("call1", "back"),
            new SdpText("v=0 again")))).Refusal);
        _world.Pass(Long);

        Assert.Equal(CallPhase.Connected, _world.View().Phase);
        Assert.Empty(_world.Gateway.Of<ForwardRequest>());
    }

    [Fact]
    public void The_device_that_dialed_is_asked_for_a_sign_of_life_and_the_conversation_goes_on()
    {
        Accept();
        _world.Pass(Moment);
        DialHana();
        CrashAfter<AnswerLeg>();

        Assert.Equal(CallPhase.Relaying, _world.View().Phase);
        Assert.Equal("sip-call1-dial", AskedForASignOfLife());
    }

    [Fact]
    public void A_caller_who_was_moved_to_another_interpreter_keeps_that_one()
    {
        Accept();
        _world.Pass(Moment);
        _world.ComeToWork("ivan");
        _world.LoseFlow("ines");
        _world.Pass(TimeSpan.FromMinutes(1) / 2);
        Assert.Null(_world.Ask(_world.Interpreter("ivan").Accept(new CallId("call1"), _world.OfferOn("ivan"))));
        CrashAfter<AcknowledgeLeg>();

        Assert.Equal(CallPhase.Connected, _world.View().Phase);
        Assert.Equal(InterpreterStatus.OnCall, _world.ViewOf("ivan").Status);
    }

    private void Accept()
    {
        _world.ComeToWork("ines");
        _world.Register("dana");
        _world.Register("hana");
        _world.Dial();
        _world.Pass(Moment);
        Assert.Null(_world.Ask(_world.Interpreter("ines").Accept(new CallId("call1"), _world.OfferOn("ines"))));
    }

    private void DialHana() => Assert.Null(_world.Ask(_world.Call().Dial(new DialCallee(
        GrainWorld.PartyOf("ines"),
        "+15550201",
        new UserId("hana"),
        GrainWorld.Dialog("call1", "dial"),
        new SdpText("v=0 dial")))).Refusal);

    /// <summary>The Call-ID of the one dialog in which that happened.</summary>
    private string AskedForASignOfLife()
    {
        var asked = Assert.Single(_world.Gateway.Of<ForwardRequest>());
        Assert.Equal(("UPDATE", null), (asked.Method, asked.Body));
        return asked.Dialog.CallIdHeader;
    }

    /// <summary>Up to the turn in which the gateway has done it; its word that it did comes too late.</summary>
    private void CrashAfter<TCommand>(TimeSpan? wait = null)
        where TCommand : LegCommand
    {
        var before = _world.Gateway.Of<TCommand>().Count();
        while (_world.Gateway.Of<TCommand>().Count() == before)
        {
            Assert.True(_world.RunTurn(), $"{typeof(TCommand).Name} was never wanted");
        }

        _world.Crash();
        foreach (var device in (string[])["dana", "hana", "ines", "ivan"])
        {
            _world.Register(device);
        }

        _world.Pass(wait ?? Long);
    }
}
