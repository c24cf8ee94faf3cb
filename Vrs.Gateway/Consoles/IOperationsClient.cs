using Microsoft.AspNetCore.SignalR;
using Vrs.Grains.Interfaces.Operations;

namespace Vrs.Gateway.Consoles;

/// <summary>What the operations page is told.</summary>
public interface IOperationsClient
{
    /// <summary>The board changed.</summary>
    [HubMethodName("boardChanged")]
    Task BoardChanged(BoardView board);
}
