using Vrs.Bench.Headless;
using Vrs.Silo.Storage;
using Vrs.Tests.Engine.Storage;
using Vrs.Tests.Integration;
using Xunit.Abstractions;

namespace Vrs.Tests.Cluster;

/// <summary>
/// One of two gateways is killed under calls in all phases. Its devices come back at the other one after pauses of
/// which half is chance (RFC 5626 section 4.5), and their dialogs go on from there.
/// </summary>
public sealed class GatewayLossTests(ITestOutputHelper output) : IAsyncLifetime
{
    /// <summary>More devices that have no call.</summary>
    private const int Idle = 16;

    private const int LongestPauseMs = 4000;
    private const int FirstPauseMs = 500;

    private TemporaryDatabase? _database;
    private ServerCluster? _cluster;

    public async Task InitializeAsync()
    {
        if (PostgreSqlServer.Missing is null)
        {
            _database = await TemporaryDatabase.Make(DatabaseProvider.PostgreSql);
            _cluster = new ServerCluster(
                _database.Options, more: new Dictionary<string, string> { ["Accounts:LoadAccounts"] = $"{Idle}" });
        }
    }

    public async Task DisposeAsync()
    {
        await (_cluster?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [PostgreSqlFact]
    public async Task Devices_of_a_killed_gateway_go_on_with_their_calls_at_another()
    {
        await _cluster!.StartSilo();
        await _cluster.StartSilo();
        var first = await _cluster.StartGateway();
        var second = await _cluster.StartGateway();
        await using var world = new RelayWorld(first.Url);
        var (dana, ines, hana) = await world.OpenThree();
        var talking = await RelayWorld.Relay(dana, ines, hana);
        var (ringer, ivan, hugo) = (
            await world.Open("load-caller-000"), await world.OpenInterpreter("ivan"), await world.Open("hugo"));
        var ringing = await ringer.Phone.Call(hugo.Number, Sdp.VideoOffer());
        var (offer, _) = await RelayWorld.Accept(ivan);
        await ringing.Answered(Wait.Reply);
        var dial = await RelayWorld.Dial(ivan, offer);
        await (await hugo.Phone.NextCall(Wait.Reply)).Ring();
        var deniz = await world.Open("deniz");
        var place = (await RelayWorld.Queue(deniz, hana)).RelayCall!;
        var idle = await Task.WhenAll(
            Enumerable.Range(0, Idle).Select(number => world.Open($"load-phone-{number:000}")));
        Actor[] everybody = [dana, ines, hana, ringer, ivan, hugo, deniz, .. idle];

        var killed = TimeProvider.System.GetTimestamp();
        await first.Kill();
        var back = await Task.WhenAll(everybody.Select(actor => ComeBack(actor, second.Url, killed)));
        output.WriteLine($"All {back.Length} devices registered again {back.Max().TotalSeconds:0.0} s after the kill");

        // A conversation: nobody's leg has ended, and a request within each dialog passes through to the other side.
        Assert.All(talking.Legs, leg => Assert.False(leg.Ended.IsCompleted));
        Assert.Equal(200, (await talking.Caller.Hold(true)).Status);
        Assert.Equal(200, (await talking.Caller.Hold(false)).Status);
        Assert.Equal(200, (await talking.Callee.Hold(true)).Status);
        Assert.Equal(200, (await talking.Caller.HangUp()).Status);
        await talking.Ends();

        // Whoever rang: the INVITE that went with the gateway is over for both sides, and the caller is still there.
        Assert.False(ringing.Ended.IsCompleted);
        var again = await ivan.Phone.Call(hugo.Number, Sdp.AudioOffer(), ("Vrs-Call", offer.Call));
        var rung = await hugo.Phone.Incoming.First("a second INVITE", call => !call.Ended.IsCompleted, Wait.Reply);
        await rung.AnswerAndConfirm(Wait.Reply);
        await again.Answered(Wait.Reply);
        Assert.True(dial.Ended.IsCompleted);
        Assert.Equal(200, (await ringing.HangUp()).Status);
        await again.EndsWithin(Wait.Reply);

        // Who waited takes her place again.
        var waiting = await deniz.Phone.Call(hana.Number, Sdp.VideoOffer(), ("Vrs-Call", place));
        Assert.Equal(place, (await waiting.Response(182, Wait.Reply))["Vrs-Call"]);
        await waiting.Cancel();
        Assert.Empty(world.Faults);
    }

    /// <summary>As pages do: tries after pauses that grow, of which half is chance.</summary>
    /// <returns>How long after the kill her device was registered again.</returns>
    private static async Task<TimeSpan> ComeBack(Actor actor, Uri gateway, long killed)
    {
        actor.Phone.Server = new UriBuilder(gateway) { Scheme = "wss", Path = "/sip" }.Uri;
        actor.Phone.DropSocket();
        for (var longest = FirstPauseMs; ; longest = Math.Min(longest * 2, LongestPauseMs))
        {
            var pause = longest * (0.5 + (Random.Shared.NextDouble() / 2));
            using var waiting = new PeriodicTimer(TimeSpan.FromMilliseconds(pause));
            await waiting.WaitForNextTickAsync();
            try
            {
                await actor.Phone.Connect();
                if ((await actor.Phone.Register()).Status == 200)
                {
                    return TimeProvider.System.GetElapsedTime(killed);
                }
            }
            catch (Exception fault) when (fault is IOException or TimeoutException or OperationCanceledException
                or System.Net.WebSockets.WebSocketException or InvalidOperationException)
            {
                // Not yet: the next pause is longer.
                Assert.True(TimeProvider.System.GetElapsedTime(killed) < TimeSpan.FromMinutes(1), fault.Message);
            }
        }
    }
}
