using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Audit;
using Vrs.Grains.Interfaces.Calls;

namespace Vrs.Tests.Domain.Grains;

/// <summary>
/// What happened is on record within five seconds, also when the server dies before it could write that down: they
/// count from when it is back then, and nobody has to ask for the call.
/// </summary>
public sealed class OnRecordTests : IDisposable
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    private readonly GrainWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void A_call_that_ends_is_on_record()
    {
        Connect();

        _ = EndCall();
        _world.Pass(Within);

        IsOnRecord();
    }

    [Fact]
    public void A_call_whose_end_was_stored_as_the_server_died_is_on_record_when_it_is_back()
    {
        Connect();
        _world.Storage.HangAfterNext("call");
        _ = EndCall();
        _world.Settle();
        Assert.Empty(_world.Records.All);
        Assert.DoesNotContain(_world.Trail.Events, IsTheEnd);

        _world.Crash();
        // As the host does when it has started.
        _world.Silo.WakeAll();
        _world.Pass(Within);

        IsOnRecord();
    }

    private void IsOnRecord()
    {
        var record = Assert.Single(_world.Records.All);
        Assert.Equal(EndReason.OperatorEnded, record.EndReason);
        Assert.Single(_world.Trail.Events, IsTheEnd);
    }

    private static bool IsTheEnd(AuditEvent entry) =>
        entry is { Subject: "call:call1", Action: "call.operator_ended" };

    private Task<Refusal?> EndCall() =>
        _world.Call().HangUp(new HangUpRequest(new UserId("olga"), AccountRole.Operator));

    private void Connect()
    {
        _world.ComeToWork("ines");
        _world.Register("dana");
        _world.Dial();
        _world.Pass(Moment);
        Assert.Null(_world.Ask(_world.Interpreter("ines").Accept(new CallId("call1"), _world.OfferOn("ines"))));
        _world.Pass(Moment);
        Assert.Equal(CallPhase.Connected, _world.View().Phase);
    }
}
