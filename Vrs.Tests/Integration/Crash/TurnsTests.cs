namespace Vrs.Tests.Integration.Crash;

/// <summary>Every process of a cluster is a victim before any is one again.</summary>
public sealed class TurnsTests
{
    private const int Members = 5;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4711)]
    public void Everybody_has_a_turn_before_anybody_has_another(int seed)
    {
        var book = new CrashBook(seed);
        var turns = new Turns(Members);

        for (var time = 0; time < 3; time++)
        {
            var chosen = Enumerable.Range(0, Members).Select(_ => turns.Next(book.Between));

            Assert.Equal(Enumerable.Range(0, Members), chosen.Order());
        }
    }
}
