namespace Vrs.Tests.Integration;

/// <summary>The server's process dies in the middle of a call, or is told to stop.</summary>
public sealed class RestartTests : IAsyncLifetime
{
    private ServerProcess _server = null!;
    private RelayWorld _world = null!;

    public async Task InitializeAsync()
    {
        _server = await ServerProcess.Start(new Dictionary<string, string>
        {
            ["Accounts:HashIterations"] = "10000",
            ["Calls:AdmissionTimeout"] = "00:01:00",
            ["Calls:FlowGrace"] = "00:01:00",
            ["Interpreters:ConsoleGrace"] = "00:01:00",
        });
        _world = new RelayWorld(_server.Url);
    }

    public async Task DisposeAsync()
    {
        var faults = _world.Faults.ToArray();
        await _world.DisposeAsync();
        await _server.DisposeAsync();
        Assert.Empty(faults);
    }

    [Fact]
    public async Task After_a_kill_everybody_comes_back_and_the_hang_up_ends_the_call_with_a_record()
    {
        var (dana, ines, hana) = await _world.OpenThree();
        var relayed = await RelayWorld.Relay(dana, ines, hana);

        await _server.Kill();
        await _server.Start();
        foreach (var actor in (Actor[])[dana, ines, hana])
        {
            actor.Phone.DropSocket();
            await actor.Phone.Connect();
            Assert.Equal(200, (await actor.Phone.Register()).Status);
        }

        Assert.Equal(200, (await relayed.Caller.HangUp()).Status);
        await relayed.Ends();
        var record = await CallRecords.Await(_server.DataFolder, relayed.Call);
        Assert.Equal("callerHungUp", record["end_reason"]);
        Assert.Equal(dana.Number, record["incoming_number"]);
        Assert.Equal(hana.Number, record["outbound_number"]);
        Assert.Equal("7001", record["ca_id"]);
    }

    [Fact]
    public async Task Told_to_stop_it_stops_cleanly()
    {
        await _world.Open("dana");

        Assert.Equal(0, await _server.Terminate(TimeSpan.FromSeconds(20)));
    }
}
