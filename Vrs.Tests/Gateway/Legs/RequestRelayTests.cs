using Vrs.Gateway.Sip.Messages;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Tests.Gateway.Sdp;

namespace Vrs.Tests.Gateway.Legs;

/// <summary>Requests inside a dialog: what is passed to the other leg and what is answered here.</summary>
public sealed class RequestRelayTests
{
    private readonly LegWorld _world = new();
    private readonly FakeCall _call;
    private readonly LegRef _leg;
    private TestDevice _device = null!;
    private SipRequest _invite = null!;

    public RequestRelayTests()
    {
        _call = _world.Grains.Call("c1");
        _leg = new LegRef(_call.Id, 4);
    }

    [Theory]
    [InlineData("INVITE")]
    [InlineData("UPDATE")]
    public async Task An_offer_goes_to_the_other_leg_and_its_answer_comes_back(string method)
    {
        await Talk();

        await Send(new SipMethod(method), SdpSamples.Offer);
        var request = await LegWorld.Told<LegRequest>(_call);
        Assert.Equal((4, method, "application/sdp"), (request.Leg, request.Method, request.Body?.ContentType));
        Assert.DoesNotContain("VP9", request.Body!.Text, StringComparison.Ordinal);
        await Forward(request.Number, 200, SdpSamples.Answer);

        var ok = await _device.Expect(200, new SipMethod(method));
        Assert.Equal(SdpSamples.Answer, ok.BodyText);
        Assert.NotNull(ok.Contact);
    }

    [Fact]
    public async Task An_offer_against_policy_goes_nowhere()
    {
        await Talk();

        await Send(SipMethod.Invite, SdpSamples.Offer.Replace("UDP/TLS/RTP/SAVPF", "RTP/SAVP"));

        var refused = await _device.Expect(488, SipMethod.Invite);
        Assert.Contains("DTLS-SRTP", refused.Headers["Warning"], StringComparison.Ordinal);
        Assert.False(_call.Told.Reader.TryPeek(out _));
    }

    [Fact]
    public async Task INFO_goes_to_the_other_leg()
    {
        await Talk();

        await Send(SipMethod.Info, "Signal=5", "application/dtmf-relay");
        var request = await LegWorld.Told<LegRequest>(_call);
        await Forward(request.Number, 200, null);

        Assert.Equal(("INFO", "application/dtmf-relay", "Signal=5"),
            (request.Method, request.Body?.ContentType, request.Body?.Text));
        await _device.Expect(200, SipMethod.Info);
    }

    [Fact]
    public async Task An_INFO_without_end_is_refused()
    {
        await Talk();

        await Send(SipMethod.Info, new string('x', 20_000), "text/plain");

        await _device.Expect(413, SipMethod.Info);
    }

    [Fact]
    public async Task Two_offers_at_a_time_are_glare()
    {
        await Talk();
        await Send(SipMethod.Invite, SdpSamples.Offer);
        var first = await LegWorld.Told<LegRequest>(_call);

        await Send(SipMethod.Update, SdpSamples.Offer);
        await _device.Expect(491, SipMethod.Update);
        await _world.Do(_device, Forwarded("INVITE", SdpSamples.Offer));
        Assert.Equal(491, (await LegWorld.Told<LegResponse>(_call)).Status);

        await Forward(first.Number, 200, SdpSamples.Answer);
        await _device.Expect(200, SipMethod.Invite);
        await Send(SipMethod.Update, SdpSamples.Offer);
        await LegWorld.Told<LegRequest>(_call);
    }

    [Fact]
    public async Task An_offer_while_ours_is_out_is_glare()
    {
        await Talk();
        await _world.Do(_device, Forwarded("INVITE", SdpSamples.Offer));
        await _device.Expect(SipMethod.Invite);

        await Send(SipMethod.Invite, SdpSamples.Offer);

        await _device.Expect(491, SipMethod.Invite);
    }

