using Microsoft.Extensions.Logging;
using Orleans.Utilities;
using Vrs.Grains.Interfaces.Consoles;

namespace Vrs.Grains.Consoles;

/// <summary>All open pages of one user. Keeps the latest message of each kind for pages that come back.</summary>
public sealed class ConsoleGrain : Grain, IConsoleGrain
{
    private static readonly TimeSpan Expiry = TimeSpan.FromMinutes(2);

    private readonly ObserverManager<IConsoleObserver> _pages;
    private CallChanged? _call;
    private InterpreterChanged? _interpreter;
    private OfferMade? _offer;

    /// <summary>Made by the engine.</summary>
    public ConsoleGrain(TimeProvider time, ILogger<ConsoleGrain> log) =>
        _pages = new ObserverManager<IConsoleObserver>(Expiry, log)
        {
            GetDateTime = () => time.GetUtcNow().UtcDateTime,
        };

    /// <inheritdoc/>
    public Task<ImmutableArray<ConsoleMessage>> Subscribe(IConsoleObserver observer)
    {
        _pages.Subscribe(observer, observer);
        var latest = new ConsoleMessage?[] { _interpreter, _call, _offer };
        return Task.FromResult(latest.OfType<ConsoleMessage>().ToImmutableArray());
    }

    /// <inheritdoc/>
    public Task Unsubscribe(IConsoleObserver observer)
    {
        _pages.Unsubscribe(observer);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task Publish(ConsoleMessage message)
    {
        Keep(message);
        await _pages.Notify(page => page.OnMessage(message));
    }

    private void Keep(ConsoleMessage message)
    {
        switch (message)
        {
            // A call that ended long ago must not cover the one that came after it.
            case CallChanged changed when IsNews(changed.View):
                _call = changed;
                break;
            case InterpreterChanged changed:
                _interpreter = changed;
                break;
            case OfferMade made:
                _offer = made;
                break;
            case OfferWithdrawn withdrawn when _offer?.Offer is { } open
                && open.Call == withdrawn.Call
                && open.Offer == withdrawn.Offer:
                _offer = null;
                break;
        }

        // Whoever is not being asked any more has no open offer; a late word from before she was asked takes none away.
        if (message is InterpreterChanged { View: { Status: not InterpreterStatus.Reserved } view }
            && view.Version >= _offer?.Offer.AsOf)
        {
            _offer = null;
        }
    }

    private bool IsNews(CallView view) =>
        _call is not { View: { } known }
        || (known.Call == view.Call ? known.Version <= view.Version : known.StartedAt <= view.StartedAt);
}
