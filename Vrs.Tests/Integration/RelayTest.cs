using Vrs.Tests.Host;

namespace Vrs.Tests.Integration;

/// <summary>
/// A test against a whole server of its own, in this process; it fails when the server broke a rule of SIP towards any
/// device, whatever the test itself looked at.
/// </summary>
public abstract class RelayTest : IAsyncLifetime
{
    private VrsServer _server = null!;

    private protected RelayWorld World { get; private set; } = null!;

    /// <summary>Settings beside those of <see cref="Quick"/>.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>();

    /// <summary>Deadlines that tests wait for are short; those that a busy machine might miss are long.</summary>
    private static Dictionary<string, string?> Quick => new()
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

        _server = await VrsServer.Start(settings);
        World = new RelayWorld(_server.Address);
    }

    public async Task DisposeAsync()
    {
        var faults = World.Faults.ToArray();
        await World.DisposeAsync();
        await _server.DisposeAsync();
        Assert.Empty(faults);
    }
}
