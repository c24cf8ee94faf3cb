using Vrs.Gateway.Sip.Messages;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Tests.Gateway.Sdp;

namespace Vrs.Tests.Gateway.Legs;

/// <summary>
/// Another interpreter took over on a leg of its own: the old one of the same device ends when the other one shows.
/// </summary>
public sealed class SupersededLegTests
{
    private static readonly LegRef Leg = new(CallId.From("c1"), 1);

    private readonly LegWorld _world = new();

    [Fact]
    public async Task It_ends_when_the_device_shows_the_other_one()
    {
        var (device, invite) = await Talking();
        await Supersede(device);

        // What comes next is the answer to the word, so no BYE went before it.
        await device.Send(Word(device, invite));
        await device.Expect(200, SipMethod.Info);

        var bye = await device.Expect(SipMethod.Bye);
        Assert.Contains("Another interpreter took over.", bye.Headers["Reason"], StringComparison.Ordinal);
        await device.Answer(bye, 200);
    }

    [Fact]
    public async Task It_ends_without_a_word_when_the_device_had_its_time()
    {
        var (device, _) = await Talking();
        await Supersede(device);

        var bye = await _world.AdvanceUntil(() => device.Expect(SipMethod.Bye), TimeSpan.FromSeconds(1));

        Assert.Contains("Another interpreter took over.", bye.Headers["Reason"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_ends_at_once_when_the_other_one_shows_already()
    {
        var (device, invite) = await Talking();
        await device.Send(Word(device, invite));
        await device.Expect(200, SipMethod.Info);

        await Supersede(device);

        await device.Expect(SipMethod.Bye);
    }

    [Fact]
    public async Task It_stays_though_the_other_one_shows_when_the_take_over_fails()
    {
        var (device, invite) = await Talking();
        await device.Send(Word(device, invite));
        await device.Expect(200, SipMethod.Info);
        _world.Time.Advance(TimeSpan.FromSeconds(30));

        await device.Send(device.InDialog(SipMethod.Options, invite, "device-tag"));

        await device.Expect(200, SipMethod.Options);
    }

    [Fact]
    public async Task A_hang_up_of_the_device_meanwhile_is_not_one_of_the_call()
    {
        var (device, invite) = await Talking();
        var call = _world.Grains.Call("c1");
        await LegWorld.Told<LegAnswered>(call);
        await Supersede(device);

        await device.Send(device.InDialog(SipMethod.Bye, invite, "device-tag"));

        await device.Expect(200, SipMethod.Bye);
        Assert.False(call.Told.Reader.TryRead(out _));
    }

    private async Task<(TestDevice Device, SipRequest Invite)> Talking()
    {
        var device = await _world.Registered("dana");
        await _world.Do(device, new InviteLeg(
            Leg,
            1,
            FakeCall.Session,
            LegRole.Caller,
            "INES",
            null,
            new SdpText(SdpSamples.Offer),
            null,
            TimeSpan.FromSeconds(30)));
        var invite = await device.Expect(SipMethod.Invite);
        await device.Answer(invite, 200, SdpSamples.Answer);
        await device.Expect(SipMethod.Ack);
        return (device, invite);
    }

    private Task Supersede(TestDevice device) => _world.Do(device, new EndLeg(
        Leg, 2, FakeCall.Session, 487, "Another interpreter took over.", null, Superseded: true));

    private static SipRequest Word(TestDevice device, SipRequest invite) =>
        device.InDialog(SipMethod.Info, invite, "device-tag", ("Vrs-Successor-Shown", "yes"));
}
