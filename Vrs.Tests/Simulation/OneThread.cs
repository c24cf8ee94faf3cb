using Vrs.Silo.Embedded.Runtime;

namespace Vrs.Tests.Simulation;

/// <summary>
/// The order of turns of a world, and a watch over it: whatever another thread makes ready, it makes ready at a moment
/// that no seed has chosen, and the same seed would not be the same run again.
/// </summary>
/// <param name="turns">The order; the thread that makes this object is the one to run them.</param>
internal sealed class OneThread(SeededTurnOrder turns) : ITurnOrder
{
    private readonly int _own = Environment.CurrentManagedThreadId;
    private volatile bool _broken;

    /// <summary>Whether another thread had a hand in the run.</summary>
    public bool IsBroken => _broken;

    public void Ready(ITurnLane lane)
    {
        _broken |= Environment.CurrentManagedThreadId != _own;
        turns.Ready(lane);
    }

    /// <inheritdoc cref="SeededTurnOrder.RunTurn"/>
    public bool RunTurn() => turns.RunTurn();
}
