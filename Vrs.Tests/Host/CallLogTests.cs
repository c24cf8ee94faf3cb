using System.Text.Json;
using Vrs.Tests.Integration;

namespace Vrs.Tests.Host;

/// <summary>The log of a real server over a whole call, at its most talkative.</summary>
public sealed class CallLogTests : ProcessTest
{
    private static readonly string[] Phases =
        ["received", "queued", "offered", "connecting", "connected", "dialing", "relaying", "ended"];

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Logging:Format"] = "json",
        ["Logging:LogLevel:Default"] = "Trace",
        ["Logging:LogLevel:Microsoft"] = "Trace",
    };

    [Fact]
    public async Task One_search_for_the_session_id_shows_the_call_on_all_its_legs_and_no_secret_is_anywhere()
    {
        var (dana, ines, hana) = await World.OpenThree();
        var relayed = await RelayWorld.Relay(dana, ines, hana);
        var session = SessionOf(dana);
        await relayed.Caller.HangUp();
        await relayed.Ends();
        await CallRecords.Await(Server.DataFolder, relayed.Call);
        await Server.Terminate(Wait.Reply);

        var lines = Server.Log.Where(line => line.Contains(session, StringComparison.Ordinal)).Select(Parse).ToArray();

        Assert.All(lines, line => Assert.Equal(session, line.GetProperty("session_id").GetString()));
        Assert.All(lines, line => Assert.Equal(session, line.GetProperty("trace_id").GetString()));
        Assert.All(lines, line => Assert.True(line.TryGetProperty("correlation_id", out _), $"{line}"));
        Assert.Equal(["1", "2", "3", "4"], Values(lines, "leg").Distinct().Order());
        foreach (var phase in Phases)
        {
            Assert.Contains(phase, Values(lines, "state_to"));
        }

        var steps = lines.Where(line => line.TryGetProperty("end_reason", out _)).ToArray();
        Assert.Equal(["standard"], Values(steps, "priority").Distinct());
        Assert.Equal(steps.Length, Values(steps, "priority").Count());

        string[] secrets =
        [
            "demo\"", dana.Account.AccessToken, ines.Account.RefreshToken, "a=fingerprint", "a=ice-pwd", "m=video",
        ];
        Assert.All(secrets, secret => Assert.DoesNotContain(
            Server.Log, line => line.Contains(secret, StringComparison.Ordinal)));
    }

    private static string SessionOf(Actor caller) => caller.Phone.Wire.Items
        .Select(l => l.Message["Session-ID"])
        .OfType<string>()
        .Last()
        .Split(';')[0];

    private static JsonElement Parse(string line) => JsonDocument.Parse(line).RootElement;

    private static IEnumerable<string> Values(IEnumerable<JsonElement> lines, string field) =>
        lines.Where(l => l.TryGetProperty(field, out _)).Select(l => l.GetProperty(field).GetString()!);
}
