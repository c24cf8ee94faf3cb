using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Sip.Transactions;

namespace Vrs.Tests.Gateway.Sip;

/// <summary>RFC 3261 section 17.2 and RFC 6026 as scenarios, on reliable and unreliable transport.</summary>
public sealed class ServerTransactionTests
{
    private static SipRequest Invite => SipSamples.Request(SipSamples.Invite);

    [Fact]
    public void An_invite_nobody_answers_at_once_gets_100()
    {
        var bench = new SipBench();
        bench.Layer.Receive(Invite);

        Assert.Equal("100 Trying", bench.TakeSent());
        Assert.Single(bench.Requests);
    }

    [Fact]
    public void A_failure_is_sent_until_its_ack_on_unreliable_transport()
    {
        var bench = new SipBench(reliable: false) { Answer = transaction => transaction.Respond(486) };
        bench.Layer.Receive(Invite);
        bench.Advance(3.6);

        Assert.Equal("486 Busy Here, 486 Busy Here, 486 Busy Here, 486 Busy Here", bench.TakeSent());

        bench.Layer.Receive(Ack(bench.Requests[0]));
        bench.Advance(60);
        Assert.Equal("", bench.TakeSent());
        Assert.Empty(bench.Failures);
        Assert.Equal(0, bench.Layer.Count);
        Assert.Equal(0, bench.ArmedTimers);
    }

    [Fact]
    public void A_failure_without_ack_is_reported_after_64_T1()
    {
        var bench = new SipBench { Answer = transaction => transaction.Respond(486) };
        bench.Layer.Receive(Invite);
        bench.Advance(31.9);
        Assert.Empty(bench.Failures);

        bench.Advance(0.2);
        Assert.Equal([TransactionFailure.NotAcknowledged], bench.Failures);
        Assert.Equal("486 Busy Here", bench.TakeSent());
        Assert.Equal(0, bench.Layer.Count);
    }

    [Fact]
    public void A_repeated_invite_gets_the_last_provisional_again_and_no_second_transaction()
    {
        var bench = new SipBench { Answer = transaction => transaction.Respond(182) };
        bench.Layer.Receive(Invite);
        bench.Layer.Receive(Invite);

        Assert.Equal("182 Queued, 182 Queued", bench.TakeSent());
        Assert.Single(bench.Requests);
    }

    [Fact]
    public void After_2xx_repeated_invites_are_absorbed_for_64_T1()
    {
        var bench = new SipBench { Answer = transaction => transaction.Respond(200) };
        bench.Layer.Receive(Invite);
        bench.Advance(31);
        bench.Layer.Receive(Invite);

        Assert.Equal("200 OK", bench.TakeSent());
        bench.Advance(2);
        Assert.Equal(0, bench.Layer.Count);
    }

    [Fact]
    public void A_second_final_response_is_not_sent()
    {
        var bench = new SipBench { Answer = transaction => transaction.Respond(200) };
        bench.Layer.Receive(Invite);

        Assert.False(bench.Requests[0].Respond(487));
        Assert.False(bench.Requests[0].Respond(180));
        Assert.Equal("200 OK", bench.TakeSent());
    }

    [Fact]
    public void The_ack_to_a_2xx_goes_to_the_user_and_the_ack_to_a_failure_does_not()
    {
        var bench = new SipBench { Answer = transaction => transaction.Respond(200) };
        bench.Layer.Receive(Invite);
        bench.Layer.Receive(Ack(bench.Requests[0], branch: "z9hG4bKother"));
        Assert.Single(bench.Acks);

        bench = new SipBench { Answer = transaction => transaction.Respond(486) };
        bench.Layer.Receive(Invite);
        bench.Layer.Receive(Ack(bench.Requests[0]));
        Assert.Empty(bench.Acks);
    }

    [Fact]
    public void A_cancel_is_answered_with_the_tag_of_the_invite_and_passed_on()
    {
        var bench = new SipBench();
        bench.Answer = transaction => transaction.Respond(SipResponse.For(transaction.Request, 182, "mine"));
        bench.Layer.Receive(Invite);
        bench.Layer.Receive(Cancel());

        var ok = Assert.IsType<SipResponse>(bench.Sent[^1]);
        Assert.Equal((200, "mine"), (ok.StatusCode, ok.To.Tag));
        Assert.Equal("9314 CANCEL", ok.CSeq.ToString());
        Assert.Same(bench.Requests[0], Assert.Single(bench.Cancelled));
    }

    [Fact]
    public void A_cancel_without_its_invite_gets_481_and_one_that_came_late_gets_200_without_effect()
    {
        var bench = new SipBench();
        bench.Layer.Receive(Cancel());
        Assert.Equal("481 Call/Transaction Does Not Exist", bench.TakeSent());

        bench = new SipBench { Answer = transaction => transaction.Respond(200) };
        bench.Layer.Receive(Invite);
        bench.Layer.Receive(Cancel());
        Assert.Equal("200 OK, 200 OK", bench.TakeSent());
        Assert.Empty(bench.Cancelled);
    }

