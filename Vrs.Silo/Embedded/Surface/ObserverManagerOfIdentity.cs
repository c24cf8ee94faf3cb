using System.Collections;
using Microsoft.Extensions.Logging;
using Vrs.Silo.Embedded.Runtime;

namespace Orleans.Utilities;

/// <summary>
/// The observers of a grain. Those that did not renew in time and those that fail are dropped. Belongs to one grain and
/// is not for use by several threads.
/// </summary>
/// <typeparam name="TIdentity">What tells observers apart.</typeparam>
/// <typeparam name="TObserver">The observer interface.</typeparam>
public class ObserverManager<TIdentity, TObserver> : IEnumerable<TObserver>
    where TIdentity : notnull
{
    private readonly Dictionary<TIdentity, Subscription> _subscriptions = [];
    private readonly ILogger _log;

    /// <summary>No observers yet.</summary>
    /// <param name="expiration">How long a subscription holds unless repeated.</param>
    /// <param name="log">Told who comes and goes, at debug level.</param>
    public ObserverManager(TimeSpan expiration, ILogger log)
    {
        ArgumentNullException.ThrowIfNull(log);
        ExpirationDuration = expiration;
        _log = log;
    }

    /// <summary>The clock, in UTC; grains replace it by their own.</summary>
    public Func<DateTime> GetDateTime { get; set; } = static () => TimeProvider.System.GetUtcNow().UtcDateTime;

    /// <summary>How long a subscription holds unless repeated.</summary>
    public TimeSpan ExpirationDuration { get; set; }

    /// <summary>How many observers there are, expired ones included until noticed.</summary>
    public int Count => _subscriptions.Count;

    /// <summary>A copy of all observers.</summary>
    public IReadOnlyDictionary<TIdentity, TObserver> Observers =>
        _subscriptions.ToDictionary(entry => entry.Key, entry => entry.Value.Observer);

    /// <summary>Forgets all observers.</summary>
    public void Clear() => _subscriptions.Clear();

    /// <summary>Adds an observer, or renews its subscription.</summary>
    /// <param name="id">What it is known by.</param>
    /// <param name="observer">The observer.</param>
    public void Subscribe(TIdentity id, TObserver observer)
    {
        _subscriptions[id] = new Subscription(observer, GetDateTime());
        _log.ObserverCount(_subscriptions.Count);
    }

    /// <summary>Removes an observer; nothing happens when it is not there.</summary>
    /// <param name="id">What it is known by.</param>
    public void Unsubscribe(TIdentity id)
    {
        _subscriptions.Remove(id);
        _log.ObserverCount(_subscriptions.Count);
    }

    /// <summary>Calls every live observer in turn and waits for each; one that fails is dropped.</summary>
    /// <param name="notification">The call.</param>
    /// <param name="predicate">Which observers; null is all.</param>
    public async Task Notify(Func<TObserver, Task> notification, Func<TObserver, bool>? predicate = null)
    {
        foreach (var (id, subscription) in Live(predicate))
        {
            try
            {
                await notification(subscription.Observer);
            }
            catch (Exception fault)
            {
                Drop(id, subscription, fault);
            }
        }
    }

    /// <summary>Calls every live observer; one that fails is dropped.</summary>
    /// <param name="notification">The call.</param>
    /// <param name="predicate">Which observers; null is all.</param>
    public void Notify(Action<TObserver> notification, Func<TObserver, bool>? predicate = null)
    {
        foreach (var (id, subscription) in Live(predicate))
        {
            try
            {
                notification(subscription.Observer);
            }
            catch (Exception fault)
            {
                Drop(id, subscription, fault);
            }
        }
    }

    /// <summary>Drops the observers that did not renew in time.</summary>
    public void ClearExpired()
    {
        var now = GetDateTime();
        foreach (var (id, subscription) in _subscriptions.ToArray())
        {
            if (subscription.LastSeen + ExpirationDuration < now)
            {
                _subscriptions.Remove(id);
            }
        }
    }

    public IEnumerator<TObserver> GetEnumerator() =>
        _subscriptions.Values.Select(subscription => subscription.Observer).ToList().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // A copy: observers may come and go while one of them is being called.
    private KeyValuePair<TIdentity, Subscription>[] Live(Func<TObserver, bool>? predicate)
    {
        ClearExpired();
        return [.. _subscriptions.Where(entry => predicate is null || predicate(entry.Value.Observer))];
    }

    private void Drop(TIdentity id, Subscription subscription, Exception fault)
    {
        _log.ObserverDropped(fault);
        // It may have subscribed anew meanwhile; that subscription stays.
        if (_subscriptions.TryGetValue(id, out var current) && ReferenceEquals(current, subscription))
        {
            _subscriptions.Remove(id);
        }
    }

    private sealed record Subscription(TObserver Observer, DateTime LastSeen);
}
