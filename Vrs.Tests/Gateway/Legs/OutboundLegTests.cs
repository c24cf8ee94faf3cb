using Vrs.Gateway.Sip.Messages;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Registrations;
using Vrs.Tests.Gateway.Sdp;

namespace Vrs.Tests.Gateway.Legs;

/// <summary>INVITEs of the call to devices.</summary>
public sealed class OutboundLegTests
{
    private static readonly TimeSpan RingFor = TimeSpan.FromSeconds(30);
    private static readonly SdpText Offer = new(SdpSamples.AudioOffer);

    private readonly LegWorld _world = new();
    private readonly FakeCall _call;
    private readonly LegRef _leg;

    public OutboundLegTests()
    {
        _call = _world.Grains.Call("c1");
        _leg = new LegRef(_call.Id, 4);
    }

    [Fact]
    public async Task A_device_rings_answers_and_hangs_up()
    {
        var device = await _world.Registered("hana");

        var invite = await Invited(device, Offer);
        Assert.Equal(device.Contact, invite.RequestUri.Text);
        Assert.Equal(("DANA", "sip:+15550101@vrs.local"), (invite.From.DisplayName, invite.From.Uri.Text));
        Assert.StartsWith("c1-", invite.From.Tag, StringComparison.Ordinal);
        Assert.Equal(("c1", "callee"), (invite.Headers["Vrs-Call"], invite.Headers["Vrs-Leg"]));
        Assert.StartsWith(FakeCall.Session.Value, invite.Headers["Session-ID"], StringComparison.Ordinal);
        Assert.Equal(Offer.Text, invite.BodyText);

        await device.Answer(invite, 180);
        Assert.Equal(new LegRinging(4), await LegWorld.Told<LegRinging>(_call));

        await device.Answer(invite, 200, SdpSamples.Answer);
        var ack = await device.Expect(SipMethod.Ack);
        Assert.True(ack.Body.IsEmpty);
        var answered = await LegWorld.Told<LegAnswered>(_call);
        Assert.Equal((invite.CallId, "device-tag", 1u),
            (answered.Dialog.CallIdHeader, answered.Dialog.RemoteTag, answered.Dialog.LocalCSeq));
        Assert.DoesNotContain("VP9", answered.Description.Text, StringComparison.Ordinal);

        await device.Send(device.InDialog(SipMethod.Bye, invite, "device-tag"));
        await device.Expect(200, SipMethod.Bye);
        Assert.Equal(new LegEnded(4, LegEndCause.HungUp), await LegWorld.Told<LegEnded>(_call));
    }

    [Fact]
    public async Task A_device_may_answer_in_a_reliable_provisional_response()
    {
        var device = await _world.Registered("hana");
        var invite = await Invited(device, Offer);
        Assert.True(invite.Headers.HasToken(HeaderNames.Supported, "100rel"));
        var progress = SipResponse.For(invite, 183, "device-tag");
        progress.Headers.Add(HeaderNames.Contact, $"<{device.Contact}>");
        progress.Headers.Add(HeaderNames.Require, "100rel");
        progress.Headers.Add(HeaderNames.RSeq, 7);
        progress.SetBody("application/sdp", SdpSamples.Answer);

        await device.Send(progress);
        var prack = await device.Expect(SipMethod.Prack);
        Assert.Equal("7 1 INVITE", prack.Headers[HeaderNames.RAck]);
        Assert.Equal((2u, "device-tag"), (prack.CSeq.Number, prack.To.Tag));
        await device.Answer(prack, 200);
        await device.Send(progress);
        await device.Answer(invite, 200);
        await device.Expect(SipMethod.Ack);

        await LegWorld.Told<LegRinging>(_call);
        var answered = await LegWorld.Told<LegAnswered>(_call);
        Assert.Equal(2u, answered.Dialog.LocalCSeq);
        Assert.NotEmpty(answered.Description.Text);
    }

    [Theory]
    [InlineData(486, 486)]
    [InlineData(603, 603)]
    [InlineData(480, 480)]
    public async Task A_device_refuses(int status, int reported)
    {
        var device = await _world.Registered("hana");
        var invite = await Invited(device, Offer);

        await device.Answer(invite, status);

        await device.Expect(SipMethod.Ack);
        Assert.Equal(reported, (await LegWorld.Told<LegRejected>(_call)).Status);
    }

    [Fact]
    public async Task A_device_that_only_rings_is_cancelled()
    {
        var device = await _world.Registered("hana");
        var invite = await Invited(device, Offer);
        await device.Answer(invite, 180);
        await LegWorld.Told<LegRinging>(_call);

        _world.Time.Advance(RingFor);
        var cancel = await device.Expect(SipMethod.Cancel);
        await device.Answer(cancel, 200);
        await device.Answer(invite, 487);

        Assert.Equal(408, (await LegWorld.Told<LegRejected>(_call)).Status);
    }

