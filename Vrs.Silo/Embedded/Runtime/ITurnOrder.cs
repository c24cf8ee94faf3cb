namespace Vrs.Silo.Embedded.Runtime;

/// <summary>
/// Decides which lane with work runs next, and on which thread: fair on the thread pool in service, chosen by a seed in
/// simulation. A lane is announced once, and runs until <see cref="ITurnLane.RunTurn"/> says that it has no more work.
/// </summary>
public interface ITurnOrder
{
    /// <summary>A lane that had no work has some.</summary>
    /// <param name="lane">The lane.</param>
    void Ready(ITurnLane lane);
}

/// <summary>Turns that must not run at the same time: those of one activation, or of one observer.</summary>
public interface ITurnLane
{
    /// <summary>Runs the oldest turn.</summary>
    /// <returns>Whether there is another; when not, the lane will be announced again.</returns>
    bool RunTurn();
}
