using System.Diagnostics;
using Vrs.Grains.Domain.Calls;
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
    [InlineData(NetworkScenes.Idle, 7)]
    [InlineData(NetworkScenes.Waiting, 6)]
    [InlineData(NetworkScenes.Asked, 4)]
    [InlineData(NetworkScenes.Served, 5)]
    [InlineData(NetworkScenes.Busy, 5)]
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

    [Theory]
    [InlineData("whoever declines is said to have accepted", NetworkScenes.Asked, 2)]
    [InlineData("nobody who is let go hears of it", NetworkScenes.Asked, 1)]
    [InlineData("no call leaves the line", NetworkScenes.Idle, 1)]
    public void A_planted_fault_is_found_within_few_steps(string fault, string scene, int depth)
    {
        var search = new NetworkSearch(NetworkScenes.Of(scene) with { Tamper = Planted(fault) });

        var found = search.Run(depth + 1);

        output.WriteLine($"{fault}: after {search.Depth} steps, {search.States:n0} states: not {found}");
        Assert.NotNull(found);
        Assert.Equal(depth, search.Depth);
    }

    private static Func<Letter, Letter?> Planted(string fault) => fault switch
    {
        "whoever declines is said to have accepted" => letter =>
            letter is Letter.ToCall { Event: CallEvent.OfferDeclined no } to
                ? to with { Event = new CallEvent.OfferAccepted(no.Interpreter, no.Offer) }
                : letter,
        "nobody who is let go hears of it" => letter =>
            letter is Letter.ToInterpreter { Event: InterpreterEvent.Release } ? null : letter,
        "no call leaves the line" => letter => letter is Letter.ToLine { Event: QueueEvent.Left } ? null : letter,
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };
}
