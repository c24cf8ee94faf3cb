using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Vrs.Bench.Headless;
using Vrs.Gateway;
using Vrs.Gateway.Tokens;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Silo.Accounts;
using Vrs.Silo.Storage;
using Vrs.Tests.Engine.Storage;
using Vrs.Tests.Integration;

namespace Vrs.Tests.Host;

/// <summary>Who signed out anywhere is signed out everywhere, and stays so.</summary>
public sealed class SignOutTests
{
    private readonly SteppedTime _time = new();
    private readonly SharedSignOuts _shared = new();

    [Fact]
    public async Task Signed_out_at_one_gateway_is_signed_out_at_the_other_and_after_a_restart()
    {
        await using var one = await VrsServer.Start();
        await using var other = await VrsServer.Start(
            new Dictionary<string, string?> { ["Storage:DataFolder"] = one.DataFolder });
        var signedIn = await one.SignIn("dana");
        var stays = await one.SignIn("dana");
        Assert.Equal(HttpStatusCode.OK, await Ask(other, HttpMethod.Get, "/api/me", signedIn));

        Assert.Equal(HttpStatusCode.NoContent, await Ask(one, HttpMethod.Post, "/api/sign-out", signedIn));

        Assert.Equal(HttpStatusCode.Unauthorized, await Ask(one, HttpMethod.Get, "/api/me", signedIn));
        await Wait.Until(
            "The other gateway knows",
            async () => await Ask(other, HttpMethod.Get, "/api/me", signedIn) == HttpStatusCode.Unauthorized,
            Wait.Reply);
        await one.Restart();
        foreach (var server in (VrsServer[])[one, other])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await Ask(server, HttpMethod.Get, "/api/me", signedIn));
            var refused = await Assert.ThrowsAsync<HttpRequestException>(() => signedIn.Refresh(server.Http));
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            Assert.Equal(HttpStatusCode.OK, await Ask(server, HttpMethod.Get, "/api/me", stays));
        }
    }

    [Fact]
    public async Task The_SIP_connections_of_a_sign_in_that_is_over_are_closed_at_every_gateway_and_no_others()
    {
        await using var server = await VrsServer.Start();
        await using var other = await VrsServer.Start(
            new Dictionary<string, string?> { ["Storage:DataFolder"] = server.DataFolder });
        var leaves = await server.SignIn("dana");
        await using var gone = await Phone(server, leaves);
        var leavesToo = await server.SignIn("hana");
        await using var goneToo = await Phone(other, leavesToo);
        await using var kept = await Phone(server, await server.SignIn("dana"));

        Assert.Equal(HttpStatusCode.NoContent, await Ask(server, HttpMethod.Post, "/api/sign-out", leaves));
        Assert.Equal(HttpStatusCode.NoContent, await Ask(server, HttpMethod.Post, "/api/sign-out", leavesToo));

        await gone.Closed.WaitAsync(Wait.Reply);
        await goneToo.Closed.WaitAsync(Wait.Reply);
        Assert.Equal(200, (await kept.Register()).Status);
        Assert.False(kept.Closed.IsCompleted);
    }

    [Fact]
    public async Task While_the_store_is_away_it_holds_here_and_elsewhere_once_it_is_back()
    {
        var (here, elsewhere) = (Gateway(), Gateway());
        _shared.IsAway = true;

        await Assert.ThrowsAsync<TimeoutException>(() => here.End("a"));
        await Assert.ThrowsAsync<TimeoutException>(here.Exchange);
        Assert.True(here.IsOver("a"));

        _shared.IsAway = false;
        await here.Exchange();
        await elsewhere.Exchange();
        Assert.True(elsewhere.IsOver("a"));
        Assert.Single(_shared.Stored);
    }

    [Fact]
    public async Task One_that_is_stored_after_another_with_a_greater_number_is_not_missed()
    {
        var gateway = Gateway();
        Store(2, "second");
        await gateway.Exchange();
        await gateway.Exchange();

        Store(1, "first");
        await gateway.Exchange();

        Assert.True(gateway.IsOver("second"));
        Assert.True(gateway.IsOver("first"));
    }

    [Fact]
    public async Task More_than_a_page_are_learned_at_once_each_is_told_once_and_all_are_forgotten_in_the_end()
    {
        var gateway = Gateway();
        var told = new List<string>();
        gateway.Ended += told.Add;
        for (var number = 1; number <= (2 * EndedSignIn.PageMax) + 1; number++)
        {
            Store(number, $"s{number}");
        }

        await gateway.Exchange();
        await gateway.Exchange();
        Assert.Equal(_shared.Stored.Count, told.Count);
        Assert.True(gateway.IsOver($"s{_shared.Stored.Count}"));

        _time.Advance(TimeSpan.FromHours(13));
        await gateway.Exchange();
        await gateway.Exchange();
        Assert.False(gateway.IsOver("s1"));
        Assert.Equal(_shared.Stored.Count, told.Count);
    }

    [Fact]
    public Task Sqlite_keeps_them_as_long_as_tokens_hold() => KeepsThem(DatabaseProvider.Sqlite);

    [PostgreSqlFact]
    public Task PostgreSql_keeps_them_as_long_as_tokens_hold() => KeepsThem(DatabaseProvider.PostgreSql);

    private async Task KeepsThem(DatabaseProvider provider)
    {
        await using var database = await TemporaryDatabase.Make(provider);
        var store = new SqlSignOuts(database.Database, database.Writer, _time);
        var soon = _time.GetUtcNow() + TimeSpan.FromHours(1);

        await store.End("a", soon);
        await store.End("b", soon.AddHours(1));
        await store.End("a", soon);
        var all = await store.After(0);
        Assert.Equal([("a", soon), ("b", soon.AddHours(1))], all.Select(one => (one.SignIn, one.Until)));
        Assert.Equal("b", Assert.Single(await store.After(all[0].Number)).SignIn);

        _time.Advance(TimeSpan.FromMinutes(61));
        await store.End("c", soon.AddHours(1));
        Assert.Equal(["b", "c"], (await store.After(0)).Select(one => one.SignIn));
    }

    private SignOuts Gateway() =>
        new(
            new Lazy<ISignOutsGrain>(_shared),
            Options.Create(new GatewayOptions()),
            _time,
            NullLogger<SignOuts>.Instance);

    private void Store(long number, string signIn) =>
        _shared.Stored.Add(number, new EndedSignIn(number, signIn, _time.GetUtcNow().AddHours(12)));

    private static async Task<HeadlessPhone> Phone(VrsServer server, SignedIn who)
    {
        var phone = new HeadlessPhone(
            new UriBuilder(server.Address) { Scheme = "wss", Path = "/sip" }.Uri, PeerIdentity.For(who));
        await phone.Connect();
        Assert.Equal(200, (await phone.Register()).Status);
        return phone;
    }

    private static async Task<HttpStatusCode> Ask(VrsServer server, HttpMethod method, string path, SignedIn who)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", who.AccessToken);
        using var response = await server.Http.SendAsync(request);
        return response.StatusCode;
    }
}
