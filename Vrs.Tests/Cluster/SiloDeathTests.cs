using Dapper;
using Orleans.Runtime;
using Vrs.Silo.Storage;
using Vrs.Tests.Engine.Storage;
using Vrs.Tests.Integration;
using Xunit.Abstractions;

namespace Vrs.Tests.Cluster;

/// <summary>
/// A silo that dies is known to be dead within five seconds, whether its process is gone or only stands still, and
/// pages hear again from the grains it had. Nothing else runs beside these: they are about seconds.
/// </summary>
[Collection(nameof(WholePool))]
public sealed class SiloDeathTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly TimeSpan DeclaredDeadWithin = TimeSpan.FromSeconds(5);

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
        await (_cluster?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [PostgreSqlFact]
    public async Task A_silo_that_is_killed_is_declared_dead_in_seconds()
    {
        var first = await Cluster.StartSilo();
        await Cluster.StartSilo();

        await IsDeclaredDead(first.Kill());
    }

    [PostgreSqlFact]
    public async Task A_silo_that_stands_still_is_declared_dead_in_seconds()
    {
        var first = await Cluster.StartSilo();
        await Cluster.StartSilo();

        await IsDeclaredDead(first.SetFrozen(true));

        await first.Kill();
    }

    /// <summary>Each grain has lost its silo in the end, and no page connects again or does anything.</summary>
    [PostgreSqlFact]
    public async Task Pages_hear_again_when_every_silo_has_died_once()
    {
        var first = await Cluster.StartSilo();
        var second = await Cluster.StartSilo();
        var gateway = await Cluster.StartGateway();
        await using var world = new RelayWorld(gateway.Url);
        var (dana, ines, hana) = await world.OpenThree();

        await IsDeclaredDead(first.Kill());
        await first.Start();
        await IsDeclaredDead(second.Kill());
        foreach (var actor in (Actor[])[dana, ines, hana])
        {
            await Wait.Until(
                $"{actor.Account.User} is registered again",
                async () => (await actor.Phone.Register()).Status == 200,
                Wait.Reply);
        }

        // Her page is shown the offer, and the caller's that she is relayed.
        var relayed = await RelayWorld.Relay(dana, ines, hana);
        Assert.Equal(200, (await relayed.Caller.HangUp()).Status);
        await relayed.Ends();
        await dana.Page.Phase(relayed.Call, "ended", Wait.Reply);
        Assert.Empty(world.Faults);
    }

    private async Task IsDeclaredDead(Task death)
    {
        var before = await Dead();
        var start = TimeProvider.System.GetTimestamp();
        await death;
        await Wait.Until("The silo is declared dead", async () => await Dead() > before, 10 * DeclaredDeadWithin);
        var took = TimeProvider.System.GetElapsedTime(start);
        output.WriteLine($"Declared dead after {took.TotalSeconds:0.0} s");
        Assert.True(took < DeclaredDeadWithin, $"Declared dead after {took.TotalSeconds:0.0} s.");
    }

    private Task<long> Dead() => _database!.Database.Read(connection => connection.ExecuteScalarAsync<long>(
        "SELECT COUNT(*) FROM cluster_silos WHERE status = @dead", new { dead = (int)SiloStatus.Dead }));
}
