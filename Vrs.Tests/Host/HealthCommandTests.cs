using Vrs.Silo.Commands;
using Vrs.Silo.Hosting;

namespace Vrs.Tests.Host;

/// <summary>What a container asks itself: is the server ready.</summary>
public sealed class HealthCommandTests
{
    [Fact]
    public async Task A_server_that_is_ready_is_healthy_and_one_that_is_gone_is_not()
    {
        var server = await VrsServer.Start();
        var arguments = new HostArguments(new Dictionary<string, string?>
        {
            ["Management:Listen"] = server.Management.GetLeftPart(UriPartial.Authority),
        });

        Assert.Equal(ExitCode.Done, await Eventually(arguments));
        await server.DisposeAsync();
        Assert.Equal(ExitCode.Failed, await HealthCommand.Run(arguments, CancellationToken.None));
    }

    // The first round of checks takes a moment.
    private static async Task<int> Eventually(HostArguments arguments)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        int code;
        do
        {
            code = await HealthCommand.Run(arguments, limit.Token);
        }
        while (code != ExitCode.Done && !limit.IsCancellationRequested);
        return code;
    }
}
