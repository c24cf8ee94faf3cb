namespace Vrs.Tests.Cluster;

/// <summary>
/// Orleans does not tell when it has nothing to do. A thread pool that has no work for some looks in a row has to do.
/// </summary>
internal static class Stillness
{
    /// <summary>How many looks in a row must find nothing.</summary>
    private const int Looks = 5;

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(2);

    /// <summary>Completes when nothing seems to go on in this process.</summary>
    /// <param name="work">Does what is to be done on the side; false when there was nothing.</param>
    public static async Task Comes(Func<bool>? work = null)
    {
        using var beats = new PeriodicTimer(Beat);
        for (var idle = 0; idle < Looks; idle = ThreadPool.PendingWorkItemCount == 0 ? idle + 1 : 0)
        {
            while (work?.Invoke() == true)
            {
                idle = 0;
            }

            await beats.WaitForNextTickAsync();
        }
    }
}
