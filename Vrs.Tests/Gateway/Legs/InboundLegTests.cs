using Vrs.Gateway.Sip.Messages;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Queues;
using Vrs.Tests.Gateway.Sdp;

namespace Vrs.Tests.Gateway.Legs;

/// <summary>INVITEs of devices: callers and interpreters who dial.</summary>
public sealed class InboundLegTests
{
    private static readonly SdpText Answer = new(SdpSamples.Answer);

    private readonly LegWorld _world = new();

    [Fact]
    public async Task A_caller_opens_a_call()
    {
        var device = await _world.Registered("dana");

        var invite = await Invite(device);
        var start = await LegWorld.Told<StartCall>(await _world.NewCall());

        Assert.Equal(CallDirection.DeafToHearing, start.Direction);
        Assert.Equal(("dana", "<urn:uuid:dana>", "+15550101", "192.0.2.7"),
            (start.Caller.User.Value, start.Caller.Device.Value, start.Caller.Number, start.Caller.Address));
        Assert.Equal(("+15550201", "ase+en"), (start.DialedNumber, start.Pool.Value));
        Assert.Equal(invite.CallId, start.Dialog.CallIdHeader);
        Assert.DoesNotContain("VP9", start.Offer.Text, StringComparison.Ordinal);
        await device.Expect(100, SipMethod.Invite);
    }

    [Fact]
    public async Task Waiting_answer_and_hang_up()
    {
        var device = await _world.Registered("dana");
        await Invite(device);
        var call = await _world.NewCall();
        var start = await LegWorld.Told<StartCall>(call);
        var leg = new LegRef(call.Id, 1);

        await _world.Do(device, new SendProgress(leg, 1, start.Session, 182, new QueuePosition(2, 3, 40)));
        var queued = await device.Expect(182, SipMethod.Invite);
        Assert.Equal("position=2;waiting=3;wait=40", queued.Headers["Vrs-Queue"]);
        Assert.Equal("Queued: number 2 of 3", queued.ReasonPhrase);
        Assert.Equal((call.Id.Value, "caller"), (queued.Headers["Vrs-Call"], queued.Headers["Vrs-Leg"]));
        Assert.StartsWith(start.Session.Value, queued.Headers["Session-ID"], StringComparison.Ordinal);
        Assert.Equal(start.Dialog.LocalTag, queued.To.Tag);

        await _world.Do(device, new AnswerLeg(leg, 2, start.Session, Answer));
        var ok = await device.Expect(200, SipMethod.Invite);
        Assert.Equal(SdpSamples.Answer, ok.BodyText);
        Assert.Equal(start.Dialog.LocalTag, ok.To.Tag);
        await device.Send(device.InDialog(SipMethod.Ack, ok));
        await LegWorld.Told<LegConfirmed>(call);

        await device.Send(device.InDialog(SipMethod.Bye, ok));
        await device.Expect(200, SipMethod.Bye);
        Assert.Equal(LegEndCause.HungUp, (await LegWorld.Told<LegEnded>(call)).Cause);

        await device.Send(device.InDialog(SipMethod.Bye, ok));
        await device.Expect(481, SipMethod.Bye);
    }

    [Fact]
    public async Task An_INVITE_whose_answer_was_lost_is_refused_and_does_not_wait_for_ever()
    {
        var device = await _world.Registered("dana");
        await Invite(device);
        var call = await _world.NewCall();
        var start = await LegWorld.Told<StartCall>(call);

        await _world.Do(device, new ForwardRequest(
            new LegRef(call.Id, 1), 0, start.Session, 0, 0, "UPDATE", null, start.Dialog));

        var refused = await device.Expect(503, SipMethod.Invite);
        Assert.Contains("The answer was lost", refused.Headers[HeaderNames.Warning], StringComparison.Ordinal);
        Assert.Equal(LegEndCause.Broken, (await LegWorld.Told<LegEnded>(call)).Cause);
    }

    [Theory]
    [InlineData("+15550201", "emergency", PriorityClass.Emergency)]
    [InlineData("+15550201", "urgent", PriorityClass.Urgent)]
    [InlineData("+15550201", "normal", PriorityClass.Standard)]
    [InlineData("112", "normal", PriorityClass.Emergency)]
    [InlineData("9-1-1", "normal", PriorityClass.Emergency)]
    [InlineData("933", "normal", PriorityClass.Standard)]
    public async Task An_emergency_is_known_by_its_number_or_its_header(
        string to, string header, PriorityClass expected)
    {
        var device = await _world.Registered("dana");

        var invite = device.Request(SipMethod.Invite, $"sip:{to}@vrs.local", ("Priority", header));
        await device.Send(WithOffer(invite));

        Assert.Equal(expected, (await LegWorld.Told<StartCall>(await _world.NewCall())).Priority);
    }

