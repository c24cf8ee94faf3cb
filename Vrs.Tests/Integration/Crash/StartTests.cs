using Dapper;
using Vrs.Gateway.Accounts;
using Vrs.Tests.Engine.Storage;

namespace Vrs.Tests.Integration.Crash;

/// <summary>A server that starts while PostgreSQL is away, or loses it meanwhile, waits for it.</summary>
public sealed class StartTests : IAsyncLifetime
{
    private PostgreSqlProcess _postgreSql = null!;
    private TemporaryDatabase _database = null!;
    private ServerProcess _server = null!;

    public async Task InitializeAsync()
    {
        _postgreSql = await PostgreSqlProcess.Make();
        _database = await TemporaryDatabase.Make(_postgreSql);
        _server = ServerProcess.Prepare(new Dictionary<string, string>
        {
            ["Storage:Provider"] = "PostgreSql",
            ["Storage:ConnectionString"] = _postgreSql.ConnectionString,
            ["Storage:OutageHold"] = "00:00:00",
            ["Accounts:HashIterations"] = "10000",
            ["Accounts:LoadAccounts"] = "2000",
        });
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
        await _postgreSql.DisposeAsync();
    }

    [OwnPostgreSqlFact]
    public async Task Away_at_the_start_the_database_is_waited_for()
    {
        await _postgreSql.Kill();
        var starting = _server.Start();
        await IsAwaited(starting);
        await _postgreSql.Start();
        await starting;
    }

    [OwnPostgreSqlFact]
    public async Task Lost_while_accounts_are_put_in_place_the_database_is_waited_for_and_they_are()
    {
        var starting = _server.Start();
        await Wait.Until("Some accounts are in place", async () => await Accounts() > 50, Wait.Reply);
        await _postgreSql.Kill();
        await IsAwaited(starting);
        _database.Database.ForgetConnections();
        await _postgreSql.Start();
        await starting;

        Assert.Equal(DemoAccounts.All.Count + (3 * 2000), await Accounts());
    }

    private Task IsAwaited(Task starting) => Wait.Until(
        "The database is awaited",
        () => starting.IsFaulted
            ? Task.FromException<bool>(starting.Exception)
            : Task.FromResult(_server.Log.Any(line => line.Contains("storage_awaited", StringComparison.Ordinal))),
        Wait.Reply);

    private async Task<int> Accounts()
    {
        await using var connection = await _database.Database.Source.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<int>(
            "SELECT COUNT(*) FROM grain_state WHERE state_name = 'account'");
    }
}
