using System.Net;
using Npgsql;
using Vrs.Bench.Headless;
using Vrs.Tests.Engine.Storage;

namespace Vrs.Tests.Integration.Crash;

/// <summary>
/// PostgreSQL dies, or hangs, under a running server. Established calls go on, new ones are refused and told when to
/// try again, and everything that happened meanwhile is stored when it is back.
/// </summary>
public sealed class DatabaseLossTests : IAsyncLifetime
{
    private static readonly TimeSpan Noticed = TimeSpan.FromSeconds(60);

    private PostgreSqlProcess _database = null!;
    private ServerProcess _server = null!;
    private RelayWorld _world = null!;

    public async Task InitializeAsync()
    {
        _database = await PostgreSqlProcess.Make();
        _server = await ServerProcess.Start(new Dictionary<string, string>
        {
            ["Storage:Provider"] = "PostgreSql",
            ["Storage:ConnectionString"] = _database.ConnectionString,
            ["Storage:OutageHold"] = "00:00:05",
            ["Accounts:HashIterations"] = "10000",
            ["Calls:AdmissionTimeout"] = "00:01:00",
            ["Calls:SetupTimeout"] = "00:01:00",
        });
        _world = new RelayWorld(_server.Url);
    }

    public async Task DisposeAsync()
    {
        var faults = _world.Faults.ToArray();
        await _world.DisposeAsync();
        await _server.DisposeAsync();
        await _database.DisposeAsync();
        Assert.Empty(faults);
    }

    [OwnPostgreSqlFact]
    public async Task Killed_and_back_it_cost_no_call_and_what_happened_meanwhile_is_on_record()
    {
        var (dana, ines, hana) = await _world.OpenThree();
        var deniz = await _world.Open("deniz");
        var relayed = await RelayWorld.Relay(dana, ines, hana);

        await _database.Kill();
        await Ready(HttpStatusCode.ServiceUnavailable);
        await RefusedWithTheTimeToTryAgain(deniz, hana);
        // Longer than writes wait for the database, so that this one has failed when it is back.
        var hangUp = relayed.Dial.HangUp();
        await Wait.Until(
            "A write is given back", () => Task.FromResult(_server.Log.Any(IsGivenBack)), Noticed);
        Assert.DoesNotContain(relayed.Legs.Except([relayed.Dial]), leg => leg.Ended.IsCompleted);

        await _database.Start();
        await Ready(HttpStatusCode.OK);
        await hangUp.ContinueWith(_ => { }, TaskScheduler.Default);
        await relayed.Callee.EndsWithin(Wait.Reply);
        Assert.Equal(200, (await relayed.Caller.HangUp()).Status);
        await relayed.Ends();
        Assert.Equal("callerHungUp", await EndReason(relayed.Call));
        Assert.Null(await ines.Page.GoAvailable());
        await (await RelayWorld.Relay(dana, ines, hana)).Caller.HangUp();
    }

    [OwnPostgreSqlFact]
    public async Task Killed_and_started_at_once_nobody_in_a_call_notices()
    {
        var (dana, ines, hana) = await _world.OpenThree();
        var relayed = await RelayWorld.Relay(dana, ines, hana);
        await _database.Kill();
        var starting = _database.Start();

        Assert.Equal(200, (await relayed.Caller.HangUp()).Status);
        await starting;
        await relayed.Ends();
        Assert.Equal("callerHungUp", await EndReason(relayed.Call));
    }

    [OwnPostgreSqlFact]
    public async Task Hanging_it_is_noticed_and_an_emergency_call_is_taken_when_it_goes_on()
    {
        var (dana, ines, hana) = await _world.OpenThree();
        var deniz = await _world.Open("deniz");
        var relayed = await RelayWorld.Relay(dana, ines, hana);

        _database.Freeze();
        OutgoingCall emergency;
        try
        {
            await Ready(HttpStatusCode.ServiceUnavailable);
            await RefusedWithTheTimeToTryAgain(deniz, hana);
            emergency = await deniz.Phone.Call("911", Sdp.VideoOffer());
        }
        finally
        {
            _database.Thaw();
        }

        await emergency.Response(182, Wait.Reply);
        Assert.DoesNotContain(relayed.Legs, leg => leg.Ended.IsCompleted);
        Assert.Equal(200, (await relayed.Caller.HangUp()).Status);
        await relayed.Ends();
        Assert.Equal("callerHungUp", await EndReason(relayed.Call));
    }

    private static bool IsGivenBack(string line) => line.Contains("writes failed", StringComparison.Ordinal);

    private static async Task RefusedWithTheTimeToTryAgain(Actor caller, Actor callee)
    {
        var call = await caller.Phone.Call(callee.Number, Sdp.VideoOffer());
        var refused = await call.Final(Wait.Reply);
        Assert.Equal(503, refused.Status);
        Assert.Equal("10", refused["Retry-After"]);
        Assert.StartsWith("SIP;cause=503;text=", refused["Reason"], StringComparison.Ordinal);
    }

    private Task Ready(HttpStatusCode expected) => Wait.Until(
        $"Readiness answers {expected}",
        async () =>
        {
            using var answer = await _world.Http.GetAsync("/health/ready");
            return answer.StatusCode == expected;
        },
        Noticed);

    private async Task<string> EndReason(string call)
    {
        string? reason = null;
        await using var connection = new NpgsqlConnection(_database.ConnectionString);
        await connection.OpenAsync();
        await using var select = connection.CreateCommand();
        select.CommandText = "SELECT end_reason FROM call_records WHERE call_id = @call";
        select.Parameters.AddWithValue("call", call);
        await Wait.Until(
            $"The record of call {call}",
            async () => (reason = (string?)await select.ExecuteScalarAsync()) is not null,
            Wait.Reply);
        return reason!;
    }
}
