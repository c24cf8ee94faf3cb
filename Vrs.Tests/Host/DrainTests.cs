using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Vrs.Bench.Headless;
using Vrs.Silo.Hosting;
using Vrs.Tests.Integration;

namespace Vrs.Tests.Host;

/// <summary>What a process that is told to stop does before it does.</summary>
public sealed class DrainTests
{
    [Fact]
    public async Task It_is_not_ready_refuses_new_calls_lets_the_old_end_and_stops()
    {
        await using var server = await VrsServer.Start(new Dictionary<string, string?>
        {
            ["Drain:Limit"] = "00:10:00",
            ["Calls:SetupTimeout"] = "00:01:00",
        });
        await using var world = new RelayWorld(server.Address);
        var (dana, ines, hana) = await world.OpenThree();
        var deniz = await world.Open("deniz");
        var relayed = await RelayWorld.Relay(dana, ines, hana);

        var drained = LifetimeOf(server).Drain();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.Http.GetAsync("/health/ready")).StatusCode);
        var refused = await (await deniz.Phone.Call(hana.Number, Sdp.VideoOffer())).Final(Wait.Reply);
        Assert.Equal(503, refused.Status);
        Assert.NotNull(refused["Retry-After"]);
        Assert.False(drained.IsCompleted);
        Assert.Equal(200, (await relayed.Caller.HangUp()).Status);
        await relayed.Ends();
        await drained.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(IsStopping(server));
    }

    [Fact]
    public async Task While_balancers_take_notice_it_is_not_ready_and_takes_calls()
    {
        await using var server = await VrsServer.Start(new Dictionary<string, string?>
        {
            ["Drain:Notice"] = "00:05:00",
            ["Drain:Limit"] = "00:00:01",
        });
        await using var world = new RelayWorld(server.Address);
        var (dana, hana) = (await world.Open("dana"), await world.Open("hana"));

        var drained = LifetimeOf(server).Drain();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.Http.GetAsync("/health/ready")).StatusCode);
        var call = await RelayWorld.Queue(dana, hana);
        Assert.Equal(200, (await call.Cancel()).Status);
        Assert.False(drained.IsCompleted);
        server.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await drained.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task What_is_left_when_the_limit_is_over_is_handed_over()
    {
        await using var server = await VrsServer.Start(new Dictionary<string, string?>
        {
            ["Drain:Limit"] = "00:00:01",
            ["Calls:SetupTimeout"] = "00:01:00",
        });
        await using var world = new RelayWorld(server.Address);
        var (dana, ines, hana) = await world.OpenThree();
        var relayed = await RelayWorld.Relay(dana, ines, hana);
        var began = TimeProvider.System.GetTimestamp();

        await LifetimeOf(server).Drain().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.True(IsStopping(server));
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15));
        // Handed over: the next process finds the call as it was. Nobody was sent a BYE.
        Assert.All(relayed.Legs, leg => Assert.False(leg.Ended.IsCompleted));
    }

    private static bool IsStopping(VrsServer server) =>
        server.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested;

    private static DrainingLifetime LifetimeOf(VrsServer server) =>
        Assert.IsType<DrainingLifetime>(server.Services.GetRequiredService<IHostLifetime>());
}