    [Fact]
    public void The_same_request_on_another_path_is_merged()
    {
        var bench = new SipBench { Answer = transaction => transaction.Respond(182) };
        bench.Layer.Receive(Invite);
        var other = SipSamples.Invite.Replace("z9hG4bK7311462", "z9hG4bKother", StringComparison.Ordinal);
        bench.Layer.Receive(SipSamples.Request(other));

        Assert.Equal("182 Queued, 482 Loop Detected", bench.TakeSent());
        Assert.Single(bench.Requests);
    }

    [Fact]
    public void A_non_invite_is_answered_again_while_it_is_remembered()
    {
        var bench = new SipBench(reliable: false) { Answer = transaction => transaction.Respond(200) };
        bench.Layer.Receive(Options());
        bench.Layer.Receive(Options());
        Assert.Equal("200 OK, 200 OK", bench.TakeSent());
        bench.Advance(32.1);
        Assert.Equal(0, bench.Layer.Count);

        bench = new SipBench { Answer = transaction => transaction.Respond(200) };
        bench.Layer.Receive(Options());
        bench.Advance(0);
        Assert.Equal(0, bench.Layer.Count);
    }

    [Fact]
    public void A_handler_that_throws_costs_a_500_and_the_exception_is_not_lost()
    {
        var bench = new SipBench { Answer = _ => throw new InvalidOperationException("planted") };

        Assert.Throws<InvalidOperationException>(() => bench.Layer.Receive(Invite));
        Assert.Equal("500 Server Internal Error", bench.TakeSent());
    }

    [Fact]
    public void Too_many_transactions_are_refused_with_503()
    {
        var bench = new SipBench();
        for (var i = 0; i <= TransactionOptions.Default.MaxServerTransactions; i++)
        {
            bench.Layer.Receive(SipSamples.Request(SipSamples.Invite
                .Replace("z9hG4bK7311462", $"z9hG4bK{i}", StringComparison.Ordinal)
                .Replace("i2dc8tkt2bkjlfu6bg4k", $"call{i}", StringComparison.Ordinal)));
        }

        Assert.Equal(TransactionOptions.Default.MaxServerTransactions, bench.Requests.Count);
        Assert.Equal(503, Assert.IsType<SipResponse>(bench.Sent[^1]).StatusCode);
    }

    [Fact]
    public void A_response_that_cannot_be_sent_is_reported()
    {
        var bench = new SipBench { Works = false, Answer = transaction => transaction.Respond(200) };
        bench.Layer.Receive(Invite);

        Assert.Equal([TransactionFailure.TransportFailed], bench.Failures);
    }

    [Fact]
    public void An_old_client_without_branch_is_matched_by_its_headers()
    {
        var old = SipSamples.Invite.Replace(";branch=z9hG4bK7311462", "", StringComparison.Ordinal);
        var bench = new SipBench { Answer = transaction => transaction.Respond(486) };
        bench.Layer.Receive(SipSamples.Request(old));
        bench.Layer.Receive(SipSamples.Request(old));
        Assert.Single(bench.Requests);

        bench.Layer.Receive(SipSamples.Request(old
            .Replace("INVITE sip", "ACK sip", StringComparison.Ordinal)
            .Replace("9314 INVITE", "9314 ACK", StringComparison.Ordinal)
            .Replace("15550201@vrs.local>", "15550201@vrs.local>;tag=x", StringComparison.Ordinal)));
        bench.Advance(40);
        Assert.Empty(bench.Failures);
    }

    private static SipRequest Cancel() => SipSamples.Request(SipSamples.Invite
        .Replace("INVITE sip", "CANCEL sip", StringComparison.Ordinal)
        .Replace("9314 INVITE", "9314 CANCEL", StringComparison.Ordinal));

    private static SipRequest Options() => SipSamples.Request(SipSamples.Invite
        .Replace("INVITE sip", "OPTIONS sip", StringComparison.Ordinal)
        .Replace("9314 INVITE", "9314 OPTIONS", StringComparison.Ordinal));

    private static SipRequest Ack(ServerTransaction invite, string branch = "z9hG4bK7311462") =>
        SipSamples.Request(SipSamples.Invite
            .Replace("INVITE sip", "ACK sip", StringComparison.Ordinal)
            .Replace("9314 INVITE", "9314 ACK", StringComparison.Ordinal)
            .Replace("z9hG4bK7311462", branch, StringComparison.Ordinal)
            .Replace("To: <sip:+15550201@vrs.local>", $"To: {invite.LastResponse!.To}", StringComparison.Ordinal));
}
