using Vrs.Bench.Queues;

namespace Vrs.Tests.Domain.Queues;

/// <summary>The line that <c>./vrs bench queue</c> measures: both ways of deciding must decide the same.</summary>
public sealed class LongLineTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(5_000)]
    public void The_scan_that_decisions_are_compared_with_finds_the_same(int size)
    {
        var line = LongLine.Of(size);

        for (var number = 0; number < 50; number++)
        {
            Assert.Equal(line.ScanForCall(number), line.Join(number));
            Assert.Equal(line.ScanForInterpreter(number), line.BecomeFree(number));
        }
    }
}
