namespace Vrs.Tests.Integration;

/// <summary>The server's process dies in the middle of a call, or is told to stop.</summary>
public sealed class RestartTests : ProcessTest
{
    [Fact]
    public async Task After_a_kill_everybody_comes_back_and_the_hang_up_ends_the_call_with_a_record()
    {
        var (dana, ines, hana) = await World.OpenThree();
        var relayed = await RelayWorld.Relay(dana, ines, hana);

        await Server.Kill();
        await Server.Start();
        foreach (var actor in (Actor[])[dana, ines, hana])
        {
            actor.Phone.DropSocket();
            await actor.Phone.Connect();
            Assert.Equal(200, (await actor.Phone.Register()).Status);
        }

        Assert.Equal(200, (await relayed.Caller.HangUp()).Status);
        await relayed.Ends();
        var record = await CallRecords.Await(Server.DataFolder, relayed.Call);
        Assert.Equal("callerHungUp", record["end_reason"]);
        Assert.Equal(dana.Number, record["incoming_number"]);
        Assert.Equal(hana.Number, record["outbound_number"]);
        Assert.Equal("7001", record["ca_id"]);
    }

    [Fact]
    public async Task Told_to_stop_it_stops_cleanly()
    {
        await World.Open("dana");

        Assert.Equal(0, await Server.Terminate(TimeSpan.FromSeconds(20)));
    }
}
