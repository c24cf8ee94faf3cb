using System.Diagnostics;
using Vrs.Grains.Domain.Interpreters;
using Vrs.Grains.Domain.Queues;
using Xunit.Abstractions;

namespace Vrs.Tests.Domain.Product;

/// <summary>
/// All states of two calls, two interpreters and their queue, with messages doubled, late and out of order, answers
/// lost, and deadlines falling at any moment, to a depth. <c>VRS_PRODUCT_DEPTH=n dotnet test Vrs.Tests --filter
/// NetworkSearchTests --logger "console;verbosity=detailed"</c> goes n steps further and prints the figures.
/// </summary>
public sealed class NetworkSearchTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(NetworkScenes.Idle, 3)]
    [InlineData(NetworkScenes.Waiting, 3)]
    [InlineData(NetworkScenes.Asked, 3)]
    [InlineData(NetworkScenes.Served, 3)]
    [InlineData(NetworkScenes.Busy, 3)]
    public void In_every_state_the_ledger_holds_and_everything_can_come_to_rest(string scene, int depth)
    {
        depth += int.Parse(Environment.GetEnvironmentVariable("VRS_PRODUCT_DEPTH") ?? "0");
        var search = new NetworkSearch(NetworkScenes.Of(scene));
        var watch = Stopwatch.StartNew();

        var found = search.Run(depth);

        output.WriteLine(
            $"{scene}: {search.States:n0} states within {search.Depth} steps, {search.Steps:n0} steps taken, "
            + $"{watch.Elapsed.TotalSeconds:n0} s, {GC.GetTotalMemory(false) >> 20:n0} MB");
        Assert.True(found is null, found);
    }
}
