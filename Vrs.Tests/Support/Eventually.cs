namespace Vrs.Tests.Support;

/// <summary>Waits for what other threads bring about.</summary>
internal static class Eventually
{
    /// <summary>How often in a row others only get a turn; after that each look waits for a beat.</summary>
    private const int YieldsMax = 100;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(1);

    /// <summary>Gives way to other threads until the condition is true.</summary>
    /// <param name="what">What is waited for, as a sentence; shown when it does not come.</param>
    /// <param name="condition">The condition.</param>
    public static async Task Is(string what, Func<bool> condition)
    {
        var start = TimeProvider.System.GetTimestamp();
        using var beats = new PeriodicTimer(Beat);
        for (var looks = 0; !condition(); looks++)
        {
            Assert.True(
                TimeProvider.System.GetElapsedTime(start) < Limit, $"After {Limit.TotalSeconds} s still not: {what}");
            if (looks < YieldsMax)
            {
                await Task.Yield();
            }
            else
            {
                // What is waited for may need this very processor.
                await beats.WaitForNextTickAsync();
            }
        }
    }
}
