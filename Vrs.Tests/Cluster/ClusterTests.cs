using Vrs.Bench.Headless;
using Vrs.Silo.Storage;
using Vrs.Tests.Engine.Storage;
using Vrs.Tests.Integration;
using Xunit.Abstractions;

namespace Vrs.Tests.Cluster;

/// <summary>Several processes over one PostgreSQL database are one service.</summary>
public sealed class ClusterTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Devices = 8;

    /// <summary>How long signaling may stand still when a silo dies, on a machine that may be busy.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(30);

    /// <summary>How long devices are watched after that.</summary>
    private static readonly TimeSpan Watch = TimeSpan.FromSeconds(15);

    private TemporaryDatabase? _database;
    private ServerCluster? _cluster;

    private ServerCluster Cluster => _cluster!;

    public async Task InitializeAsync()
    {
        if (PostgreSqlServer.Missing is null)
        {
            _database = await TemporaryDatabase.Make(DatabaseProvider.PostgreSql);
            _cluster = new ServerCluster(_database.Options);
        }
    }

    public async Task DisposeAsync()
    {
        if (_cluster is { } cluster)
        {
            await cluster.DisposeAsync();
        }

        if (_database is { } database)
        {
            await database.DisposeAsync();
        }
    }

    [PostgreSqlFact]
    public async Task A_gateway_without_grains_relays_a_call_that_a_silo_without_gateway_decides()
    {
        await Cluster.StartSilo();
        var gateway = await Cluster.StartGateway();
        await using var world = new RelayWorld(gateway.Url);

        var (dana, ines, hana) = await world.OpenThree();
        var relayed = await RelayWorld.Relay(dana, ines, hana);
        Assert.Equal(200, (await relayed.Caller.HangUp()).Status);

        await relayed.Ends();
        var end = await dana.Page.Phase(relayed.Call, "ended", Wait.Reply);
        Assert.Equal("callerHungUp", end.EndReason);
        Assert.Empty(world.Faults);
    }

    [PostgreSqlFact]
    public async Task A_call_goes_on_when_one_of_two_silos_is_killed()
    {
        var first = await Cluster.StartSilo();
        await Cluster.StartSilo();
        var gateway = await Cluster.StartGateway();
        await using var world = new RelayWorld(gateway.Url);
        var (dana, ines, hana) = await world.OpenThree();
        var relayed = await RelayWorld.Relay(dana, ines, hana);

        await first.Kill();

        // Until the silo is known to be dead, what was sent to it fails; a phone asks again, and so does this one.
        await Wait.Until(
            "the hang-up is heard",
            async () => (await relayed.Caller.HangUp()).Status == 200,
            TimeSpan.FromSeconds(60));
        await relayed.Ends();
        Assert.Empty(world.Faults);
    }

    [PostgreSqlFact]
    public async Task Signaling_stands_still_for_seconds_at_most_when_a_silo_dies()
    {
        var first = await Cluster.StartSilo();
        await Cluster.StartSilo();
        var gateway = await Cluster.StartGateway();
        await using var world = new RelayWorld(gateway.Url);
        using var over = new CancellationTokenSource();
        List<Task<TimeSpan>> silences = [];
        for (var number = 0; number < Devices; number++)
        {
            var actor = await world.Open($"load-phone-{number:000}");
            silences.Add(LongestSilenceOf(actor.Phone, over.Token));
        }

        await first.Kill();
        over.CancelAfter(Watch);
        var longest = await Task.WhenAll(silences);

        output.WriteLine($"Longest silences: {string.Join(", ", longest)}");
        Assert.True(longest.Max() < LongestSilence, $"{longest.Max()}");
    }

    /// <summary>Registers again and again, and tells the longest time between two successes.</summary>
    private static async Task<TimeSpan> LongestSilenceOf(HeadlessPhone phone, CancellationToken over)
    {
        using var beats = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var longest = TimeSpan.Zero;
        var last = TimeProvider.System.GetTimestamp();
        for (var heard = false; !heard || !over.IsCancellationRequested;)
        {
            heard = (await phone.Register()).Status == 200;
            if (heard)
            {
                var now = TimeProvider.System.GetTimestamp();
                var silence = TimeProvider.System.GetElapsedTime(last, now);
                longest = silence > longest ? silence : longest;
                last = now;
            }

            await beats.WaitForNextTickAsync(CancellationToken.None);
        }

        return longest;
    }
}
