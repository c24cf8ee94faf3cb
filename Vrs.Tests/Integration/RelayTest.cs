namespace Vrs.Tests.Integration;

/// <summary>
/// A test against a server of its own; it fails when the server broke a rule of SIP towards any device, whatever the
/// test itself looked at.
/// </summary>
public abstract class RelayTest : IAsyncLifetime
{
    private protected ServerProcess Server { get; private set; } = null!;

    private protected RelayWorld World { get; private set; } = null!;

    /// <summary>Settings beside those of <see cref="Quick"/>.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>();

    /// <summary>Deadlines short enough for a test that waits for them, long enough for a busy machine.</summary>
    private static Dictionary<string, string> Quick => new()
    {
        ["Accounts:HashIterations"] = "10000",
        ["Calls:AdmissionTimeout"] = "00:01:00",
        ["Calls:SetupTimeout"] = "00:01:00",
        ["Calls:FlowGrace"] = "00:00:02",
        ["Interpreters:ConsoleGrace"] = "00:00:02",
        ["Queues:PositionInterval"] = "00:00:00.1",
    };

    public async Task InitializeAsync()
    {
        var settings = Quick;
        foreach (var (name, value) in Settings)
        {
            settings[name] = value;
        }

        Server = await ServerProcess.Start(settings);
        World = new RelayWorld(Server.Url);
    }

    public async Task DisposeAsync()
    {
        var faults = World.Faults.ToArray();
        await World.DisposeAsync();
        await Server.DisposeAsync();
        Assert.Empty(faults);
    }
}
