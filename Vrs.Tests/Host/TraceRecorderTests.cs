using Vrs.Bench.Headless;
using Vrs.Tests.Support;

namespace Vrs.Tests.Host;

/// <summary>What servers in tests log is really replayed.</summary>
public sealed class TraceRecorderTests
{
    [Fact]
    public async Task A_step_that_an_interpreter_takes_is_replayed()
    {
        await using var server = await VrsServer.Start();
        var account = await server.SignIn("ines");
        await using var page = await HeadlessConsole.Connect(server.Address, account.AccessToken);

        Assert.Null(await page.SignIn());

        await Eventually.Is("the step of the sign-in is replayed", () => server.Trace.Steps == 1);
    }
}
