using Vrs.Bench.Headless;

namespace Vrs.Tests.Integration;

/// <summary>What a careless or hostile peer sends is answered as the RFCs say, and hurts nobody.</summary>
public sealed class BadInputTests : RelayTest
{
    [Fact]
    public async Task Media_without_encryption_is_refused_with_488_and_a_reason()
    {
        var (dana, hana) = (await World.Open("dana"), await World.Open("hana"));

        foreach (var offer in (string[])[Sdp.PlainRtpOffer(), Sdp.ForbiddenCodecOffer()])
        {
            var final = await (await dana.Phone.Call(hana.Number, offer)).Final(Wait.Reply);
            Assert.Equal(488, final.Status);
            Assert.Matches("^3[0-9][0-9] ", final["Warning"]);
        }
    }

    [Fact]
    public async Task An_unknown_number_is_answered_404()
    {
        var dana = await World.Open("dana");

        var call = await dana.Phone.Call("+15559999999", Sdp.VideoOffer());

        Assert.Equal(404, (await call.Final(Wait.Reply)).Status);
    }

    [Fact]
    public async Task An_unknown_method_is_answered_405_with_what_is_allowed()
    {
        var dana = await World.Open("dana");
        var me = $"<{dana.Phone.Identity.AddressOfRecord}>";
        var request = dana.Phone.NewRequest("FROBNICATE", "sip:vrs.local", $"{me};tag=t1", me, "odd-1", 1);

        var answer = await (await dana.Phone.Begin(request)).Final(Wait.Reply);

        Assert.Equal(405, answer.Status);
        Assert.Contains("INVITE", answer["Allow"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_malformed_request_is_answered_400_with_a_reason()
    {
        var dana = await World.Open("dana");
        var me = $"<{dana.Phone.Identity.AddressOfRecord}>";
        var request = dana.Phone.NewRequest("OPTIONS", "sip:vrs.local", $"{me};tag=t1", "<no uri>", "odd-2", 1);

        var answer = await (await dana.Phone.Begin(request)).Final(Wait.Reply);

        Assert.Equal(400, answer.Status);
        Assert.Contains("To", answer.StartLine, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_sip_at_all_closes_the_flow_and_nobody_elses()
    {
        var (dana, deniz) = (await World.Open("dana"), await World.Open("deniz"));

        await dana.Phone.SendRaw("GET / HTTP/1.1\r\nHost: vrs.local\r\n\r\n");

        await dana.Phone.Closed.WaitAsync(Wait.Reply);
        Assert.Equal(200, (await deniz.Phone.Register()).Status);
    }

    [Fact]
    public async Task An_oversized_message_is_answered_513()
    {
        var dana = await World.Open("dana");
        var me = $"<{dana.Phone.Identity.AddressOfRecord}>";
        var request = dana.Phone.NewRequest("OPTIONS", "sip:vrs.local", $"{me};tag=t1", me, "odd-3", 1)
            .With("text/plain", new string('x', 70_000));

        Assert.Equal(513, (await (await dana.Phone.Begin(request)).Final(Wait.Reply)).Status);
    }

    [Fact]
    public async Task A_repeated_invite_opens_no_second_call()
    {
        var (dana, hana) = (await World.Open("dana"), await World.Open("hana"));
        var call = await RelayWorld.Queue(dana, hana);

        await dana.Phone.SendRaw(call.Invite.ToWire());
        await dana.Phone.Register();
        await call.Cancel();
        await call.EndsWithin(Wait.Reply);

        Assert.Single(dana.Page.Calls.Items.Select(c => c.Call).Distinct());
    }

    [Fact]
    public async Task A_request_for_a_dialog_that_is_not_there_is_answered_481()
    {
        var dana = await World.Open("dana");
        var me = $"<{dana.Phone.Identity.AddressOfRecord}>";
        var bye = dana.Phone.NewRequest("BYE", "sip:vrs.local", $"{me};tag=t1", $"{me};tag=nowhere", "none", 1);

        Assert.Equal(481, (await (await dana.Phone.Begin(bye)).Final(Wait.Reply)).Status);
    }

    [Fact]
    public async Task A_keep_alive_is_answered()
    {
        var dana = await World.Open("dana");

        Assert.Equal(200, (await dana.Phone.Register()).Status);
        await dana.Phone.SendRaw("\r\n\r\n");
        Assert.Equal(200, (await dana.Phone.Register()).Status);
    }
}
