using System.Net.WebSockets;
using Vrs.Bench.Headless;

namespace Vrs.Tests.Integration;

/// <summary>Connections without end from one address, on which nobody signs in.</summary>
public sealed class FloodTests : RelayTest
{
    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Gateway:Flows:MaxStrangersPerAddress"] = "3",
    };

    [Fact]
    public async Task Strangers_are_refused_while_a_call_is_made_behind_the_same_address()
    {
        var (dana, ines, hana) = await World.OpenThree();
        var strangers = Enumerable.Range(0, 4)
            .Select(_ => new HeadlessPhone(World.Sip, new PeerIdentity("nobody", "vrs.local", "none")))
            .ToList();
        foreach (var stranger in strangers[..3])
        {
            await stranger.Connect();
        }

        await Assert.ThrowsAnyAsync<WebSocketException>(strangers[3].Connect);

        var relayed = await RelayWorld.Relay(dana, ines, hana);
        Assert.Equal(200, (await relayed.Caller.HangUp()).Status);
        await relayed.Ends();
        foreach (var stranger in strangers)
        {
            await stranger.DisposeAsync();
        }
    }
}
