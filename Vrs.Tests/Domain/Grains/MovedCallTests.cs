using System.Text;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Calls;

namespace Vrs.Tests.Domain.Grains;

/// <summary>
/// A silo dies and the gateways live: the call goes on elsewhere and has lost what devices said, while their INVITEs
/// wait for what comes of it.
/// </summary>
public sealed class MovedCallTests : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    private readonly GrainWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_caller_whose_call_moved_before_she_was_answered_is_answered_with_what_the_interpreters_device_said()
    {
        Accept();
        LoseGrainsWhen("Connected");

        Assert.Equal("v=0 leg 2", Assert.Single(_world.Gateway.Of<AnswerLeg>()).Answer.Text);
        Assert.Empty(_world.Gateway.Of<ForwardRequest>());
        Assert.Equal(CallPhase.Connected, _world.View().Phase);
    }

    [Fact]
    public void So_is_an_interpreter_who_dialed()
    {
        Accept();
        _world.Pass(Moment);
        _ = _world.Call().Dial(new DialCallee(
            GrainWorld.PartyOf("ines"),
            "+15550201",
            new UserId("hana"),
            GrainWorld.Dialog("call1", "dial"),
            new SdpText("v=0 dial")));
        LoseGrainsWhen("Relaying");

        Assert.Equal("v=0 leg 4", _world.Gateway.Of<AnswerLeg>().Last().Answer.Text);
        Assert.Empty(_world.Gateway.Of<ForwardRequest>());
        Assert.Equal(CallPhase.Relaying, _world.View().Phase);
    }

    private void Accept()
    {
        _world.ComeToWork("ines");
        _world.Register("dana");
        _world.Register("hana");
        _world.Dial();
        _world.Pass(Moment);
        _ = _world.Interpreter("ines").Accept(new CallId("call1"), _world.OfferOn("ines"));
    }

    /// <summary>Once that phase is stored and before anything of it is done.</summary>
    private void LoseGrainsWhen(string phase)
    {
        var answers = _world.Gateway.Of<AnswerLeg>().Count();
        var isStored = false;
        _world.Storage.Writing = (key, json) => isStored |=
            key.Grain.Type == "call" && Encoding.UTF8.GetString(json.Span).Contains($"\"phase\":\"{phase}\"");
        while (!isStored)
        {
            Assert.True(_world.RunTurn(), $"{phase} was never stored");
        }

        _world.DropAll();
        Assert.Equal(answers, _world.Gateway.Of<AnswerLeg>().Count());
        _world.Pass(TimeSpan.FromSeconds(1));
        _world.View();
        _world.Pass(TimeSpan.FromSeconds(5));
    }
}
