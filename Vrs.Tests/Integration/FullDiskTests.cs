using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Vrs.Bench.Headless;
using Vrs.Silo.Storage;
using Vrs.Tests.Host;

namespace Vrs.Tests.Integration;

/// <summary>A disk without room: conversations go on, new calls are refused in plain words, and it passes.</summary>
public sealed class FullDiskTests
{
    private static readonly StateKey Large = new(new GrainIdentity("test", "large"), "state");
    private static readonly byte[] LargeBody = [(byte)'"', .. Enumerable.Repeat((byte)'x', 1 << 20), (byte)'"'];

    [Fact]
    public async Task New_calls_are_refused_until_there_is_room_and_those_there_are_go_on()
    {
        await using var server = await VrsServer.Start(new Dictionary<string, string?>
        {
            ["Management:CheckInterval"] = "00:00:01",
            ["Storage:OutageHold"] = "00:00:01",
        });
        using var management = SignedIn.HttpFor(server.Management);
        await using var world = new RelayWorld(server.Address);
        var (dana, ines, hana) = await world.OpenThree();
        var deniz = await world.Open("deniz");
        var relayed = await RelayWorld.Relay(dana, ines, hana);
        var writer = server.Services.GetRequiredService<GroupCommitWriter>();
        var storage = server.Services.GetRequiredService<IStateStorage>();

        // SQLite itself then answers as for a full disk.
        await writer.Write(new Statement("PRAGMA max_page_count = 1"));
        await Assert.ThrowsAsync<SqliteException>(() => storage.Write(Large, LargeBody, null));

        await Ready(management, HttpStatusCode.ServiceUnavailable);
        await Shows(management, "vrs_storage_outages_total");
        await Shows(management, "vrs_storage_writes_failed_total");
        var refused = await (await deniz.Phone.Call(hana.Number, Sdp.VideoOffer())).Final(Wait.Reply);
        Assert.Equal(503, refused.Status);
        Assert.NotNull(refused["Retry-After"]);
        Assert.All(relayed.Legs, leg => Assert.False(leg.Ended.IsCompleted));
        // What is small fits meanwhile, as each look of the health check does, and says nothing of what does not.
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Readiness(management));

        await Wait.Until("There is room", () => MakeRoom(writer), Wait.Reply);
        await Ready(management, HttpStatusCode.OK);
        Assert.Equal("1", await storage.Write(Large, LargeBody, null));
        Assert.Equal(200, (await relayed.Caller.HangUp()).Status);
        await relayed.Ends();
    }

    /// <summary>A write that is committed together with one that does not fit fails with it.</summary>
    private static async Task<bool> MakeRoom(GroupCommitWriter writer)
    {
        var asked = writer.Write(new Statement("PRAGMA max_page_count = 1000000"));
        await Task.WhenAny(asked);
        return asked.IsCompletedSuccessfully;
    }

    private static Task Ready(HttpClient management, HttpStatusCode status) =>
        Wait.Until($"Readiness is {status}", async () => await Readiness(management) == status, Wait.Reply);

    private static Task Shows(HttpClient management, string counter) => Wait.Until(
        $"{counter} counts",
        async () => Regex.IsMatch(
            await management.GetStringAsync("/metrics"), $@"(?m)^{counter}(\{{[^}}]*\}})? [1-9]"),
        Wait.Reply);

    private static async Task<HttpStatusCode> Readiness(HttpClient management)
    {
        using var health = await management.GetAsync("/health/ready");
        return health.StatusCode;
    }
}
