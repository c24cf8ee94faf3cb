using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using Vrs.Silo.Storage;

namespace Vrs.Silo.Embedded.Runtime;

/// <summary>
/// The grains of one process: makes references, carries requests to activations and answers back, makes activations
/// when they are called and ends those that nobody calls. Not a cluster; see README.md beside this folder.
/// </summary>
public sealed class EmbeddedSilo : IAsyncDisposable
{
    private readonly ConcurrentDictionary<GrainIdentity, Activation> _activations = new();
    private readonly Deadlines _deadlines;
    private readonly ObserverTable _observers;
    private readonly ITimer _sweep;
    private readonly IMessageTransit? _transit;
    private long _numbers;
    private volatile bool _stopped;

    internal EmbeddedSilo(EmbeddedSiloParts parts)
    {
        Services = parts.Services;
        Options = parts.Options;
        Time = parts.Time;
        TurnOrder = parts.TurnOrder;
        Storage = parts.Storage;
        Log = parts.Log;
        StateJson = parts.StateJson;
        _transit = parts.Transit;
        _deadlines = new Deadlines(Time, Options.ResponseTimeout);
        _observers = new ObserverTable(this);
        var factory = new GrainFactory(this, GrainClass.Find(parts.GrainAssemblies), _observers);
        Factory = factory;
        Reminders = new ReminderService(this, parts.Reminders);
        _sweep = Time.CreateTimer(
            static silo => ((EmbeddedSilo)silo!).CollectIdle(),
            this,
            Options.CollectionQuantum,
            Options.CollectionQuantum);
    }

    /// <summary>References to grains and observers.</summary>
    public IGrainFactory GrainFactory => Factory;

    /// <summary>How many grains are active.</summary>
    public int ActivationCount => _activations.Count;

    internal GrainFactory Factory { get; }

    internal IServiceProvider Services { get; }

    internal EmbeddedSiloOptions Options { get; }

    internal TimeProvider Time { get; }

    internal ITurnOrder TurnOrder { get; }

    internal IStateStorage Storage { get; }

    internal StateJson StateJson { get; }

    internal ReminderService Reminders { get; }

    internal ILogger Log { get; }

    /// <summary>Starts the reminders; those that came due while nothing ran tick at once.</summary>
    /// <param name="cancellationToken">Gives up the start.</param>
    public Task Start(CancellationToken cancellationToken = default) => Reminders.Start(cancellationToken);

    /// <summary>
    /// Ticks every reminder now: after a start, and when a database that was away is back, grains that have something
    /// to do need not wait for their next tick.
    /// </summary>
    public void WakeAll() => Reminders.TickAll();

    /// <summary>Deactivates every grain in good order and takes no more requests.</summary>
    /// <param name="cancellationToken">Gives up the wait; what is still active then is abandoned.</param>
    public async Task Stop(CancellationToken cancellationToken = default)
    {
        if (_stopped)
        {
            return;
        }

        Reminders.Stop();
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The silo is shutting down.");
        var active = InOrder();
        foreach (var activation in active)
        {
            activation.Deactivate(reason, CancellationToken.None);
        }

        try
        {
            await Task.WhenAll(active.Select(activation => activation.Deactivated))
                .WaitAsync(Options.DeactivationTimeout, Time, cancellationToken);
        }
        catch (Exception fault) when (fault is TimeoutException or OperationCanceledException)
        {
            Log.StopIncomplete(active.Count(activation => !activation.Deactivated.IsCompleted));
        }

        Kill();
    }

    /// <summary>
    /// A crash: everything in memory is lost, no grain is deactivated, who waits for an answer is refused.
    /// </summary>
    public void Kill()
    {
        _stopped = true;
        Reminders.Stop();
        _sweep.Dispose();
        foreach (var activation in InOrder())
        {
            activation.Abandon();
            _activations.TryRemove(activation.Identity, out _);
        }

        _deadlines.FailAll(
            static request => new SiloUnavailableException($"{request.Shape.Name}: the silo has stopped."));
    }

