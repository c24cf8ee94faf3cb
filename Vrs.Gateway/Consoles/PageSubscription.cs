using Microsoft.Extensions.Logging;
using Vrs.Gateway.Accounts;
using Vrs.Grains.Interfaces.Accounts;

namespace Vrs.Gateway.Consoles;

/// <summary>
/// Keeps one page subscribed to its grain: grains forget observers that fall silent, and a grain that moved or
/// restarted has forgotten all of them. Each renewal also brings what was missed in between.
/// </summary>
internal sealed partial class PageSubscription : IAsyncDisposable
{
    /// <summary>Time between renewals; well within the two minutes after which grains forget a page.</summary>
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The same where offers are shown, which wait for seconds only: a page of which the grains have lost sight must
    /// not miss one.
    /// </summary>
    private static readonly TimeSpan RenewWorkEvery = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _closed = new();
    private readonly Func<Task> _subscribe;
    private readonly Func<Task> _unsubscribe;
    private readonly ILogger _log;
    private readonly Task _renewing;

    private PageSubscription(
        Func<Task> subscribe, Func<Task> unsubscribe, TimeSpan every, TimeProvider time, ILogger log)
    {
        _subscribe = subscribe;
        _unsubscribe = unsubscribe;
        _log = log;
        _renewing = Renew(new PeriodicTimer(every, time));
    }

    /// <summary>Subscribes a page.</summary>
    /// <param name="subscribe">Subscribes and brings the page up to date; called again and again.</param>
    /// <param name="unsubscribe">Called once, when the page is gone.</param>
    /// <param name="user">Whose page it is.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">The log.</param>
    public static async Task<PageSubscription> Start(
        Func<Task> subscribe,
        Func<Task> unsubscribe,
        SignedInUser user,
        TimeProvider time,
        ILogger log)
    {
        await subscribe();
        var every = user.Role is AccountRole.Interpreter ? RenewWorkEvery : RenewEvery;
        return new PageSubscription(subscribe, unsubscribe, every, time, log);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        await _renewing;
        _closed.Dispose();
        await _unsubscribe();
    }

    private async Task Renew(PeriodicTimer timer)
    {
        using (timer)
        {
            while (await NextTick(timer))
            {
                try
                {
                    await _subscribe();
                }
                catch (Exception fault) when (fault is not OperationCanceledException)
                {
                    // The grain may be unreachable for a moment; the next tick tries again.
                    LogRenewalFailed(fault);
                }
            }
        }
    }

    private async Task<bool> NextTick(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(_closed.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "A page's subscription could not be renewed; it is tried again.")]
    private partial void LogRenewalFailed(Exception fault);
}
