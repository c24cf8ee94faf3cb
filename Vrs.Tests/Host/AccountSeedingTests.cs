using System.Net;
using System.Net.Http.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans;
using Vrs.Gateway.Accounts;
using Vrs.Gateway.Tls;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Grains.Interfaces.Directory;
using Vrs.Silo.Storage;

namespace Vrs.Tests.Host;

/// <summary>
/// Which accounts there are: in Development, and on a server whose store has been in Development once.
/// </summary>
public sealed class AccountSeedingTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    [Fact]
    public async Task In_Development_every_demo_account_signs_in_and_its_number_is_known()
    {
        await using var server = await Start("Development");

        foreach (var demo in DemoAccounts.All)
        {
            Assert.Equal(demo.DisplayName, (await server.SignIn(demo.User.Value)).DisplayName);
            if (demo.Number is { } number)
            {
                var entry = await Grains(server).GetGrain<IDirectoryGrain>(number).Resolve();
                Assert.Equal(new DirectoryEntry(demo.User, demo.Role, demo.DisplayName), entry);
            }
        }
    }

    [Fact]
    public async Task A_sign_in_outlives_a_restart()
    {
        await using var server = await Start("Development");
        var signedIn = await server.SignIn("dana");

        await server.Restart();

        Assert.Equal("dana", (await signedIn.Refresh(server.Http)).User);
    }

    [Fact]
    public async Task Accounts_that_are_in_place_are_not_written_again()
    {
        await using var server = await Start("Development", new() { ["Accounts:LoadAccounts"] = "5" });
        var written = await WritesOfAccounts(server);
        Assert.Equal("Load Phone 4", (await server.SignIn("load-phone-004")).DisplayName);

        await server.Restart();

        // 8 demo accounts with 5 numbers, 15 load accounts with 10.
        Assert.Equal((38, 38), (written, await WritesOfAccounts(server)));
    }

    [Fact]
    public async Task Elsewhere_load_accounts_are_gone_though_some_were_never_made()
    {
        var development = await Start("Development", new() { ["Accounts:LoadAccounts"] = "5" });
        foreach (var account in LoadAccounts.At(0).Concat(LoadAccounts.At(2)))
        {
            await Grains(development).GetGrain<IAccountGrain>(account.User.Value).Remove();
        }

        await development.DisposeAsync();
        await using var server = await Start("Production");

        foreach (var account in Enumerable.Range(0, 5).SelectMany(LoadAccounts.At))
        {
            Assert.Null(await Grains(server).GetGrain<IAccountGrain>(account.User.Value).Get());
        }
    }

    [Fact]
    public async Task Elsewhere_demo_accounts_are_gone_even_from_a_store_that_had_them()
    {
        await (await Start("Development")).DisposeAsync();
        await using var server = await Start("Production");

        foreach (var demo in DemoAccounts.All)
        {
            using var response = await SignIn(server, demo.User.Value, VrsServer.Password);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Null(await Grains(server).GetGrain<IAccountGrain>(demo.User.Value).Get());
            if (demo.Number is { } number)
            {
                Assert.Null(await Grains(server).GetGrain<IDirectoryGrain>(number).Resolve());
            }
        }
    }

    [Fact]
    public async Task Elsewhere_accounts_come_from_the_configuration()
    {
        using var passwords = new Passwords(Options.Create(new AccountsOptions { HashIterations = 10_000 }));
        await using var server = await Start("Production", new()
        {
            ["Accounts:Users:0:User"] = "maria",
            ["Accounts:Users:0:Role"] = "caller",
            ["Accounts:Users:0:DisplayName"] = "Maria Silva",
            ["Accounts:Users:0:Number"] = "+442079460000",
            ["Accounts:Users:0:Pools:0"] = "bfi+en",
            ["Accounts:Users:0:PasswordHash"] = passwords.Hash("long enough"),
        });

        using var right = await SignIn(server, "maria", "long enough");
        using var wrong = await SignIn(server, "maria", "demo");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (right.StatusCode, wrong.StatusCode));
    }

    [Fact]
    public async Task Elsewhere_browsers_are_told_to_use_HTTPS_only()
    {
        await using var server = await Start("Production");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        request.Headers.Host = "vrs.example.org";
        using var response = await server.Http.SendAsync(request);

        Assert.StartsWith("max-age=", response.Headers.GetValues("Strict-Transport-Security").Single());
    }

    public void Dispose() => _data.Dispose();

    private static IGrainFactory Grains(VrsServer server) => server.Services.GetRequiredService<IGrainFactory>();

    private static async Task<int> WritesOfAccounts(VrsServer server)
    {
        await using var connection =
            await server.Services.GetRequiredService<Database>().Source.OpenConnectionAsync();
        return await connection.ExecuteScalarAsync<int>(
            "SELECT SUM(version) FROM grain_state WHERE state_name IN ('account', 'number')");
    }

    private static Task<HttpResponseMessage> SignIn(VrsServer server, string user, string password) =>
        server.Http.PostAsJsonAsync("/api/sign-in", new { user, password });

    private Task<VrsServer> Start(string environment, Dictionary<string, string?>? settings = null)
    {
        DevelopmentCertificate.LoadOrMake(_data.Path, TimeProvider.System).Dispose();
        settings ??= [];
        settings["Storage:DataFolder"] = _data.Path;
        settings["Gateway:CertificatePath"] = _data.File(DevelopmentCertificate.FileName);
        settings["Logging:LogLevel:Default"] = "Error";
        return VrsServer.Start(settings, environment);
    }
}
