namespace Vrs.Tests.Support;

/// <summary>Waits for what other threads bring about.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Gives way to other threads until the condition is true.</summary>
    /// <param name="what">What is waited for, as a sentence; shown when it does not come.</param>
    /// <param name="condition">The condition.</param>
    public static async Task Is(string what, Func<bool> condition)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(
                TimeProvider.System.GetElapsedTime(start) < Limit, $"After {Limit.TotalSeconds} s still not: {what}");
            await Task.Yield();
        }
    }
}
