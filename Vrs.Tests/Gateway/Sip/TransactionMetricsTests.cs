using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Telemetry;
using Vrs.Tests.Domain.Telemetry;

namespace Vrs.Tests.Gateway.Sip;

/// <summary>Transactions that nobody answers or acknowledges show by method and side, and others do not.</summary>
public sealed class TransactionMetricsTests : IDisposable
{
    private const string Timeouts = "vrs.sip.transactions.timeouts";

    private readonly Measurements _measured = new(GatewayInstruments.MeterName);

    public void Dispose() => _measured.Dispose();

    [Fact]
    public void A_request_that_nobody_answers_shows_as_ours()
    {
        var bench = new SipBench();
        bench.Layer.Send(Info(), new ResponseLog());
        bench.Advance(31.9);
        Assert.Equal(0, _measured.Sum(Timeouts));
        bench.Advance(0.2);

        Assert.Equal(1, _measured.Sum(Timeouts, "INFO"));
        Assert.Equal(1, _measured.Sum(Timeouts, "client"));
    }

    [Fact]
    public void An_answer_that_nobody_acknowledges_shows_as_the_peers()
    {
        var bench = new SipBench { Answer = transaction => transaction.Respond(486) };
        bench.Layer.Receive(SipSamples.Request(SipSamples.Invite));
        bench.Advance(32.1);

        Assert.Equal(1, _measured.Sum(Timeouts, "INVITE"));
        Assert.Equal(1, _measured.Sum(Timeouts, "server"));
    }

    [Fact]
    public void A_request_that_is_answered_does_not_show()
    {
        var bench = new SipBench();
        bench.Layer.Send(Info(), new ResponseLog());
        bench.Layer.Receive(SipResponse.For((SipRequest)bench.Sent[0], 200, "remote"));
        bench.Advance(60);

        Assert.Equal(0, _measured.Sum(Timeouts));
    }

    private static SipRequest Info() => SipRequest.Create(
        SipMethod.Info,
        SipUri.Parse("sip:m3rh9kgv@t7dh0ok1.invalid;transport=ws"),
        NameAddress.Parse("<sip:+15550101@vrs.local>;tag=local"),
        NameAddress.Parse("<sip:hana@vrs.local>"),
        "call1",
        1);
}
