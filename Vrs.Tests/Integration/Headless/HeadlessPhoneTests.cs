using Vrs.Bench.Headless;

namespace Vrs.Tests.Integration.Headless;

/// <summary>The headless phone against a scripted peer: the tester is tested before it tests the server.</summary>
public sealed class HeadlessPhoneTests : IAsyncLifetime
{
    private ScriptedPeer _peer = null!;
    private HeadlessPhone _phone = null!;

    public async Task InitializeAsync()
    {
        _peer = await ScriptedPeer.Start();
        _phone = new HeadlessPhone(_peer.Uri, new PeerIdentity("dana", "vrs.local", "secret"));
        await _phone.Connect();
    }

    public async Task DisposeAsync()
    {
        await _phone.DisposeAsync();
        await _peer.DisposeAsync();
    }

    [Fact]
    public async Task Register_carries_the_token_and_one_contact_with_its_instance()
    {
        var registering = _phone.Register();
        var request = await _peer.Next("REGISTER");
        await _peer.Send(PeerMessage.Response(request, 200, "OK", "s"));

        Assert.Equal(200, (await registering).Status);
        Assert.Equal("Bearer secret", request["Authorization"]);
        var contact = Assert.Single(request.All("Contact"));
        Assert.Contains($"+sip.instance=\"<{_phone.Identity.Instance}>\"", contact, StringComparison.Ordinal);
        Assert.Empty(_phone.Faults);
    }

    [Fact]
    public async Task A_call_is_queued_answered_acknowledged_and_ended_by_the_other_side()
    {
        var call = await _phone.Call("+15550201", Sdp.VideoOffer());
        var invite = await _peer.Next("INVITE");
        await _peer.Send(PeerMessage.Response(invite, 182, "Queued", "s").Add("Vrs-Call", "c1"));
        await call.Response(182, Wait.Reply);
        await _peer.Send(Answer(invite));
        await call.Answered(Wait.Reply);
        var ack = await _peer.Next("ACK");
        await _peer.Send(InDialog(invite, "BYE"));

        Assert.Equal("BYE", await call.EndsWithin(Wait.Reply));
        await _peer.NextResponse(200, "BYE");
        Assert.Equal("c1", call.RelayCall);
        Assert.Equal("sip:gateway@vrs.local", ack.RequestUri);
        Assert.NotEqual(invite.Branch, ack.Branch);
        Assert.Equal("s", ack.ToTag);
        Assert.Empty(_phone.Faults);
    }

    [Fact]
    public async Task A_cancel_has_the_branch_of_its_invite_and_no_credentials()
    {
        var call = await _phone.Call("+15550201", Sdp.VideoOffer());
        var invite = await _peer.Next("INVITE");
        var cancelling = call.Cancel();
        var cancel = await _peer.Next("CANCEL");
        await _peer.Send(PeerMessage.Response(cancel, 200, "OK", "s"));
        await _peer.Send(PeerMessage.Response(invite, 487, "Request Terminated", "s"));

        Assert.Equal(200, (await cancelling).Status);
        Assert.Equal("487", await call.EndsWithin(Wait.Reply));
        Assert.Equal(invite.Branch, cancel.Branch);
        Assert.Null(cancel["Authorization"]);
        Assert.Equal(invite.Branch, (await _peer.Next("ACK")).Branch);
    }

    [Fact]
    public async Task A_late_offer_is_answered_with_an_offer_and_the_ack_brings_the_answer()
    {
        await _peer.Send(Invite(""));
        var incoming = await _phone.NextCall(Wait.Reply);
        var confirming = incoming.AnswerAndConfirm(Wait.Reply);
        var ok = await _peer.NextResponse(200, "INVITE");
        await _peer.Send(InDialog(ok, "ACK", cseq: 1).With("application/sdp", Sdp.Answer(ok.Body)));

        await confirming;
        Assert.True(incoming.IsLateOffer);
        Assert.Contains("a=setup:actpass", ok.Body, StringComparison.Ordinal);
        Assert.Contains("a=setup:active", incoming.RemoteSdp, StringComparison.Ordinal);
        Assert.Empty(_phone.Faults);
    }

