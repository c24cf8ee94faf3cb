namespace Vrs.Gateway.Legs;

/// <summary>
/// Tries again what fails for a while (a grain that moves, a silo that restarts), a bounded number of times.
/// </summary>
/// <param name="attempts">How often in all.</param>
/// <param name="pause">The pause after the first failure; doubles with each.</param>
/// <param name="time">The clock.</param>
public sealed class Retry(int attempts, TimeSpan pause, TimeProvider time)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>The work's result; throws what its last attempt threw.</summary>
    public async Task<T> Run<T>(Func<Task<T>> work, Action<Exception> failedOnce)
    {
        var wait = pause;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work();
            }
            catch (Exception fault) when (attempt < attempts)
            {
                failedOnce(fault);
            }

            await Task.Delay(wait, time);
            wait = wait * 2 < LongestPause ? wait * 2 : LongestPause;
        }
    }
}
