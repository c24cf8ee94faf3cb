using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using Vrs.Gateway.Telemetry;
using Vrs.Grains.Interfaces.Registrations;

namespace Vrs.Gateway.Sip.Transport;

/// <summary>The flows of this gateway by name. Thread-safe.</summary>
public sealed class FlowTable(IOptions<FlowOptions> options)
{
    private readonly ConcurrentDictionary<FlowId, Flow> _flows = new();
    private int _count;

    /// <summary>How many there are.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Whether another one would be refused.</summary>
    public bool IsFull => Count >= options.Value.MaxFlows;

    /// <summary>The flow of this name, if it is still open.</summary>
    public bool TryGet(FlowId id, [NotNullWhen(true)] out Flow? flow) =>
        _flows.TryGetValue(id, out flow) && flow.IsOpen;

    /// <summary>Adds a flow; false when there are too many.</summary>
    internal bool TryAdd(Flow flow)
    {
        if (Interlocked.Increment(ref _count) > options.Value.MaxFlows)
        {
            Interlocked.Decrement(ref _count);
            return false;
        }

        if (!_flows.TryAdd(flow.Id, flow))
        {
            Interlocked.Decrement(ref _count);
            throw new InvalidOperationException($"Flow {flow.Id} is there already.");
        }

        GatewayInstruments.Flows.Add(1);

        return true;
    }

    internal void Remove(Flow flow)
    {
        if (_flows.TryRemove(flow.Id, out _))
        {
            GatewayInstruments.Flows.Add(-1);
            Interlocked.Decrement(ref _count);
        }
    }
}
