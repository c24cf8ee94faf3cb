using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Net.WebSockets;
using Vrs.Bench.Headless;
using Vrs.Gateway.Accounts;
using Vrs.Tests.Host;
using Vrs.Tests.Support;

namespace Vrs.Tests.Integration;

/// <summary>Who does too much is told to wait; who shares an address with her is not.</summary>
public sealed class AbuseTests : RelayTest
{
    private const string DeviceCookie = DeviceCookies.Name + "=";

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Gateway:Admission:Invite:Account:PerSecond"] = "0.001",
        ["Gateway:Admission:Invite:Account:Burst"] = "2",
        ["Gateway:Admission:Options:Address:PerSecond"] = "0.001",
        ["Gateway:Admission:Options:Address:Burst"] = "3",
        ["Gateway:Admission:MaxHandshakesPerAddress"] = "5",
        ["Gateway:Flows:MaxFlowsPerAccount"] = "2",
    };

    [Fact]
    public async Task Calls_above_the_rate_are_refused_with_the_time_to_wait_and_emergencies_are_not()
    {
        var (dana, _, _) = await World.OpenThree();
        for (var i = 0; i < 2; i++)
        {
            var call = await dana.Phone.Call("+15550999", Sdp.VideoOffer());
            Assert.Equal(404, (await call.Final(Wait.Reply)).Status);
        }

        var flood = await (await dana.Phone.Call("+15550999", Sdp.VideoOffer())).Final(Wait.Reply);
        Assert.Equal(503, flood.Status);
        Assert.NotNull(flood["Retry-After"]);
        Assert.Contains("Too many INVITE", flood["Warning"], StringComparison.Ordinal);

        var emergency = await dana.Phone.Call("911", Sdp.VideoOffer());
        await emergency.Response(182, Wait.Reply);
    }

    [Fact]
    public async Task A_scan_is_answered_a_few_times_only()
    {
        await using var scanner = Stranger("none");
        await scanner.Connect();
        var statuses = new List<int?>();
        for (var i = 1u; i <= 4; i++)
        {
            var options = scanner.NewRequest(
                "OPTIONS", "sip:vrs.local", "<sip:x@vrs.local>;tag=a", "<sip:vrs.local>", $"scan-{i}", i);
            statuses.Add((await (await scanner.Begin(options)).Final(HeadlessPhone.PatienceForReplies)).Status);
        }

        Assert.Equal([200, 200, 200, 503], statuses);
    }

    [Fact]
    public async Task Forged_tokens_close_the_connection_and_then_keep_strangers_of_the_address_away_for_a_while()
    {
        var (_, cookie) = await SignIn("dana");
        for (var guesses = 0; guesses < SignInThrottle.FreePerAddress; guesses += 3)
        {
            await using var guesser = Stranger($"forged-{guesses}");
            await guesser.Connect();
            while (!guesser.Closed.IsCompleted)
            {
                await Task.WhenAny(guesser.Register(), guesser.Closed);
            }
        }

        await using var stranger = Stranger("none");
        var refused = await Assert.ThrowsAnyAsync<WebSocketException>(stranger.Connect);
        Assert.Contains("429", refused.Message, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await Upgrade(cookie));
    }

    [Fact]
    public async Task Guessing_from_an_address_does_not_keep_those_out_who_signed_in_there_before()
    {
        var (_, cookie) = await SignIn("dana");
        for (var i = 0; i < SignInThrottle.FreePerAddress; i++)
        {
            using var wrong = await Post($"nobody{i}", "wrong", cookie: null);
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var newcomer = await Post("deniz", VrsServer.Password, cookie: null);
        using var known = await Post("dana", VrsServer.Password, cookie);

        Assert.Equal(HttpStatusCode.TooManyRequests, newcomer.StatusCode);
        Assert.NotNull(newcomer.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
    }

    [Fact]
    public async Task An_account_has_a_bounded_number_of_connections()
    {
        var (token, _) = await SignIn("dana");
        var phones = Enumerable.Range(0, 3)
            .Select(_ => new HeadlessPhone(World.Sip, new PeerIdentity("dana", "vrs.local", token)))
            .ToList();
        var statuses = new List<int?>();
        foreach (var phone in phones)
        {
            await phone.Connect();
            statuses.Add((await phone.Register()).Status);
        }

        Assert.Equal([200, 200, 503], statuses);
        foreach (var phone in phones)
        {
            await phone.DisposeAsync();
        }
    }

    [Fact]
    public async Task Connections_that_finish_no_handshake_give_way_to_those_that_do()
    {
        var silent = new List<TcpClient>();
        for (var i = 0; i < 12; i++)
        {
            var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, World.Sip.Port);
            silent.Add(client);
        }

        await Eventually.Is("the oldest were closed", () => silent.Count(IsClosed) >= 12 - 5);

        using var page = await World.Http.GetAsync("/api/demo-accounts");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        silent.ForEach(client => client.Dispose());
    }

    private static bool IsClosed(TcpClient client)
    {
        try
        {
            return client.Client.Poll(0, SelectMode.SelectRead) && client.Client.Available == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private HeadlessPhone Stranger(string token) => new(World.Sip, new PeerIdentity("nobody", "vrs.local", token));

    private async Task<(string Token, string Cookie)> SignIn(string user)
    {
        using var response = await Post(user, VrsServer.Password, cookie: null);
        var signedIn = (await response.Content.ReadFromJsonAsync<SignedIn>())!;
        var cookie = response.Headers.GetValues("Set-Cookie")
            .Single(value => value.StartsWith(DeviceCookie, StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        return (signedIn.AccessToken, cookie.Split(';')[0]);
    }

    private async Task<HttpResponseMessage> Post(string user, string password, string? cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/sign-in")
        {
            Content = JsonContent.Create(new { user, password }),
        };
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return await World.Http.SendAsync(request);
    }

    private async Task<HttpStatusCode> Upgrade(string cookie)
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("sip");
        socket.Options.SetRequestHeader("Cookie", cookie);
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.RemoteCertificateValidationCallback = LocalTrust.For(World.Sip);
        await socket.ConnectAsync(World.Sip, CancellationToken.None);
        return socket.HttpStatusCode;
    }
}
