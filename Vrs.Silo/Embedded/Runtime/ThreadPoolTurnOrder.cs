namespace Vrs.Silo.Embedded.Runtime;

/// <summary>Service: every lane with work gets a thread of the pool, and gives it back after a slice.</summary>
public sealed class ThreadPoolTurnOrder : ITurnOrder
{
    /// <summary>Turns that a busy lane runs before it stands in line again.</summary>
    private const int TurnsPerSlice = 64;

    public void Ready(ITurnLane lane) => ThreadPool.UnsafeQueueUserWorkItem(RunSlice, lane, preferLocal: false);

    private void RunSlice(ITurnLane lane)
    {
        for (var turn = 0; turn < TurnsPerSlice; turn++)
        {
            if (!lane.RunTurn())
            {
                return;
            }
        }

        Ready(lane);
    }
}
