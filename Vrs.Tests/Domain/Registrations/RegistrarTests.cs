using System.Collections.Immutable;
using Vrs.Grains.Domain.Registrations;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Gateways;
using Vrs.Grains.Interfaces.Registrations;

namespace Vrs.Tests.Domain.Registrations;

/// <summary>The rules of registration: RFC 3261 section 10.3, RFC 5626.</summary>
public sealed class RegistrarTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DeviceId Page = new("page");
    private static readonly LegRef Leg = new(new CallId("call1"), 1);

    [Fact]
    public void Within_one_Call_ID_CSeq_must_rise()
    {
        var state = Registered("flow1", cseq: 5);

        Assert.Equal(RefusalReason.Stale, Registrar.Register(state, Register("flow2", cseq: 4), Now).Refusal?.Reason);
        Assert.Equal(RefusalReason.Stale, Registrar.Register(state, Register("flow2", cseq: 5), Now).Refusal?.Reason);
        Assert.Null(Registrar.Register(state, Register("flow2", cseq: 6), Now).Refusal);
    }

    [Fact]
    public void Another_Call_ID_starts_anew() => Assert.Null(
        Registrar.Register(
            Registered("flow1", cseq: 5), Register("flow2", cseq: 1) with { CallIdHeader = "other" }, Now).Refusal);

    [Fact]
    public void The_same_REGISTER_again_is_no_fault() => Assert.Null(
        Registrar.Register(Registered("flow1", cseq: 5), Register("flow1", cseq: 5), Now).Refusal);

    [Fact]
    public void Expiry_zero_removes_the_device_and_tells_its_legs()
    {
        var state = Registrar.Attach(Registered("flow1"), Leg, Page).State;
        var removed = Registrar.Register(state, Register("flow1", cseq: 2) with { ExpiresSeconds = 0 }, Now);

        Assert.Empty(removed.State.Bindings);
        Assert.Equal(2, removed.Effects.Length);
        Assert.Equal(new RegistrationEffect.TellCall(Leg, false), removed.Effects[0]);
        Assert.Empty(Assert.IsType<RegistrationEffect.TellInterpreter>(removed.Effects[1]).Live);
    }

    [Fact]
    public void An_interpreter_hears_of_each_of_her_devices_the_newest_last()
    {
        var tablet = Register("flow2") with { Device = new DeviceId("tablet"), CallIdHeader = "tablet" };
        var both = Registrar.Register(Registered("flow1"), tablet, Now);
        var one = Registrar.LoseFlow(both.State, Page, new FlowId("flow1"));

        Assert.Equal<DeviceId>([Page, tablet.Device], LiveIn(both));
        Assert.Equal<DeviceId>([tablet.Device], LiveIn(one));

        static ImmutableArray<DeviceId> LiveIn(RegistrationChange change) =>
            Assert.IsType<RegistrationEffect.TellInterpreter>(Assert.Single(change.Effects)).Live;
    }

    [Fact]
    public void A_binding_that_is_not_refreshed_ends()
    {
        var state = Registered("flow1");

        Assert.Same(state, Registrar.Expire(state, Now.AddSeconds(599)).State);
        Assert.Empty(Registrar.Expire(state, Now.AddSeconds(600)).State.Bindings);
    }

    [Fact]
    public void A_new_connection_is_both_a_loss_and_a_return()
    {
        var state = Registrar.Attach(Registered("flow1"), Leg, Page).State;
        var moved = Registrar.Register(state, Register("flow2", cseq: 2), Now);

        Assert.Equal<RegistrationEffect>(
            [new RegistrationEffect.TellCall(Leg, false), new RegistrationEffect.TellCall(Leg, true)], moved.Effects);
    }

    [Fact]
    public void News_of_an_old_connection_change_nothing()
    {
        var state = Registrar.Register(Registered("flow1"), Register("flow2", cseq: 2), Now).State;

        Assert.Same(state, Registrar.LoseFlow(state, Page, new FlowId("flow1")).State);
        Assert.Null(Registrar.LoseFlow(state, Page, new FlowId("flow2")).State.Newest);
    }

    [Fact]
    public void A_leg_on_a_device_that_is_gone_is_told_at_once() => Assert.Equal<RegistrationEffect>(
        [new RegistrationEffect.TellCall(Leg, false)], Registrar.Attach(new RegistrationState(), Leg, Page).Effects);

    [Fact]
    public void The_newest_live_device_is_the_one_used()
    {
        var tablet = Register("flow2") with { Device = new DeviceId("tablet"), CallIdHeader = "tablet" };
        var state = Registrar.Register(Registered("flow1"), tablet, Now).State;

        Assert.Equal("tablet", state.Newest?.Device.Value);
        Assert.Equal(Page, Registrar.LoseFlow(state, tablet.Device, tablet.Flow).State.Newest?.Device);
    }

    [Fact]
    public void Devices_are_bounded()
    {
        var state = new RegistrationState();
        for (var i = 0; i < Registrar.MaxDevices; i++)
        {
            var device = Register($"flow{i}") with { Device = new DeviceId($"device{i}") };
            state = Registrar.Register(state, device, Now).State;
        }

        var oneMore = Registrar.Register(state, Register("flow"), Now);
        Assert.Equal(RefusalReason.Overloaded, oneMore.Refusal?.Reason);
    }

    private static RegistrationState Registered(string flow, uint cseq = 1) =>
        Registrar.Register(new RegistrationState(), Register(flow, cseq), Now).State;

    private static RegisterDevice Register(string flow, uint cseq = 1) => new(
        Page,
        new FlowId(flow),
        new GatewayId("gateway"),
        "sip:dana@x.invalid",
        "192.0.2.1",
        0,
        "call-id",
        cseq,
        600);
}
