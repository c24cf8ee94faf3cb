using System.Text;
using Vrs.Gateway.Sip.Dialogs;
using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Sip.Parsing;

namespace Vrs.Tests.Gateway.Sip;

/// <summary>RFC 3261 section 12 and RFC 3262, from both ends.</summary>
public sealed class DialogTests
{
    private const string Route1 = "<sip:p1.example.com;lr>";
    private const string Route2 = "<sip:p2.example.com;lr>";

    [Fact]
    public void The_dialog_of_an_invite_that_came_in_answers_along_its_route()
    {
        var dialog = Dialog.AsServer(Routed(), "call1-x");
        var bye = dialog.CreateRequest(SipMethod.Bye);

        Assert.Equal(new DialogId("i2dc8tkt2bkjlfu6bg4k", "call1-x", "qrhpfrj8f6"), dialog.Id);
        Assert.Equal("sip:m3rh9kgv@t7dh0ok1.invalid;transport=ws;ob", bye.RequestUri.Text);
        Assert.Equal("<sip:+15550201@vrs.local>;tag=call1-x", bye.From.ToString());
        Assert.Equal("\"Dana\" <sip:dana@vrs.local>;tag=qrhpfrj8f6", bye.To.ToString());
        Assert.Equal([Route1, Route2], bye.Headers.List(HeaderNames.Route));
        Assert.Equal(new CSeq(1, SipMethod.Bye), bye.CSeq);
        Assert.Equal(new CSeq(2, SipMethod.Info), dialog.CreateRequest(SipMethod.Info).CSeq);
    }

    [Fact]
    public void The_dialog_of_our_invite_reverses_the_route()
    {
        var invite = Dialog.AsServer(Routed(), "x").CreateRequest(SipMethod.Invite);
        var dialog = Dialog.AsClient(invite, Answer(invite, 200));
        var ack = dialog.CreateAck(invite.CSeq.Number);

        Assert.Equal([Route2, Route1], ack.Headers.List(HeaderNames.Route));
        Assert.Equal("sip:new@host.invalid", ack.RequestUri.Text);
        Assert.Equal(new CSeq(invite.CSeq.Number, SipMethod.Ack), ack.CSeq);
        Assert.Equal("qrhpfrj8f6", ack.To.Tag);
        Assert.False(dialog.IsEarly);
        Assert.Equal(invite.CSeq.Number + 1, dialog.CreateRequest(SipMethod.Bye).CSeq.Number);
    }

    [Fact]
    public void A_2xx_makes_an_early_dialog_a_full_one_with_its_own_route_and_target()
    {
        var invite = SipRequest.Create(
            SipMethod.Invite, SipUri.Parse("sip:b@x"), NameAddress.Parse("<sip:a@x>;tag=1"),
            NameAddress.Parse("<sip:b@x>"), "c", 7);
        var ringing = SipResponse.For(invite, 180, "remote");
        var dialog = Dialog.AsClient(invite, ringing);
        Assert.True(dialog.IsEarly);
        Assert.Equal("sip:b@x", dialog.RemoteTarget.Text);

        dialog.Accept(Answer(invite, 200));

        Assert.False(dialog.IsEarly);
        Assert.Equal("sip:new@host.invalid", dialog.RemoteTarget.Text);
        Assert.Equal([Route2, Route1], dialog.RouteSet.Select(route => route.ToString()));
    }

    [Fact]
    public void Numbers_of_requests_must_rise_and_a_reinvite_renews_the_target()
    {
        var dialog = Dialog.AsServer(Routed(), "x");
        Assert.Equal(500, dialog.Accept(InDialog(9314, "INFO")));
        Assert.Equal(500, dialog.Accept(InDialog(1, "INFO")));
        Assert.Null(dialog.Accept(InDialog(9314, "ACK")));
        Assert.Null(dialog.Accept(InDialog(9400, "INFO", "sip:other@h.invalid")));
        Assert.Equal("sip:m3rh9kgv@t7dh0ok1.invalid;transport=ws;ob", dialog.RemoteTarget.Text);

        Assert.Null(dialog.Accept(InDialog(9401, "INVITE", "sip:other@h.invalid")));
        Assert.Equal("sip:other@h.invalid", dialog.RemoteTarget.Text);
        Assert.Equal(9401u, dialog.RemoteCSeq);
    }

