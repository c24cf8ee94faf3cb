using System.Text;
using Vrs.Gateway.Sip.Dialogs;
using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Sip.Parsing;

namespace Vrs.Tests.Gateway.Sip;

/// <summary>RFC 3261 sections 9.1, 13.2 and 17.1 as scenarios.</summary>
public sealed class ClientTransactionTests
{
    private readonly SipBench _bench = new();
    private readonly ResponseLog _log = new();

    [Fact]
    public void An_invite_that_nobody_answers_times_out_after_64_T1()
    {
        _bench.Layer.Send(Request(SipMethod.Invite), _log);
        _bench.Advance(31.9);
        Assert.Equal("", _log.Text);
        _bench.Advance(0.2);

        Assert.Equal("408 Request Timeout (local)", _log.Text);
        Assert.Equal("INVITE", _bench.TakeSent());
        Assert.Equal(0, _bench.Layer.Count);
    }

    [Fact]
    public void An_invite_is_repeated_with_doubling_pauses_on_unreliable_transport()
    {
        var bench = new SipBench(reliable: false);
        bench.Layer.Send(Request(SipMethod.Invite), _log);
        bench.Advance(3.6);
        Assert.Equal("INVITE, INVITE, INVITE, INVITE", bench.SentText);

        bench.Layer.Receive(Answer(bench, 180));
        bench.Advance(60);
        Assert.Equal(4, bench.Sent.Count);
    }

    [Fact]
    public void A_ringing_invite_waits_without_end()
    {
        _bench.Layer.Send(Request(SipMethod.Invite), _log);
        _bench.Layer.Receive(Answer(_bench, 180));
        _bench.Advance(3600);

        Assert.Equal("180 Ringing", _log.Text);
    }

    [Fact]
    public void A_failure_is_acknowledged_by_the_transaction()
    {
        _bench.Layer.Send(Request(SipMethod.Invite), _log);
        _bench.Layer.Receive(Answer(_bench, 486));
        _bench.Advance(0);

        Assert.Equal("486 Busy Here", _log.Text);
        Assert.Equal("INVITE, ACK", _bench.SentText);
        var ack = (SipRequest)_bench.Sent[1];
        Assert.Equal(((SipRequest)_bench.Sent[0]).TopVia, ack.TopVia);
        Assert.Equal("remote", ack.To.Tag);
        Assert.Equal(0, _bench.Layer.Count);
    }

    [Fact]
    public void A_copy_of_the_2xx_gets_the_kept_ack_and_is_not_passed_on()
    {
        var transaction = _bench.Layer.Send(Request(SipMethod.Invite), _log);
        var answer = Answer(_bench, 200);
        _bench.Layer.Receive(answer);
        _bench.Layer.Receive(answer);
        var dialog = Dialog.AsClient(transaction.Request, answer);
        transaction.Acknowledge(dialog.CreateAck(transaction.Request.CSeq.Number));
        _bench.Layer.Receive(answer);

        Assert.Equal("200 OK", _log.Text);
        Assert.Equal("INVITE, ACK, ACK", _bench.TakeSent());
    }

    [Fact]
    public void A_cancel_waits_for_the_first_provisional_response()
    {
        var transaction = _bench.Layer.Send(Request(SipMethod.Invite), _log);
        transaction.Cancel("SIP;cause=487;text=\"gone\"");
        Assert.Equal("INVITE", _bench.TakeSent());
        _bench.Layer.Receive(Answer(transaction.Request, 180));

        var cancel = Assert.IsType<SipRequest>(Assert.Single(_bench.Sent));
        Assert.Equal(SipMethod.Cancel, cancel.Method);
        Assert.Equal(transaction.Request.TopVia, cancel.TopVia);
        Assert.Equal("SIP;cause=487;text=\"gone\"", cancel.Headers[HeaderNames.Reason]);
        transaction.Cancel();
        Assert.Single(_bench.Sent);
    }