    [Fact]
    public async Task A_hang_up_is_answered_when_the_call_has_stored_it()
    {
        var device = await _world.Registered("dana");
        await Invite(device);
        var call = await _world.NewCall();
        var start = await LegWorld.Told<StartCall>(call);
        await _world.Do(device, new AnswerLeg(new LegRef(call.Id, 1), 1, start.Session, Answer));
        var ok = await device.Expect(200, SipMethod.Invite);
        await device.Send(device.InDialog(SipMethod.Ack, ok));
        await LegWorld.Told<LegConfirmed>(call);

        var stored = new TaskCompletionSource();
        call.MayStore = stored.Task;
        await device.Send(device.InDialog(SipMethod.Bye, ok));
        await LegWorld.Told<LegEnded>(call);
        await device.Send(device.Request(SipMethod.Options, "sip:vrs.local"));
        Assert.Equal(SipMethod.Options, Assert.IsType<SipResponse>(await device.Next()).CSeq.Method);

        stored.SetResult();
        await device.Expect(200, SipMethod.Bye);
    }

    [Fact]
    public async Task A_command_is_done_once_however_often_it_comes()
    {
        var (device, call, _) = await Talking();
        var progress = new SendProgress(new LegRef(call.Id, 1), 2, FakeCall.Session, 182, null);

        Assert.Null(await _world.Perform(device, new AnswerLeg(progress.Leg, 1, FakeCall.Session, Answer)));
        Assert.Equal(RefusalReason.Stale, (await _world.Perform(device, progress))?.Reason);
    }

    [Fact]
    public async Task A_page_names_its_session()
    {
        var device = await _world.Registered("dana");
        const string Session = "aabbccddeeff00112233445566778899";

        await Invite(device, ("Session-ID", $"{Session};remote=00000000000000000000000000000000"));

        var start = await LegWorld.Told<StartCall>(await _world.NewCall());
        Assert.Equal(Session, start.Session.Value);
    }

    [Fact]
    public async Task Cancelling_ends_the_leg()
    {
        var device = await _world.Registered("dana");
        var invite = await Invite(device);
        var call = await _world.NewCall();
        await LegWorld.Told<StartCall>(call);
        await _world.Do(device, new SendProgress(new LegRef(call.Id, 1), 1, FakeCall.Session, 182, null));
        await device.Expect(182, SipMethod.Invite);

        await device.Cancel(invite);

        await device.Expect(200, SipMethod.Cancel);
        await device.AckFailure(invite, await device.Expect(487, SipMethod.Invite));
        Assert.Equal(LegEndCause.Cancelled, (await LegWorld.Told<LegEnded>(call)).Cause);
        Assert.Null(await _world.Perform(
            device, new EndLeg(new LegRef(call.Id, 1), 2, FakeCall.Session, 487, "Cancelled", null)));
    }

    [Fact]
    public async Task Cancelling_while_the_call_is_still_asked_is_told_once_it_answers()
    {
        var device = await _world.Registered("dana");
        var gate = new TaskCompletionSource();
        var call = _world.Grains.Call("c1");
        call.MayAdmit = gate.Task;
        var invite = await Invite(device, ("Vrs-Call", "c1"));
        await LegWorld.Told<ResumeCall>(call);
        await device.Expect(100, SipMethod.Invite);

        await device.Cancel(invite);
        await device.Expect(200, SipMethod.Cancel);
        await device.Expect(487, SipMethod.Invite);
        gate.SetResult();

        Assert.Equal(new LegEnded(1, LegEndCause.Cancelled), await LegWorld.Told<LegEnded>(call));
    }

    [Fact]
    public async Task A_command_that_overtakes_the_admission_waits_for_it()
    {
        var device = await _world.Registered("dana");
        var gate = new TaskCompletionSource();
        var call = _world.Grains.Call("c1");
        call.MayAdmit = gate.Task;
        await Invite(device, ("Vrs-Call", "c1"));
        await LegWorld.Told<ResumeCall>(call);

        var ringing = new SendProgress(new LegRef(call.Id, 1), 1, FakeCall.Session, 180, null);
        var performed = _world.Perform(device, ringing);
        gate.SetResult();

        Assert.Null(await performed);
        await device.Expect(180, SipMethod.Invite);
    }