    [Fact]
    public void A_dialog_taken_over_goes_on_a_hundred_numbers_later()
    {
        var dialog = Dialog.AsServer(Routed(), "call1-x");
        dialog.CreateRequest(SipMethod.Info);
        var state = dialog.ToState();
        var again = Dialog.FromState(state, skipCSeq: 100);

        Assert.Equal(dialog.Id, again.Id);
        Assert.Equal(state with { LocalCSeq = 101, RouteSet = [] }, again.ToState() with { RouteSet = [] });
        Assert.Equal(state.RouteSet.AsEnumerable(), again.ToState().RouteSet);
        Assert.Equal(102u, again.CreateRequest(SipMethod.Bye).CSeq.Number);
        Assert.Equal(
            Written(dialog.CreateAck(5)),
            Written(again.CreateAck(5)));
    }

    [Fact]
    public void A_strict_router_stands_in_the_request_uri()
    {
        var dialog = Dialog.AsServer(Routed("Record-Route: <sip:strict.example.com>, <sip:p2.example.com;lr>"), "x");
        var bye = dialog.CreateRequest(SipMethod.Bye);

        Assert.Equal("sip:strict.example.com", bye.RequestUri.Text);
        Assert.Equal(
            [Route2, "<sip:m3rh9kgv@t7dh0ok1.invalid;transport=ws;ob>"], bye.Headers.List(HeaderNames.Route));
    }

    [Fact]
    public void A_2xx_is_sent_until_its_ack_comes()
    {
        var bench = new SipBench();
        var answers = new PendingAnswers(bench, bench, bench.Layer.Timers);
        SipRequest? ack = null;
        bench.Answer = transaction =>
            answers.Send(transaction, SipResponse.For(transaction.Request, 200, "x"), came => ack = came);
        bench.Layer.Receive(SipSamples.Request(SipSamples.Invite));
        bench.Advance(3.6);
        Assert.Equal("200 OK, 200 OK, 200 OK, 200 OK", bench.TakeSent());

        var dialogAck = AckOf(bench.Requests[0].LastResponse!);
        Assert.True(answers.Acknowledge(dialogAck));
        Assert.False(answers.Acknowledge(dialogAck));
        bench.Advance(60);
        Assert.Same(dialogAck, ack);
        Assert.Equal("", bench.TakeSent());
        Assert.Equal(0, bench.ArmedTimers);
    }

    [Fact]
    public void A_2xx_without_ack_is_given_up_after_64_T1()
    {
        var bench = new SipBench();
        var answers = new PendingAnswers(bench, bench, bench.Layer.Timers);
        var outcomes = new List<SipRequest?>();
        bench.Answer = transaction =>
            answers.Send(transaction, SipResponse.For(transaction.Request, 200, "x"), outcomes.Add);
        bench.Layer.Receive(SipSamples.Request(SipSamples.Invite));
        bench.Advance(32.1);

        Assert.Equal([null], outcomes);
        Assert.Equal(0, answers.Count);
    }

    [Fact]
    public void A_reliable_provisional_is_sent_until_its_prack_comes()
    {
        var bench = new SipBench();
        var reliable = new ReliableProvisionals(bench, bench, bench.Layer.Timers);
        var pracks = new List<SipRequest?>();
        bench.Answer = transaction =>
            reliable.Send(transaction, SipResponse.For(transaction.Request, 183, "x"), pracks.Add);
        bench.Layer.Receive(SipSamples.Request(SipSamples.Invite));
        bench.Advance(1.6);
        Assert.Equal("183 Session Progress, 183 Session Progress, 183 Session Progress", bench.SentText);

        var sent = bench.Requests[0].LastResponse!;
        Assert.True(new EarlyDialogs(bench.Requests[0].Request).Accept(sent, out var prack));
        Assert.Equal("1 9314 INVITE", prack!.Headers[HeaderNames.RAck]);
        Assert.True(reliable.Acknowledge(prack));
        Assert.False(reliable.Acknowledge(prack));
        Assert.Same(prack, Assert.Single(pracks));
        Assert.Equal(0, reliable.Count);
    }

