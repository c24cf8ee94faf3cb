using Vrs.Bench.Headless;
using Vrs.Silo.Records;
using Vrs.Silo.Storage;
using Vrs.Tests.Engine.Storage;
using Vrs.Tests.Integration;

namespace Vrs.Tests.Cluster;

/// <summary>
/// One database, two engines, one after the other: the embedded engine is killed and a cluster starts over what it
/// stored, and the other way round. Calls in progress go on, and who waited keeps her place.
/// </summary>
public sealed class EngineChangeTests
{
    [EmbeddedBuildFact]
    public async Task Calls_in_progress_go_on_when_the_engine_changes_and_when_it_changes_back()
    {
        await using var database = await TemporaryDatabase.Make(DatabaseProvider.PostgreSql);
        var key = ServerCluster.NewSigningKey();
        await using var single = await ServerProcess.Start(
            new Dictionary<string, string>(ServerCluster.SettingsFor(database.Options))
            {
                ["Gateway:SigningKey"] = key,
            },
            EmbeddedBuild.Program);
        await using var world = new RelayWorld(single.Url);
        var (dana, ines, hana) = await world.OpenThree();
        var deniz = await world.Open("deniz");
        var first = await RelayWorld.Relay(dana, ines, hana);
        var place = (await RelayWorld.Queue(deniz, hana)).RelayCall!;

        await single.Kill();
        string second;
        await using (var cluster = new ServerCluster(database.Options, key))
        {
            await cluster.StartSilo();
            await cluster.StartSilo();
            var gateway = await cluster.StartGateway();
            (dana, ines) = (await Move(dana, gateway.Url), await Move(ines, gateway.Url));
            (hana, deniz) = (await Move(hana, gateway.Url), await Move(deniz, gateway.Url));
            Assert.All(first.Legs, leg => Assert.False(leg.Ended.IsCompleted));
            await deniz.Phone.Call(hana.Number, Sdp.VideoOffer(), ("Vrs-Call", place));
            Assert.Equal(200, (await first.Caller.HangUp()).Status);
            await first.Ends();

            await ines.Page.Statuses.First("wrap-up", news => news.Status == "wrapUp", Wait.Reply);
            Assert.Null(await ines.Page.GoAvailable());
            var (offer, _) = await RelayWorld.Accept(ines);
            second = offer.Call;
            Assert.Equal(place, second);
        }

        await single.Start();
        (ines, deniz) = (await Move(ines, single.Url), await Move(deniz, single.Url));
        Assert.Null(await deniz.Page.HangUp(second));
        await deniz.Page.Phase(second, "ended", Wait.Reply);

        Assert.Empty(world.Faults);
        await BothHaveARecord(database.Database, first.Call, second);
    }

    /// <summary>Her device and her page go to another address of the service.</summary>
    private static async Task<Actor> Move(Actor actor, Uri service)
    {
        actor.Phone.Server = new UriBuilder(service) { Scheme = "wss", Path = "/sip" }.Uri;
        actor.Phone.DropSocket();
        await actor.Phone.Connect();
        Assert.Equal(200, (await actor.Phone.Register()).Status);
        await actor.Page.DisposeAsync();
        return actor with { Page = await HeadlessConsole.Connect(service, actor.Account.AccessToken) };
    }

    private static async Task BothHaveARecord(Database database, string first, string second)
    {
        List<string> recorded = [];
        await Wait.Until(
            "both calls have a record",
            async () =>
            {
                recorded.Clear();
                await foreach (var record in new RecordReader(database).All(CancellationToken.None))
                {
                    recorded.Add(record.call_id);
                }

                return recorded.Count >= 2;
            },
            Wait.Reply);
        Assert.Equal(new[] { first, second }.Order(), recorded.Order());
    }
}
