namespace Vrs.Tests.Integration;

/// <summary>
/// Like <see cref="RelayTest"/>, but the server is a process of its own: for what only a process can do (be killed, be
/// told to stop, have its whole log read).
/// </summary>
public abstract class ProcessTest : IAsyncLifetime
{
    private protected ServerProcess Server { get; private set; } = null!;

    private protected RelayWorld World { get; private set; } = null!;

    /// <summary>Settings beside those of every such test.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>();

    // A process begins cold, so nothing here is short.
    private static Dictionary<string, string> Patient => new()
    {
        ["Accounts:HashIterations"] = "10000",
        ["Calls:AdmissionTimeout"] = "00:01:00",
        ["Calls:SetupTimeout"] = "00:01:00",
        ["Calls:FlowGrace"] = "00:01:00",
        ["Interpreters:ConsoleGrace"] = "00:01:00",
    };

    public async Task InitializeAsync()
    {
        var settings = Patient;
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
