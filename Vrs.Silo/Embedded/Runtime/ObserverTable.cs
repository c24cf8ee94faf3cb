using System.Collections.Concurrent;
using System.Globalization;
using Orleans;
using Orleans.Runtime;

namespace Vrs.Silo.Embedded.Runtime;

/// <summary>The objects outside that grains can call.</summary>
/// <param name="silo">Whose grains.</param>
internal sealed class ObserverTable(EmbeddedSilo silo)
{
    private readonly ConcurrentDictionary<ObserverTarget, bool> _targets = new();
    private long _numbers;

    public ObserverTarget Add(IGrainObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        if (observer is GrainReference)
        {
            throw new ArgumentException("This is a reference already.", nameof(observer));
        }

        var target = new ObserverTarget(silo, observer, Interlocked.Increment(ref _numbers));
        _targets.TryAdd(target, true);
        return target;
    }

    public void Remove(ObserverTarget target)
    {
        if (_targets.TryRemove(target, out _))
        {
            target.Gone();
        }
    }
}

/// <summary>
/// Messages to one observer. Its calls begin in order, one at a time, and may overlap where they wait.
/// </summary>
internal sealed class ObserverTarget : IMessageTarget
{
    private readonly EmbeddedSilo _silo;
    private readonly Lane _lane;
    private readonly long _number;
    private volatile IGrainObserver? _observer;

    public ObserverTarget(EmbeddedSilo silo, IGrainObserver observer, long number)
    {
        _silo = silo;
        _observer = observer;
        _number = number;
        _lane = new Lane(silo.TurnOrder);
    }

    public string Key => _number.ToString(CultureInfo.InvariantCulture);

    public void Send(Request request) => _silo.Send(this, request);

    public void Deliver(Request request) =>
        _lane.Post(static call => _ = call.Target.Serve(call.Request), new Call(this, request));

    public void Gone() => _observer = null;

    public override string ToString() => $"observer/{Key}";

    private async Task Serve(Request request)
    {
        if (_observer is not { } observer)
        {
            _silo.Respond(this, request, new ClientNotAvailableException());
            return;
        }

        var call = request.Invoke(observer);
        try
        {
            await call;
        }
        catch (Exception fault)
        {
            _silo.Respond(this, request, fault);
            return;
        }

        _silo.Respond(this, request, call);
    }

    private sealed record Call(ObserverTarget Target, Request Request);
}