    [Fact]
    public async Task The_call_gives_up_while_it_rings()
    {
        var device = await _world.Registered("hana");
        var invite = await Invited(device, Offer);
        await device.Answer(invite, 180);
        await LegWorld.Told<LegRinging>(_call);

        await _world.Do(device, End(2));

        var cancel = await device.Expect(SipMethod.Cancel);
        Assert.Contains("cause=487", cancel.Headers["Reason"], StringComparison.Ordinal);
        await device.Answer(cancel, 200);
        await device.Answer(invite, 487);
        await device.Expect(SipMethod.Ack);
        await _world.Do(device, End(3));
    }

    [Fact]
    public async Task An_answer_that_crosses_the_CANCEL_is_acknowledged_and_ended()
    {
        var device = await _world.Registered("hana");
        var invite = await Invited(device, Offer);
        await device.Answer(invite, 180);
        await LegWorld.Told<LegRinging>(_call);
        await _world.Do(device, End(2));
        await device.Expect(SipMethod.Cancel);

        await device.Answer(invite, 200, SdpSamples.Answer);

        await device.Expect(SipMethod.Ack);
        var bye = await device.Expect(SipMethod.Bye);
        Assert.Equal("device-tag", bye.To.Tag);
        Assert.False(_call.Told.Reader.TryPeek(out _));
    }

    [Fact]
    public async Task An_answer_with_plain_RTP_ends_the_leg()
    {
        var device = await _world.Registered("hana");
        var invite = await Invited(device, Offer);

        await device.Answer(invite, 200, SdpSamples.Answer.Replace("UDP/TLS/RTP/SAVPF", "RTP/AVP"));

        await device.Expect(SipMethod.Ack);
        await device.Expect(SipMethod.Bye);
        Assert.Equal(488, (await LegWorld.Told<LegRejected>(_call)).Status);
    }

    [Fact]
    public async Task Asked_for_its_offer_a_device_gets_the_answer_in_the_ACK()
    {
        var device = await _world.Registered("ines");
        var invite = await Invited(device, null);
        Assert.True(invite.Body.IsEmpty);

        await device.Answer(invite, 200, SdpSamples.Offer);
        var answered = await LegWorld.Told<LegAnswered>(_call);
        Assert.Contains("a=setup:actpass", answered.Description.Text, StringComparison.Ordinal);
        await _world.Do(device, new AcknowledgeLeg(_leg, 2, FakeCall.Session, new SdpText(SdpSamples.Answer)));

        Assert.Equal(SdpSamples.Answer, (await device.Expect(SipMethod.Ack)).BodyText);
    }

    [Fact]
    public async Task An_offer_the_call_never_answers_breaks_the_leg()
    {
        var device = await _world.Registered("ines");
        var invite = await Invited(device, null);
        await device.Answer(invite, 200, SdpSamples.Offer);
        await LegWorld.Told<LegAnswered>(_call);

        var ended = await _world.AdvanceUntil(() => LegWorld.Told<LegEnded>(_call), TimeSpan.FromSeconds(1));

        Assert.Equal(LegEndCause.Broken, ended.Cause);
        await device.Expect(SipMethod.Ack);
        await device.Expect(SipMethod.Bye);
    }

    [Fact]
    public async Task An_INVITE_may_take_over_another_dialog_of_the_device()
    {
        var device = await _world.Registered("dana");
        var old = new DialogState("old-call", "our-tag", "device-old", "<sip:a@b>", "<sip:c@d>", "sip:e@f", [], 1, 1);

        await _world.Do(device, Invite(Offer) with { TakesOver = old });

        var invite = await device.Expect(SipMethod.Invite);
        Assert.Equal("old-call;local-tag=device-old;remote-tag=our-tag", invite.Headers["Vrs-Takes-Over"]);
    }

    [Fact]
    public async Task An_INVITE_that_overtakes_the_answer_to_REGISTER_waits_for_it()
    {
        var device = _world.Device("hana");
        var gate = new TaskCompletionSource();
        _world.Grains.Registration("hana").MayAnswer = gate.Task;
        var registered = device.Register();
        await LegWorld.Next(_world.Grains.Registration("hana").Registered);

        var performed = _world.Perform(device, Invite(Offer));
        gate.SetResult();

        Assert.Null(await performed);
        Assert.Equal(200, (await registered).StatusCode);
        await device.Expect(SipMethod.Invite);
    }

    [Fact]
    public async Task The_same_INVITE_is_sent_once()
    {
        var device = await _world.Registered("hana");
        var invite = await Invited(device, Offer);

        await _world.Do(device, Invite(Offer));
        await device.Answer(invite, 180);
        await LegWorld.Told<LegRinging>(_call);
        await _world.Do(device, End(2));

        await device.Expect(SipMethod.Cancel);
    }

    [Fact]
    public async Task Asked_again_it_tells_again_what_the_device_answered()
    {
        var device = await _world.Registered("hana");
        var invite = await Invited(device, Offer);
        await device.Answer(invite, 200, SdpSamples.Answer);
        var told = await LegWorld.Told<LegAnswered>(_call);

        await _world.Do(device, new ReportDescription(_leg, 7, FakeCall.Session));
        await _world.Do(device, new ReportDescription(_leg, 7, FakeCall.Session));

        Assert.Equal(told.Description, (await LegWorld.Told<LegAnswered>(_call)).Description);
        Assert.Equal(told.Description, (await LegWorld.Told<LegAnswered>(_call)).Description);
    }