    [Fact]
    public async Task An_offer_of_the_other_leg_is_put_to_the_device()
    {
        await Talk();

        await _world.Do(_device, Forwarded("INVITE", SdpSamples.Offer));
        var reinvite = await _device.Expect(SipMethod.Invite);
        Assert.Equal((SdpSamples.Offer, 2u), (reinvite.BodyText, reinvite.CSeq.Number));
        await _device.Answer(reinvite, 200, SdpSamples.Answer);

        await _device.Expect(SipMethod.Ack);
        var response = await LegWorld.Told<LegResponse>(_call);
        Assert.Equal((4, 1, 77L, 200), (response.Leg, response.RequestLeg, response.Number, response.Status));
        Assert.DoesNotContain("VP9", response.Body!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_offer_that_holds_is_told_once_it_is_answered_and_so_is_its_end()
    {
        await Talk();

        await Offer(SdpSamples.Offer.Replace("a=sendrecv", "a=sendonly"), 200);
        Assert.Equal(new LegHeld(4, true), await LegWorld.Told<LegHeld>(_call));
        await Offer(SdpSamples.Offer.Replace("a=sendrecv", "a=sendonly"), 200);
        await Offer(SdpSamples.Offer, 200);
        Assert.Equal(new LegHeld(4, false), await LegWorld.Told<LegHeld>(_call));
    }

    [Fact]
    public async Task An_offer_that_is_refused_holds_nobody()
    {
        await Talk();

        await Offer(SdpSamples.Offer.Replace("a=sendrecv", "a=sendonly"), 491);
        await Offer(SdpSamples.Offer, 200);

        Assert.False(_call.Told.Reader.TryPeek(out _));
    }

    [Fact]
    public async Task A_device_that_does_not_know_the_dialog_breaks_the_leg()
    {
        await Talk();

        await _world.Do(_device, Forwarded("INFO", "x"));
        await _device.Answer(await _device.Expect(SipMethod.Info), 481);

        Assert.Equal(481, (await LegWorld.Told<LegResponse>(_call)).Status);
        Assert.Equal(new LegEnded(4, LegEndCause.Broken), await LegWorld.Told<LegEnded>(_call));
    }

    [Fact]
    public async Task Without_an_answer_of_the_other_leg_it_times_out()
    {
        await Talk();
        await Send(SipMethod.Info, "x", "text/plain");
        var request = await LegWorld.Told<LegRequest>(_call);

        _world.Time.Advance(TimeSpan.FromSeconds(20));

        await _device.Expect(504, SipMethod.Info);
        await Forward(request.Number, 200, null);
    }

    [Fact]
    public async Task When_the_leg_ends_what_waits_is_answered()
    {
        await Talk();
        await Send(SipMethod.Info, "x", "text/plain");
        await LegWorld.Told<LegRequest>(_call);

        await _world.Do(_device, new EndLeg(_leg, 9, FakeCall.Session, 480, "Over", null));

        await _device.Expect(SipMethod.Bye);
        await _device.Expect(487, SipMethod.Info);
    }

    [Fact]
    public async Task A_cancelled_offer_is_answered_here()
    {
        await Talk();
        var reinvite = await Send(SipMethod.Invite, SdpSamples.Offer);
        await LegWorld.Told<LegRequest>(_call);

        await _device.Cancel(reinvite);

        await _device.Expect(200, SipMethod.Cancel);
        await _device.Expect(487, SipMethod.Invite);
    }

    [Fact]
    public async Task A_refresh_without_an_offer_is_answered_here()
    {
        await Talk();

        await Send(SipMethod.Update, null);
        await _device.Expect(200, SipMethod.Update);
        await Send(SipMethod.Options, null);
        await _device.Expect(200, SipMethod.Options);

        Assert.False(_call.Told.Reader.TryPeek(out _));
    }

    [Fact]
    public async Task A_number_that_does_not_rise_is_out_of_order()
    {
        await Talk();
        var info = await Send(SipMethod.Update, null);
        await _device.Expect(200, SipMethod.Update);
        var copy = _device.InDialog(SipMethod.Update, _invite, "device-tag");

        await _device.Send(new SipRequest
        {
            Method = SipMethod.Update,
            RequestUri = copy.RequestUri,
            Vias = copy.Vias,
            From = copy.From,
            To = copy.To,
            CallId = copy.CallId,
            CSeq = info.CSeq,
        });

        await _device.Expect(500, SipMethod.Update);
    }

    private async Task Talk()
    {
        _device = await _world.Registered("hana");
        var offer = new SdpText(SdpSamples.Offer);
        var ringFor = TimeSpan.FromSeconds(30);
        await _world.Do(
            _device, new InviteLeg(_leg, 1, FakeCall.Session, LegRole.Callee, "DANA", null, offer, null, ringFor));
        _invite = await _device.Expect(SipMethod.Invite);
        await _device.Answer(_invite, 200, SdpSamples.Answer);
        await _device.Expect(SipMethod.Ack);
        await LegWorld.Told<LegAnswered>(_call);
    }

    private async Task Offer(string sdp, int status)
    {
        await Send(SipMethod.Update, sdp);
        var request = await LegWorld.Told<LegRequest>(_call);
        await Forward(request.Number, status, status == 200 ? SdpSamples.Answer : null);
        await _device.Expect(status, SipMethod.Update);
    }

    private Task<SipRequest> Send(SipMethod method, string? body, string type = "application/sdp")
    {
        var request = _device.InDialog(method, _invite, "device-tag");
        if (body is not null)
        {
            request.SetBody(type, body);
        }

        return _device.Send(request);
    }

    private Task Forward(long number, int status, string? sdp) => _world.Do(_device, new ForwardResponse(
        _leg, 0, FakeCall.Session, number, status, sdp is null ? null : new BodyText("application/sdp", sdp)));

    private ForwardRequest Forwarded(string method, string body) => new(
        _leg,
        0,
        FakeCall.Session,
        1,
        77,
        method,
        new BodyText(method == "INFO" ? "text/plain" : "application/sdp", body),
        new DialogState("x", "c1-x", "x", "<sip:a@b>", "<sip:c@d>", "sip:e@f", [], 1, 1));
}
