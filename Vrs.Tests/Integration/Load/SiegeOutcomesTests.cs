using Vrs.Bench.Load.Hostile;

namespace Vrs.Tests.Integration.Load;

/// <summary>A run in which the attackers had no time shows nothing, and does not pass for one that does.</summary>
public sealed class SiegeOutcomesTests
{
    private static readonly TimeSpan Lasted = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(2_000, true)]
    [InlineData(1_000, true)]
    [InlineData(999, false)]
    [InlineData(39, false)]
    public void Fewer_guesses_than_half_of_those_meant_are_no_attack(int guesses, bool isWhole) =>
        Assert.Equal(isWhole, Siege.WasWhole(All(guesses), Lasted));

    [Fact]
    public void An_attack_of_which_nothing_came_is_none() => Assert.All(
        SiegeCommand.Attacks,
        missing => Assert.False(
            Siege.WasWhole([.. All(2_000).Where(outcome => outcome.Attack != missing)], Lasted)));

    private static Outcome[] All(int guesses) =>
    [
        .. SiegeCommand.Attacks.Select(attack =>
            new Outcome(attack, "refused", attack == BruteForcer.Title ? guesses - 1 : 1)),
        new(BruteForcer.Title, "under way at the end", 1),
    ];
}
