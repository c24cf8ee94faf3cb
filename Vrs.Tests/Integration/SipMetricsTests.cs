using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Vrs.Bench.Headless;
using Vrs.Gateway.Accounts;

namespace Vrs.Tests.Integration;

/// <summary>
/// What a gateway refuses, limits and does not understand shows in its metrics: on a server of its own process, so that
/// nobody else counts.
/// </summary>
public sealed partial class SipMetricsTests
{
    [Fact]
    public async Task What_is_refused_limited_or_not_understood_shows_by_method_class_and_reason()
    {
        await using var server = await ServerProcess.Start(new Dictionary<string, string>
        {
            ["Accounts:HashIterations"] = "10000",
            ["Gateway:Admission:Options:Account:PerSecond"] = "0.001",
            ["Gateway:Admission:Options:Account:Burst"] = "1",
            ["Gateway:Flows:MessageBurst"] = "10",
        });
        await using var world = new RelayWorld(server.Url);
        var (dana, hana) = (await world.Open("dana"), await world.Open("hana"));
        using var http = SignedIn.HttpFor(server.Management);

        var inTheClear = await dana.Phone.Call(hana.Number, Sdp.PlainRtpOffer());
        Assert.Equal(488, (await inTheClear.Final(Wait.Reply)).Status);
        Assert.Equal(200, await Send(dana, "OPTIONS", 1));
        Assert.Equal(503, await Send(dana, "OPTIONS", 2));
        Assert.Equal(405, await Send(dana, "FROBNICATE", 3));
        using var noSocket = await world.Http.GetAsync("/sip");
        Assert.Equal(HttpStatusCode.UpgradeRequired, noSocket.StatusCode);
        await GuessOnceTooOften(world.Http, "deniz");
        for (var ping = 0; ping < 30; ping++)
        {
            await hana.Phone.SendRaw("\r\n\r\n");
        }

        await dana.Phone.SendRaw("GET / HTTP/1.1\r\nHost: vrs.local\r\n\r\n");
        await dana.Phone.Closed.WaitAsync(Wait.Reply);

        var expected = new Dictionary<string, double>
        {
            ["vrs_sip_policy_refusals_total kind=\"offer\""] = 1,
            ["vrs_sip_requests_total method=\"INVITE\" direction=\"received\""] = 1,
            ["vrs_sip_requests_total method=\"OPTIONS\" direction=\"received\""] = 2,
            ["vrs_sip_requests_total method=\"other\" direction=\"received\""] = 1,
            ["vrs_sip_requests_total method=\"REGISTER\" direction=\"received\""] = 2,
            ["vrs_sip_responses_total method=\"REGISTER\" class=\"2xx\" direction=\"sent\""] = 2,
            ["vrs_sip_responses_total method=\"INVITE\" class=\"4xx\" direction=\"sent\""] = 1,
            ["vrs_sip_responses_total method=\"OPTIONS\" class=\"2xx\" direction=\"sent\""] = 1,
            ["vrs_sip_responses_total method=\"OPTIONS\" class=\"5xx\" direction=\"sent\""] = 1,
            ["vrs_admission_limited_total kind=\"Options\" asker=\"account\""] = 1,
            ["vrs_admission_limited_total kind=\"SignIn\" asker=\"stranger\""] = 1,
            ["vrs_sip_malformed_total disposition=\"Close\""] = 1,
            ["vrs_sip_flows_refused_total status=\"426\""] = 1,
            ["vrs_sip_flows_closed_total reason=\"Unparsable\""] = 1,
            ["vrs_sip_flows"] = 1,
        };
        string[] shown = [];
        await Wait.Until(
            "The connection is gone",
            async () => Value(shown = await Scrape(http), "vrs_sip_flows") == 1,
            Wait.Reply);
        Assert.Equal(expected, expected.Keys.ToDictionary(series => series, series => Value(shown, series)));
        Assert.InRange(Value(shown, "vrs_storage_batch_count"), 1, double.MaxValue);
        await Wait.Until(
            "Messages that came too fast are seen to wait",
            async () => Value(await Scrape(http), "vrs_sip_delayed_total") >= 1,
            Wait.Reply);
    }

    private static async Task GuessOnceTooOften(HttpClient http, string user)
    {
        for (var guess = 0; guess <= SignInThrottle.FreePerUser; guess++)
        {
            var refused = await Assert.ThrowsAsync<HttpRequestException>(
                () => SignedIn.SignIn(http, user, "a guess"));
            Assert.Equal(
                guess < SignInThrottle.FreePerUser ? HttpStatusCode.Unauthorized : HttpStatusCode.TooManyRequests,
                refused.StatusCode);
        }
    }

    private static async Task<int> Send(Actor who, string method, uint number)
    {
        var me = $"<{who.Phone.Identity.AddressOfRecord}>";
        var request = who.Phone.NewRequest(method, "sip:vrs.local", $"{me};tag=t1", me, $"odd-{number}", number);
        return (await (await who.Phone.Begin(request)).Final(Wait.Reply)).Status;
    }

    private static async Task<string[]> Scrape(HttpClient http) => (await http.GetStringAsync("/metrics")).Split('\n');

    /// <summary>The sum over all series of a name with some labels: <c>name label="value" ...</c>.</summary>
    private static double Value(string[] scraped, string series)
    {
        var words = series.Split(' ');
        return scraped
            .Where(line => line.AsSpan().StartsWith(words[0])
                && line[words[0].Length..] is ['{' or ' ', ..]
                && words[1..].All(label => line.Contains(label, StringComparison.Ordinal)))
            .Sum(line => double.Parse(ValueAt().Match(line).Groups[1].Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"[}\w] ([-+.\deE]+)( \d+)?\s*$")]
    private static partial Regex ValueAt();
}
