using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;

namespace Vrs.Tests.Domain.Product;

/// <summary>
/// Calls, interpreters and queue together, with messages doubled, late and out of order. One walk is repeated with
/// <c>VRS_SEED=n dotnet test Vrs.Tests --filter ProductTests</c>.
/// </summary>
public sealed class ProductTests
{
    private const int Walks = 1_000;
    private const int Steps = 250;

    [Fact]
    public void However_messages_arrive_nobody_is_shared_and_in_the_end_everybody_is_free() => ForEveryWalk(seed =>
    {
        var random = new Random(seed);
        var network = new MachineNetwork();
        for (var step = 0; step < Steps; step++)
        {
            network.Step(random);
            NobodyServesTwoCalls(network);
        }

        network.ComeToRest();

        NobodyServesTwoCalls(network);
        Assert.All(network.Calls, call => Assert.True(call.Phase is CallPhase.New or CallPhase.Ended, $"{call.Phase}"));
        Assert.All(network.Calls.Zip(network.Records), pair =>
            Assert.Equal(pair.First.Phase is CallPhase.Ended ? 1 : 0, pair.Second));
        Assert.All(network.Interpreters.Values, state =>
            Assert.False(state.Status is InterpreterStatus.Reserved or InterpreterStatus.OnCall, $"{state}"));
        Assert.Empty(network.Queue.Tickets);
        Assert.All(network.Interpreters, pair => Assert.Equal(
            pair.Value.Status is InterpreterStatus.Available,
            network.Queue.Candidates.Values.Any(known => known.Free && known.Interpreter.Value == pair.Key)));
    });

    private static void NobodyServesTwoCalls(MachineNetwork network)
    {
        var serving = network.Calls.Where(call => call.Accepted).Select(call => call.Interpreter!.Interpreter).ToList();

        Assert.Equal(serving.Distinct(), serving);
    }

    private static void ForEveryWalk(Action<int> walk)
    {
        var fixedSeed = Environment.GetEnvironmentVariable("VRS_SEED");
        var seeds = fixedSeed is null ? Enumerable.Range(0, Walks) : [int.Parse(fixedSeed)];
        foreach (var seed in seeds)
        {
            var fault = Record.Exception(() => walk(seed));
            Assert.True(
                fault is null,
                $"VRS_SEED={seed} dotnet test Vrs.Tests --filter ProductTests repeats this: {fault}");
        }
    }
}
