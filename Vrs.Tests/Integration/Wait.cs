namespace Vrs.Tests.Integration;

/// <summary>How long tests against a running server wait for something before they fail.</summary>
internal static class Wait
{
    /// <summary>For what follows from one message. Generous, since the machine may be busy with other builds.</summary>
    public static readonly TimeSpan Reply = TimeSpan.FromSeconds(40);

    /// <summary>Polls a condition that nobody announces.</summary>
    /// <exception cref="TimeoutException">It did not come true in time.</exception>
    public static async Task Until(string what, Func<Task<bool>> condition, TimeSpan within)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var deadline = new CancellationTokenSource(within);
        while (!await condition())
        {
            try
            {
                await ticks.WaitForNextTickAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"{what} did not come true within {within.TotalSeconds} s.");
            }
        }
    }
}