    [Fact]
    public void A_cancelled_invite_ends_with_487_or_after_64_T1()
    {
        var transaction = _bench.Layer.Send(Request(SipMethod.Invite), _log);
        _bench.Layer.Receive(Answer(transaction.Request, 180));
        transaction.Cancel();
        _bench.Layer.Receive(Answer(transaction.Request, 487));
        Assert.Equal("180 Ringing, 487 Request Terminated", _log.Text);

        transaction = _bench.Layer.Send(Request(SipMethod.Invite), _log);
        _log.Responses.Clear();
        _bench.Layer.Receive(Answer(transaction.Request, 180));
        transaction.Cancel();
        _bench.Advance(32.1);
        Assert.Equal("180 Ringing, 408 Request Timeout (local)", _log.Text);
    }

    [Fact]
    public void A_limit_cancels_a_ringing_invite_and_says_408()
    {
        var transaction = _bench.Layer.Send(Request(SipMethod.Invite), _log, TimeSpan.FromSeconds(20));
        _bench.Layer.Receive(Answer(transaction.Request, 180));
        _bench.Advance(20.1);
        Assert.Equal("INVITE, CANCEL", _bench.TakeSent());
        _bench.Layer.Receive(Answer(transaction.Request, 487));

        Assert.Equal("180 Ringing, 408 Request Timeout (local)", _log.Text);
    }

    [Fact]
    public void An_answer_that_crossed_the_cancel_is_passed_on()
    {
        var transaction = _bench.Layer.Send(Request(SipMethod.Invite), _log, TimeSpan.FromSeconds(20));
        _bench.Layer.Receive(Answer(transaction.Request, 180));
        _bench.Advance(20.1);
        _bench.Layer.Receive(Answer(transaction.Request, 200));

        Assert.Equal("180 Ringing, 200 OK", _log.Text);
    }

    [Fact]
    public void Another_request_ends_at_its_limit()
    {
        _bench.Layer.Send(Request(SipMethod.Info), _log, TimeSpan.FromSeconds(5));
        _bench.Advance(5.1);

        Assert.Equal("408 Request Timeout (local)", _log.Text);
    }

    [Fact]
    public void A_lost_flow_ends_every_pending_request_with_503()
    {
        _bench.Layer.Send(Request(SipMethod.Invite), _log);
        _bench.Layer.Send(Request(SipMethod.Info), _log);
        _bench.Layer.Close();

        Assert.Equal("503 Service Unavailable (local), 503 Service Unavailable (local)", _log.Text);
        Assert.Equal(0, _bench.Layer.Count);
        Assert.Equal(0, _bench.ArmedTimers);
    }

    [Fact]
    public void A_send_that_fails_is_told_at_once()
    {
        _bench.Works = false;
        _bench.Layer.Send(Request(SipMethod.Bye), _log);

        Assert.Equal("503 Service Unavailable (local)", _log.Text);
    }

    [Fact]
    public void A_response_to_nothing_or_to_somebody_else_is_dropped()
    {
        var transaction = _bench.Layer.Send(Request(SipMethod.Info), _log);
        var stray = Answer(transaction.Request, 200);
        var text = Encoding.UTF8.GetString(SipWriter.ToBytes(stray));
        var foreign = SipSamples.Parse<SipResponse>(
            text.Replace("From:", "Via: SIP/2.0/WSS other\r\nFrom:", StringComparison.Ordinal));
        _bench.Layer.Receive(foreign);
        Assert.Equal("", _log.Text);

        _bench.Layer.Receive(stray);
        _bench.Advance(0);
        _bench.Layer.Receive(stray);
        Assert.Equal("200 OK", _log.Text);
    }

    private static SipRequest Request(SipMethod method) => SipRequest.Create(
        method,
        SipUri.Parse("sip:m3rh9kgv@t7dh0ok1.invalid;transport=ws"),
        NameAddress.Parse("<sip:+15550101@vrs.local>;tag=local"),
        NameAddress.Parse("<sip:hana@vrs.local>"),
        "call1",
        1);

    private static SipResponse Answer(SipBench bench, int status) => Answer((SipRequest)bench.Sent[0], status);

    private static SipResponse Answer(SipRequest request, int status) => SipResponse.For(request, status, "remote");
}
