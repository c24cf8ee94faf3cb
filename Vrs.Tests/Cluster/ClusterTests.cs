using Vrs.Silo.Storage;
using Vrs.Tests.Engine.Storage;
using Vrs.Tests.Integration;

namespace Vrs.Tests.Cluster;

/// <summary>Several processes over one PostgreSQL database are one service.</summary>
public sealed class ClusterTests : IAsyncLifetime
{
    private readonly List<ServerProcess> _servers = [];
    private TemporaryDatabase? _database;

    public async Task InitializeAsync() =>
        _database = PostgreSqlServer.Missing is null ? await TemporaryDatabase.Make(DatabaseProvider.PostgreSql) : null;

    public async Task DisposeAsync()
    {
        foreach (var server in _servers.AsEnumerable().Reverse())
        {
            await server.DisposeAsync();
        }

        if (_database is { } database)
        {
            await database.DisposeAsync();
        }
    }

    [PostgreSqlFact]
    public async Task A_gateway_without_grains_relays_a_call_that_a_silo_without_gateway_decides()
    {
        await Start("grains", silo: 1);
        var gateway = await Start("gateway", silo: 1);
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
        var first = await Start("grains", silo: 1);
        await Start("grains", silo: 2);
        var gateway = await Start("gateway", silo: 1);
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

    private async Task<ServerProcess> Start(string role, int silo)
    {
        var server = await ServerProcess.Start(new Dictionary<string, string>
        {
            ["Role"] = role,
            ["Storage:Provider"] = "PostgreSql",
            ["Storage:ConnectionString"] = _database!.Options.ConnectionString!,
            ["GrainEngine:SiloPort"] = $"{11110 + silo}",
            ["GrainEngine:GatewayPort"] = $"{30010 + silo}",
            ["Accounts:HashIterations"] = "10000",
            ["Calls:AdmissionTimeout"] = "00:01:00",
            ["Calls:SetupTimeout"] = "00:01:00",
            ["Calls:FlowGrace"] = "00:01:00",
            ["Interpreters:ConsoleGrace"] = "00:01:00",
        });
        _servers.Add(server);
        return server;
    }
}