    [Fact]
    public async Task The_call_refuses_with_its_reason()
    {
        var device = await _world.Registered("dana");
        _world.Grains.Call("c1").Refuses = new Refusal(RefusalReason.NotFound, "That call is over.");

        await Invite(device, ("Vrs-Call", "c1"));

        var refused = await device.Expect(404, SipMethod.Invite);
        Assert.Contains("That call is over.", refused.Headers["Warning"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_call_ends_a_waiting_leg()
    {
        var device = await _world.Registered("dana");
        await Invite(device);
        var call = await _world.NewCall();
        await LegWorld.Told<StartCall>(call);

        await _world.Do(device, new EndLeg(
            new LegRef(call.Id, 1), 1, FakeCall.Session, 480, "Nobody became \"free\"\r\nin time", null));

        var refused = await device.Expect(480, SipMethod.Invite);
        Assert.Contains("SIP;cause=480;text=\"Nobody became", refused.Headers["Reason"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_call_ends_an_answered_leg_only_after_its_ACK()
    {
        var device = await _world.Registered("dana");
        await Invite(device);
        var call = await _world.NewCall();
        var leg = new LegRef(call.Id, 1);
        await LegWorld.Told<StartCall>(call);
        await _world.Do(device, new AnswerLeg(leg, 1, FakeCall.Session, Answer));
        var ok = await device.Expect(200, SipMethod.Invite);

        await _world.Do(device, new EndLeg(leg, 2, FakeCall.Session, 480, "Over", null));
        await device.Send(device.InDialog(SipMethod.Ack, ok));

        var bye = await device.Expect(SipMethod.Bye);
        Assert.Equal(ok.To.Tag, bye.From.Tag);
        await device.Answer(bye, 200);
    }

    [Fact]
    public async Task A_2xx_nobody_acknowledges_breaks_the_leg()
    {
        var device = await _world.Registered("dana");
        await Invite(device);
        var call = await _world.NewCall();
        await LegWorld.Told<StartCall>(call);
        await _world.Do(device, new AnswerLeg(new LegRef(call.Id, 1), 1, FakeCall.Session, Answer));

        var ended = await _world.AdvanceUntil(() => LegWorld.Told<LegEnded>(call), TimeSpan.FromSeconds(1));

        Assert.Equal(LegEndCause.Broken, ended.Cause);
    }

    [Theory]
    [InlineData("sip:+15559999@vrs.local", 404)]
    [InlineData("sip:nobody@vrs.local", 404)]
    [InlineData("sip:+15550101@vrs.local", 403)]
    public async Task Numbers_that_cannot_be_called(string uri, int status)
    {
        var device = await _world.Registered("dana");

        await device.Send(WithOffer(device.Request(SipMethod.Invite, uri)));

        await device.Expect(status, SipMethod.Invite);
    }

    [Fact]
    public async Task Plain_RTP_is_refused_with_a_warning_that_says_why()
    {
        var device = await _world.Registered("dana");
        var invite = device.Request(SipMethod.Invite, "sip:+15550201@vrs.local");
        invite.SetBody("application/sdp", SdpSamples.AudioOffer.Replace("UDP/TLS/RTP/SAVPF", "RTP/AVP"));

        await device.Send(invite);

        var refused = await device.Expect(488, SipMethod.Invite);
        Assert.Contains("302 vrs.local \"The audio section is not encrypted", refused.Headers["Warning"]);
    }

    [Fact]
    public async Task An_INVITE_without_offer_is_refused()
    {
        var device = await _world.Registered("dana");

        await device.Send(device.Request(SipMethod.Invite, "sip:+15550201@vrs.local"));

        await device.Expect(488, SipMethod.Invite);
    }

    [Fact]
    public async Task An_INVITE_without_token_is_challenged()
    {
        var device = await _world.Registered("dana");
        device.Token = null;

        await device.Send(WithOffer(device.Request(SipMethod.Invite, "sip:+15550201@vrs.local")));

        await device.Expect(401, SipMethod.Invite);
    }

    [Fact]
    public async Task Too_short_a_session_interval_is_refused()
    {
        var device = await _world.Registered("dana");

        await Invite(device, ("Session-Expires", "60"), ("Supported", "timer"));

        Assert.Equal("90", (await device.Expect(422, SipMethod.Invite)).Headers["Min-SE"]);
    }

    [Fact]
    public async Task A_device_that_never_registered_is_bound_by_its_INVITE()
    {
        var device = _world.Device("dana");

        await Invite(device);

        var bound = await LegWorld.Next(_world.Grains.Registration("dana").Registered);
        Assert.Equal((device.Contact, device.Flow.Id), (bound.Contact, bound.Flow));
        var start = await LegWorld.Told<StartCall>(await _world.NewCall());
        Assert.Equal(bound.Device, start.Caller.Device);
    }

    [Fact]
    public async Task An_interpreter_dials_within_her_call()
    {
        var device = await _world.Registered("ines");

        await Invite(device, ("Vrs-Call", "c1"));

        var dial = await LegWorld.Told<DialCallee>(_world.Grains.Call("c1"));
        Assert.Equal(("+15550201", "hana", "ines"), (dial.Number, dial.Callee?.Value, dial.Interpreter.User.Value));
    }

    [Fact]
    public async Task An_interpreter_rejoins_without_a_number()
    {
        var device = await _world.Registered("ines");

        await device.Send(WithOffer(device.Request(SipMethod.Invite, "sip:rejoin@vrs.local", ("Vrs-Call", "c1"))));

        var dial = await LegWorld.Told<DialCallee>(_world.Grains.Call("c1"));
        Assert.Equal((null, null), (dial.Number, dial.Callee?.Value));
    }

    [Theory]
    [InlineData("ines")]
    [InlineData("olga")]
    public async Task Who_is_no_caller_opens_no_call(string user)
    {
        var device = await _world.Registered(user);

        await Invite(device);

        await device.Expect(403, SipMethod.Invite);
    }

    [Fact]
    public async Task A_hearing_caller_reaches_a_Deaf_person()
    {
        var device = await _world.Registered("hana");

        await device.Send(WithOffer(device.Request(SipMethod.Invite, "sip:1-555-0101@vrs.local")));

        var start = await LegWorld.Told<StartCall>(await _world.NewCall());
        Assert.Equal((CallDirection.HearingToDeaf, "+15550101"), (start.Direction, start.DialedNumber));
    }

    [Fact]
    public async Task A_reliable_provisional_waits_for_its_PRACK()
    {
        var device = await _world.Registered("dana");
        await Invite(device, ("Require", "100rel"));
        var call = await _world.NewCall();
        await LegWorld.Told<StartCall>(call);
        var leg = new LegRef(call.Id, 1);

        await _world.Do(device, new SendProgress(leg, 1, FakeCall.Session, 182, new QueuePosition(2, 2, null)));
        await _world.Do(device, new SendProgress(leg, 2, FakeCall.Session, 182, new QueuePosition(1, 2, null)));
        var first = await device.Expect(182, SipMethod.Invite);
        await device.Send(device.InDialog(
            SipMethod.Prack, first, ("RAck", $"{first.Headers["RSeq"]} {first.CSeq.Number} INVITE")));

        Assert.StartsWith("position=2", first.Headers["Vrs-Queue"], StringComparison.Ordinal);
        var next = await device.Next();
        var after = await device.Next();
        var second = Assert.IsType<SipResponse>(next is SipResponse { StatusCode: 200 } ? after : next);
        Assert.StartsWith("position=1", second.Headers["Vrs-Queue"], StringComparison.Ordinal);
        Assert.NotEqual(first.Headers["RSeq"], second.Headers["RSeq"]);
    }

    [Fact]
    public async Task A_call_that_does_not_know_the_leg_any_more_has_it_ended()
    {
        var (device, call, ok) = await Talking();
        call.OnReport = _ => new Refusal(RefusalReason.Stale, "No such leg.");

        await device.Send(WithBody(device.InDialog(SipMethod.Info, ok), "text/plain", "hello"));

        await LegWorld.Told<LegRequest>(call);
        await device.Expect(480, SipMethod.Info);
    }

    internal static SipRequest WithOffer(SipRequest request) => WithBody(request, "application/sdp", SdpSamples.Offer);

    internal static SipRequest WithBody(SipRequest request, string type, string body)
    {
        request.SetBody(type, body);
        return request;
    }

    private static Task<SipRequest> Invite(TestDevice device, params (string Name, string Value)[] headers) =>
        device.Send(WithOffer(device.Request(SipMethod.Invite, "sip:+15550201@vrs.local", headers)));

    private async Task<(TestDevice Device, FakeCall Call, SipResponse Ok)> Talking()
    {
        var device = await _world.Registered("dana");
        await Invite(device);
        var call = await _world.NewCall();
        await LegWorld.Told<StartCall>(call);
        await _world.Do(device, new AnswerLeg(new LegRef(call.Id, 1), 1, FakeCall.Session, Answer));
        var ok = await device.Expect(200, SipMethod.Invite);
        await device.Send(device.InDialog(SipMethod.Ack, ok));
        await LegWorld.Told<LegConfirmed>(call);
        return (device, call, ok);
    }
}
