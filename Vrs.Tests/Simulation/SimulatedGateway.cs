using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Gateways;
using Vrs.Grains.Interfaces.Registrations;
using Vrs.Silo.Embedded.Runtime;

namespace Vrs.Tests.Simulation;

/// <summary>
/// One run of a gateway: the connections it holds. A double at the level of legs: no SIP, the same promises.
/// </summary>
internal sealed class SimulatedGateway(World world, GatewayId id) : IGatewayObserver
{
    private static readonly TimeSpan SubscribeEvery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan AttemptLimit = TimeSpan.FromSeconds(5);

    private readonly Dictionary<FlowId, SimulatedFlow> _flows = [];
    private readonly Lane _lane = new(world.Turns);
    private IGatewayObserver? _reference;
    private int _lastFlow;

    public GatewayId Id => id;

    public bool IsUp { get; private set; } = true;

    public void Start()
    {
        _reference = world.Grains.CreateObjectReference<IGatewayObserver>(this);
        Subscribe();
    }

    /// <summary>The gateway is gone, with all that it knew.</summary>
    public void Stop()
    {
        IsUp = false;
        foreach (var flow in _flows.Values.ToArray())
        {
            flow.Device.Disconnect(orderly: false);
        }
    }

    public SimulatedFlow Open(Device device)
    {
        var flow = new SimulatedFlow(this, device, new FlowId($"{id}-flow-{++_lastFlow}"));
        _flows.Add(flow.Id, flow);
        return flow;
    }

    public void Forget(SimulatedFlow flow) => _flows.Remove(flow.Id);

    public async Task<Refusal?> Perform(FlowId flow, LegCommand command)
    {
        if (_flows.TryGetValue(flow, out var busy))
        {
            await busy.Device.Admitted(command.Leg.Call);
        }

        if (!IsUp || !_flows.TryGetValue(flow, out var open))
        {
            return new Refusal(RefusalReason.Unreachable, "The flow is gone.");
        }

        var refusal = open.Device.Perform(open, command);
        var (who, what) = (open.Device.Id, command.GetType().Name);
        world.Log.Note($"{who} {what} {command.Leg} #{command.Sequence}: {refusal?.Reason}");
        return refusal;
    }

    private void Subscribe() => _lane.Post(gateway => _ = world.Watch(gateway.KeepSubscribed()), this);

    private async Task KeepSubscribed()
    {
        while (IsUp)
        {
            var pause = SubscribeEvery;
            try
            {
                await world.Grains.GetGrain<IGatewayGrain>(id.Value).Subscribe(_reference!)
                    .WaitAsync(AttemptLimit, world.Time);
            }
            catch (Exception fault)
            {
                world.Log.Note($"{id} could not subscribe: {fault.GetType().Name}");
                pause = TimeSpan.FromSeconds(1);
            }

            await world.Time.Wait(pause);
        }
    }
}

/// <summary>One connection of one device.</summary>
internal sealed class SimulatedFlow(SimulatedGateway gateway, Device device, FlowId id)
{
    private readonly Dictionary<LegRef, DeviceLeg> _legs = [];

    public FlowId Id => id;

    public SimulatedGateway Gateway => gateway;

    public Device Device => device;

    public bool IsOpen { get; private set; } = true;

    /// <summary>Commands that were done.</summary>
    public HashSet<(LegRef Leg, long Sequence)> Done { get; } = [];

    public void Add(DeviceLeg leg) => _legs[leg.Ref!.Value] = leg;

    public DeviceLeg? Find(LegRef leg) => _legs.GetValueOrDefault(leg) is { IsOver: false } live ? live : null;

    public bool WasHere(LegRef leg) => _legs.ContainsKey(leg);

    public void Close()
    {
        IsOpen = false;
        gateway.Forget(this);
    }
}
