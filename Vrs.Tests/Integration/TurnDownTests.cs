using System.Net;
using System.Text.RegularExpressions;
using Vrs.Bench.Headless;
using Vrs.Tests.Host;

namespace Vrs.Tests.Integration;

/// <summary>With no TURN server there, calls are set up as ever, and operators see it.</summary>
public sealed partial class TurnDownTests
{
    [Fact]
    public async Task Calls_go_on_and_health_and_metrics_say_that_no_relay_is_given()
    {
        await using var server = await VrsServer.Start(new Dictionary<string, string?>
        {
            ["Accounts:HashIterations"] = "10000",
            ["Gateway:Turn:Urls:0"] = "turn:127.0.0.1:9?transport=tcp",
            ["Gateway:Turn:Secret"] = "a secret of this test only",
        });
        await using var world = new RelayWorld(server.Address);
        using var management = SignedIn.HttpFor(server.Management);
        await Wait.Until(
            "The metric says so",
            async () => MediaHalf().IsMatch(await management.GetStringAsync("/metrics")),
            Wait.Reply);

        using var ready = await management.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.Contains("turn:127.0.0.1:9", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var (dana, ines, hana) = await world.OpenThree();
        var relayed = await RelayWorld.Relay(dana, ines, hana);
        Assert.Equal(200, (await relayed.Caller.HangUp()).Status);
        await relayed.Ends();
    }

    [GeneratedRegex("(?m)^vrs_health\\{.*check=\"media\".*\\} 0\\.5\\b")]
    private static partial Regex MediaHalf();
}
