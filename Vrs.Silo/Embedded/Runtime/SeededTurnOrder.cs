namespace Vrs.Silo.Embedded.Runtime;

/// <summary>
/// Simulation: turns run one after the other on the thread that asks for them, and the seed chooses which of the ready
/// lanes is next. Only that thread may touch anything that belongs to the simulated silo.
/// </summary>
/// <param name="random">Seeded; drawn once for every turn.</param>
public sealed class SeededTurnOrder(Random random) : ITurnOrder
{
    private readonly List<ITurnLane> _ready = [];

    /// <summary>Whether any lane has work.</summary>
    public bool HasWork => _ready.Count > 0;

    public void Ready(ITurnLane lane) => _ready.Add(lane);

    /// <summary>Runs one turn of a lane that the seed chooses.</summary>
    /// <returns>False when no lane has work.</returns>
    public bool RunTurn()
    {
        if (_ready.Count == 0)
        {
            return false;
        }

        var choice = random.Next(_ready.Count);
        var lane = _ready[choice];
        // The last takes the free place: constant time, and the order is still a function of the seed.
        _ready[choice] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        if (lane.RunTurn())
        {
            _ready.Add(lane);
        }

        return true;
    }
}
