using Vrs.Grains.Interfaces.Consoles;
using Vrs.Grains.Interfaces.Operations;

namespace Vrs.Gateway.Consoles;

/// <summary>One open page of a caller, phone or interpreter, as its console grain calls it.</summary>
/// <param name="page">The page.</param>
internal sealed class ConsoleObserver(IConsoleClient page) : IConsoleObserver
{
    /// <inheritdoc/>
    public Task OnMessage(ConsoleMessage message) => message switch
    {
        CallChanged changed => page.CallChanged(changed.View),
        InterpreterChanged changed => page.InterpreterChanged(changed.View),
        OfferMade made => page.OfferMade(made.Offer),
        OfferWithdrawn withdrawn => page.OfferWithdrawn(withdrawn.Call, withdrawn.Offer, withdrawn.Reason),
        _ => throw new ArgumentOutOfRangeException(nameof(message), message.GetType().Name, "No page knows it."),
    };
}

/// <summary>One open operations page, as the board grain calls it.</summary>
/// <param name="page">The page.</param>
internal sealed class BoardObserver(IOperationsClient page) : IBoardObserver
{
    /// <inheritdoc/>
    public Task OnBoard(BoardView board) => page.BoardChanged(board);
}