    [Fact]
    public async Task A_call_cancelled_while_it_rings_is_answered_487()
    {
        var invite = Invite(Sdp.VideoOffer());
        await _peer.Send(invite);
        var incoming = await _phone.NextCall(Wait.Reply);
        await incoming.Ring();
        await _peer.Send(PeerMessage.Request("CANCEL", invite.RequestUri)
            .Add("Via", invite["Via"]!).Add("From", invite["From"]!).Add("To", invite["To"]!)
            .Add("Call-ID", invite.CallId).Add("CSeq", "1 CANCEL").Add("Max-Forwards", "70"));

        Assert.Equal("CANCEL", await incoming.EndsWithin(Wait.Reply));
        await _peer.NextResponse(200, "CANCEL");
        await _peer.NextResponse(487, "INVITE");
    }

    [Fact]
    public async Task After_a_lost_socket_it_registers_again_under_the_same_contact_and_its_calls_live_on()
    {
        var call = await _phone.Call("+15550201", Sdp.VideoOffer());
        var invite = await _peer.Next("INVITE");
        await _peer.Send(Answer(invite));
        await call.Answered(Wait.Reply);
        var waiting = await _phone.Call("+15550202", Sdp.VideoOffer());

        _phone.DropSocket();
        await _phone.Connect();
        var registering = _phone.Register();
        var register = await _peer.Next("REGISTER");
        await _peer.Send(PeerMessage.Response(register, 200, "OK", "s"));
        await registering;
        var hangingUp = call.HangUp();
        var bye = await _peer.Next("BYE");
        await _peer.Send(PeerMessage.Response(bye, 200, "OK", "s"));

        await hangingUp;
        Assert.Equal("socket lost", await waiting.EndsWithin(Wait.Reply));
        Assert.Equal(2u, bye.CSeqNumber);
        Assert.Equal(call.LocalTag, bye.FromTag);
        Assert.Contains(_phone.Identity.ContactUri, register["Contact"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_breaks_a_rule_of_sip_is_noted_as_a_fault()
    {
        var invite = Invite(Sdp.VideoOffer()).ToWire();
        await _peer.Send(invite.Replace("Max-Forwards: 70\r\n", "", StringComparison.Ordinal));
        await _phone.NextCall(Wait.Reply);

        Assert.Contains("no Max-Forwards", Assert.Single(_phone.Faults), StringComparison.Ordinal);
    }

    private static PeerMessage Answer(PeerMessage invite) => PeerMessage.Response(invite, 200, "OK", "s")
        .Add("Contact", "<sip:gateway@vrs.local>")
        .With("application/sdp", Sdp.Answer(invite.Body));

    private PeerMessage Invite(string sdp)
    {
        var invite = PeerMessage.Request("INVITE", _phone.Identity.ContactUri)
            .Add("Via", "SIP/2.0/WSS vrs.local;branch=z9hG4bKserver1")
            .Add("Max-Forwards", "70")
            .Add("From", "<sip:+15550101@vrs.local>;tag=s")
            .Add("To", "<sip:dana@vrs.local>")
            .Add("Call-ID", "server-call")
            .Add("CSeq", "1 INVITE")
            .Add("Contact", "<sip:gateway@vrs.local>");
        return sdp.Length > 0 ? invite.With("application/sdp", sdp) : invite;
    }

    /// <summary>A request of the peer in the dialog that a message of the phone belongs to.</summary>
    private PeerMessage InDialog(PeerMessage ofPhone, string method, uint cseq = 7)
    {
        var (phone, peer) = ofPhone.Method is null
            ? (ofPhone["To"]!, ofPhone["From"]!)
            : (ofPhone["From"]!, ofPhone["To"]! + ";tag=s");
        return PeerMessage.Request(method, _phone.Identity.ContactUri)
            .Add("Via", $"SIP/2.0/WSS vrs.local;branch=z9hG4bKserver{method}")
            .Add("Max-Forwards", "70")
            .Add("From", peer)
            .Add("To", phone)
            .Add("Call-ID", ofPhone.CallId)
            .Add("CSeq", $"{cseq} {method}");
    }
}
