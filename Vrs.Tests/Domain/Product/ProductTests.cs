namespace Vrs.Tests.Domain.Product;

/// <summary>
/// Calls, interpreters and queue together, with messages doubled, late and out of order. One walk is repeated with
/// <c>VRS_SEED=n dotnet test Vrs.Tests --filter ProductTests</c>.
/// </summary>
public sealed class ProductTests
{
    private const int Walks = 1_000;
    private const int Steps = 250;
    private const int LongestRest = 10_000;

    [Fact]
    public void However_messages_arrive_nobody_is_shared_and_in_the_end_everybody_is_free() => ForEveryWalk(seed =>
    {
        var random = new Random(seed);
        var network = MachineNetwork.Start;
        var told = new List<string>();
        for (var step = 0; step < Steps; step++)
        {
            var groups = network.Choices(MachineNetwork.Everything).Select(group => group.ToList()).ToList();
            var choice = Any(Any(groups));
            network = choice.Next();
            told.Add($"{choice.What} {choice.To}");
            var broken = NetworkLedger.Broken(network);
            Assert.True(broken is null, $"not {broken}:\n{string.Join('\n', told)}");
        }

        for (var step = 0; network.AtRest() is { } next; step++)
        {
            Assert.True(step < LongestRest, "it never came to rest");
            network = next.Next();
        }

        Assert.Null(NetworkLedger.BrokenAtRest(network));

        T Any<T>(List<T> from) => from[random.Next(from.Count)];
    });

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