    /// <summary>A crash of one grain: what it had in memory is lost; the next request makes a new activation.</summary>
    /// <param name="grain">A reference to it.</param>
    /// <returns>Whether it was active.</returns>
    public bool Drop(IAddressable grain)
    {
        if (grain is GrainReference { Target: GrainTarget target }
            && _activations.TryRemove(target.Identity, out var activation))
        {
            activation.Abandon();
            return true;
        }

        return false;
    }

    /// <summary>The grains that are active, in ordinal order.</summary>
    public IReadOnlyList<GrainIdentity> ActiveGrains() => [.. InOrder().Select(activation => activation.Identity)];

    /// <summary>A crash of one grain, by name; see <see cref="Drop(IAddressable)"/>.</summary>
    /// <param name="grain">Which.</param>
    public bool Drop(GrainIdentity grain)
    {
        if (_activations.TryRemove(grain, out var activation))
        {
            activation.Abandon();
            return true;
        }

        return false;
    }

    public async ValueTask DisposeAsync() => await Stop();

    internal TInterface MakeReference<TInterface>(GrainIdentity identity) =>
        (TInterface)Factory.Reference(typeof(TInterface), identity.Key);

    internal void Send(GrainTarget target, Request request)
    {
        Open(request);
        if (_transit is null)
        {
            Deliver(target, request);
        }
        else
        {
            var passage = new Passage(PassageKind.Request, target.ToString(), request.Shape.Name, request.Number);
            _transit.Carry(passage, () => Deliver(target, request));
        }
    }

    internal void Send(ObserverTarget target, Request request)
    {
        Open(request);
        if (_transit is null)
        {
            target.Deliver(request);
        }
        else
        {
            var passage =
                new Passage(PassageKind.ObserverRequest, target.ToString(), request.Shape.Name, request.Number);
            _transit.Carry(passage, () => target.Deliver(request));
        }
    }

    internal void Deliver(GrainTarget target, Request request)
    {
        if (_stopped)
        {
            Close(request, new SiloUnavailableException($"{request.Shape.Name}: the silo has stopped."));
            return;
        }

        var activation = _activations.GetOrAdd(
            target.Identity,
            static (_, context) => new Activation(context.Silo, context.Target),
            (Silo: this, Target: target));
        if (!activation.TryAccept(request))
        {
            Log.Overloaded(target.Identity, request.Shape.Name);
            EngineInstruments.Refused.Add(1, target.Class.Label);
            Close(request, new LimitExceededException(
                $"{target.Identity} has {Options.MailboxLimit} requests waiting and takes no more "
                + $"({request.Shape.Name})."));
        }
    }

    /// <summary>Carries an answer back: a finished call, or the exception that ended it.</summary>
    internal void Respond(IMessageTarget target, Request request, object outcome)
    {
        if (_transit is null || request.Shape.OneWay)
        {
            Close(request, outcome);
            return;
        }

        var kind = target is GrainTarget ? PassageKind.Response : PassageKind.ObserverResponse;
        var passage = new Passage(kind, target.ToString()!, request.Shape.Name, request.Number);
        _transit.Carry(passage, () => Close(request, outcome));
    }

    internal void Remove(Activation activation) =>
        _activations.TryRemove(KeyValuePair.Create(activation.Identity, activation));

    private void Open(Request request)
    {
        request.Number = Interlocked.Increment(ref _numbers);
        if (!request.Shape.OneWay)
        {
            _deadlines.Watch(request);
        }
    }

    private void Close(Request request, object outcome)
    {
        if (request.Shape.OneWay)
        {
            if (outcome is Exception lost)
            {
                Log.OneWayFailed(request.Shape.Name, lost);
            }

            return;
        }

        _deadlines.Forget(request);
        if (outcome is Exception fault)
        {
            request.Fail(fault);
        }
        else
        {
            request.Succeed((Task)outcome);
        }
    }

    private Activation[] InOrder() => [.. _activations.Values.OrderBy(activation => activation.Identity)];

    private void CollectIdle()
    {
        foreach (var activation in InOrder())
        {
            activation.CollectIfIdle(Options.CollectionAge);
        }
    }
}