    [Fact]
    public async Task A_device_that_stops_refreshing_is_gone()
    {
        var (device, invite) = await Talking("hana", "180;refresher=uas");

        _world.Time.Advance(TimeSpan.FromSeconds(120));
        await device.Send(device.InDialog(
            SipMethod.Update,
            invite,
            "device-tag",
            ("Session-Expires", "180;refresher=uac"),
            ("Supported", "timer")));
        var refreshed = await device.Expect(200, SipMethod.Update);
        Assert.Equal("180;refresher=uac", refreshed.Headers["Session-Expires"]);
        _world.Time.Advance(TimeSpan.FromSeconds(120));
        Assert.False(_call.Told.Reader.TryPeek(out _));
        _world.Time.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(new LegEnded(4, LegEndCause.Broken), await LegWorld.Told<LegEnded>(_call));
        await device.Expect(SipMethod.Bye);
    }

    [Fact]
    public async Task Commands_for_what_is_not_there_are_refused()
    {
        var device = await _world.Registered("hana");
        var stale = await _world.Perform(device, End(1));
        device.Disconnect();
        var gone = await _world.Perform(device, Invite(Offer));

        Assert.Equal(RefusalReason.Stale, stale?.Reason);
        Assert.Equal(RefusalReason.Unreachable, gone?.Reason);
    }

    [Fact]
    public async Task A_dialog_of_before_is_ended_by_what_the_call_remembers()
    {
        var device = await _world.Registered("hana");
        const string Local = "<sip:+15550101@vrs.local>";
        const string Remote = "<sip:hana@vrs.local>";
        var dialog = new DialogState("call-7", "c1-old", "device-old", Local, Remote, device.Contact, [], 3, 5);

        await _world.Do(device, End(9) with { Dialog = dialog });

        var bye = await device.Expect(SipMethod.Bye);
        Assert.Equal(("call-7", "c1-old", "device-old", 104u), (bye.CallId, bye.From.Tag, bye.To.Tag, bye.CSeq.Number));
        await device.Answer(bye, 200);
        await _world.Do(device, End(9) with { Dialog = dialog });
        await _world.Do(device, Invite(Offer) with { Leg = new LegRef(_call.Id, 5) });
        await device.Expect(SipMethod.Invite);
    }

    [Fact]
    public async Task A_page_goes_on_with_its_dialog_on_its_next_socket()
    {
        var (before, invite) = await Talking("hana", null);
        before.Disconnect();
        var device = await _world.Registered("hana");
        FlowId? asked = null;
        _call.Knows = dialog =>
        {
            asked = device.Flow.Id;
            return new FoundLeg(4, LegRole.Callee, FakeCall.Session, dialog);
        };

        await device.Send(InboundLegTests.WithBody(
            device.InDialog(SipMethod.Info, invite, "device-tag"), "text/plain", "hello"));
        await device.Send(device.InDialog(SipMethod.Bye, invite, "device-tag"));

        Assert.Equal("hello", (await LegWorld.Told<LegRequest>(_call)).Body?.Text);
        Assert.Equal(LegEndCause.HungUp, (await LegWorld.Told<LegEnded>(_call)).Cause);
        Assert.NotNull(asked);
    }

    [Fact]
    public async Task A_dialog_nobody_knows_does_not_exist()
    {
        var device = await _world.Registered("hana");
        var other = device.Request(SipMethod.Bye, "sip:relay@vrs.local");
        var bye = new SipRequest
        {
            Method = SipMethod.Bye,
            RequestUri = other.RequestUri,
            Vias = other.Vias,
            From = other.From,
            To = other.To.WithTag("c1-unknown"),
            CallId = other.CallId,
            CSeq = other.CSeq,
        };

        await device.Send(bye);

        await device.Expect(481, SipMethod.Bye);
    }

    private InviteLeg Invite(SdpText? offer) => new(
        _leg, 1, FakeCall.Session, LegRole.Callee, "DANA", "+15550101", offer, null, RingFor);

    private EndLeg End(long sequence) => new(_leg, sequence, FakeCall.Session, 487, "Given up", null);

    private async Task<SipRequest> Invited(TestDevice device, SdpText? offer)
    {
        await _world.Do(device, Invite(offer));
        return await device.Expect(SipMethod.Invite);
    }

    private async Task<(TestDevice Device, SipRequest Invite)> Talking(string user, string? sessionExpires)
    {
        var device = await _world.Registered(user);
        var invite = await Invited(device, Offer);
        var ok = SipResponse.For(invite, 200, "device-tag");
        ok.Headers.Add("Contact", $"<{device.Contact}>");
        if (sessionExpires is not null)
        {
            ok.Headers.Add("Session-Expires", sessionExpires);
        }

        ok.SetBody("application/sdp", SdpSamples.Answer);
        await device.Send(ok);
        await device.Expect(SipMethod.Ack);
        await LegWorld.Told<LegAnswered>(_call);
        return (device, invite);
    }
}
