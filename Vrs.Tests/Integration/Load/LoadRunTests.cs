using Vrs.Bench.Load;
using Vrs.Grains.Domain.Machines;

namespace Vrs.Tests.Integration.Load;

/// <summary>
/// A short load run against a server of its own: every call is served, and the server's log replays as legal paths of
/// the tables.
/// </summary>
public sealed class LoadRunTests : ProcessTest
{
    private const int Calls = 15;

    protected override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string> { ["Accounts:LoadAccounts"] = "20" };

    [Fact]
    public async Task Calls_at_a_steady_rate_are_all_served_along_legal_paths()
    {
        var run = LoadCommand.Create()
            .Parse(["--url", $"{Server.Url}", "--rate", "5", "--duration", "3s", "--hold", "500ms"]);

        Assert.Equal(0, await run.InvokeAsync());

        var check = new TraceCheck();
        foreach (var line in Server.Log)
        {
            check.Read("log", line);
        }

        Assert.Equal([], check.Faults);
        var ends = Server.Log.Count(line => line.Contains("\"state_to\":\"ended\"", StringComparison.Ordinal));
        Assert.Equal(Calls, ends);
        Assert.True(check.Steps > 8 * Calls, $"{check.Steps} steps");
    }
}
