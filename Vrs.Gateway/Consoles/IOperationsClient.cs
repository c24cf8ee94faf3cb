using Vrs.Grains.Interfaces.Operations;

namespace Vrs.Gateway.Consoles;

/// <summary>What the operations page is told.</summary>
public interface IOperationsClient
{
    /// <summary>The board changed.</summary>
    Task BoardChanged(BoardView board);
}