    [Fact]
    public void Only_new_reliable_provisionals_in_order_are_acknowledged()
    {
        var invite = SipSamples.Request(SipSamples.Invite);
        var early = new EarlyDialogs(invite);

        Assert.True(early.Accept(SipResponse.For(invite, 180, "r"), out var prack));
        Assert.Null(prack);
        Assert.True(early.Accept(Reliable(invite, 10), out prack));
        Assert.NotNull(prack);
        Assert.False(early.Accept(Reliable(invite, 10), out _));
        Assert.False(early.Accept(Reliable(invite, 12), out _));
        Assert.True(early.Accept(Reliable(invite, 11), out prack));
        Assert.Equal("11 9314 INVITE", prack!.Headers[HeaderNames.RAck]);
        Assert.True(early.Accept(Reliable(invite, 500, tag: "fork"), out prack));
        Assert.Equal("fork", prack!.To.Tag);
    }

    [Fact]
    public void The_dialog_of_a_2xx_goes_on_where_its_pracks_stopped()
    {
        var invite = SipSamples.Request(SipSamples.Invite);
        var early = new EarlyDialogs(invite);
        early.Accept(Reliable(invite, 1), out var prack);

        Assert.Equal(9315u, prack!.CSeq.Number);
        Assert.Equal(9316u, early.Confirm(SipResponse.For(invite, 200, "r")).CreateRequest(SipMethod.Bye).CSeq.Number);
        var other = early.Confirm(SipResponse.For(invite, 200, "other"));
        Assert.Equal(9315u, other.CreateRequest(SipMethod.Bye).CSeq.Number);
    }

    private static SipRequest Routed(string route = $"Record-Route: {Route1}, {Route2}") => SipSamples.Request(
        SipSamples.Invite.Replace("Max-Forwards: 69", "Max-Forwards: 69\n" + route, StringComparison.Ordinal));

    private static SipResponse Answer(SipRequest invite, int status)
    {
        var answer = SipResponse.For(invite, status, "remote");
        answer.Headers.Add(HeaderNames.RecordRoute, Route1);
        answer.Headers.Add(HeaderNames.RecordRoute, Route2);
        answer.Headers.Add(HeaderNames.Contact, "<sip:new@host.invalid>");
        return answer;
    }

    private static SipResponse Reliable(SipRequest invite, int number, string tag = "r")
    {
        var response = SipResponse.For(invite, 183, tag);
        response.Headers.Add(HeaderNames.Require, "100rel");
        response.Headers.Add(HeaderNames.RSeq, number);
        return response;
    }

    private static SipRequest InDialog(int number, string method, string contact = "sip:m3rh9kgv@t7dh0ok1.invalid") =>
        SipSamples.Request(SipSamples.Invite
            .Replace("INVITE sip", method + " sip", StringComparison.Ordinal)
            .Replace("9314 INVITE", $"{number} {method}", StringComparison.Ordinal)
            .Replace("sip:m3rh9kgv@t7dh0ok1.invalid;transport=ws;ob", contact, StringComparison.Ordinal));

    private static SipRequest AckOf(SipResponse ok) => SipRequest.Create(
        SipMethod.Ack, SipUri.Parse("sip:x@y"), ok.From, ok.To, ok.CallId, ok.CSeq.Number);

    private static string Written(SipRequest request) => Encoding.UTF8.GetString(SipWriter.ToBytes(request));
}
