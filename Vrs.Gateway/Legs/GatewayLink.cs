using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Vrs.Gateway.Sip.Transport;
using Vrs.Grains.Interfaces;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Gateways;
using Vrs.Grains.Interfaces.Registrations;

namespace Vrs.Gateway.Legs;

/// <summary>This gateway as grains see it: carries their commands to the loops of its flows.</summary>
public sealed class CallLegObserver(FlowTable flows, FlowHandlers handlers) : IGatewayObserver
{
    private static readonly Refusal Gone = new(RefusalReason.Unreachable, "The flow is gone.");

    /// <inheritdoc/>
    public async Task<Refusal?> Perform(FlowId flow, LegCommand command)
    {
        if (!flows.TryGet(flow, out var open) || handlers.Find(flow) is not { } handler)
        {
            return Gone;
        }

        var done = new TaskCompletionSource<Refusal?>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!open.TryPost(() => open.Start(() => PerformOnLoop(open, handler, command, done))))
        {
            return open.IsOpen ? new Refusal(RefusalReason.Overloaded, "The flow has too much to do.") : Gone;
        }

        return await done.Task.ConfigureAwait(false);
    }

    private static async Task PerformOnLoop(
        Flow flow, FlowHandler handler, LegCommand command, TaskCompletionSource<Refusal?> done)
    {
        try
        {
            done.SetResult(flow.IsOpen ? await handler.Perform(command) : Gone);
        }
        catch (Exception fault)
        {
            done.SetException(fault);
        }
    }
}

/// <summary>Makes the handler of each flow, and finds it again for commands. Thread-safe.</summary>
public sealed class FlowHandlers(LegServices services) : IFlowHandlerFactory
{
    private readonly ConcurrentDictionary<FlowId, FlowHandler> _handlers = new();

    /// <inheritdoc/>
    public IFlowHandler Create(Flow flow)
    {
        var handler = new FlowHandler(flow, services, () => _handlers.TryRemove(flow.Id, out _));
        _handlers[flow.Id] = handler;
        return handler;
    }

    /// <summary>The handler of a flow that is open, or null.</summary>
    public FlowHandler? Find(FlowId flow) => _handlers.GetValueOrDefault(flow);

    /// <summary>Closes the flows of a sign-in that is over.</summary>
    public void CloseThoseOf(string signIn)
    {
        foreach (var handler in _handlers.Values)
        {
            handler.CloseIfOf(signIn);
        }
    }
}

/// <summary>Tells the grains, again and again, where this gateway is called.</summary>
public sealed partial class GatewayLink(
    IGrainFactory grains, CallLegObserver observer, LegServices services) : BackgroundService
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long one attempt may take: grains wait only so long for a gateway to say where it is called, and then take
    /// its flows for lost.
    /// </summary>
    private static readonly TimeSpan AttemptLimit = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var reference = grains.CreateObjectReference<IGatewayObserver>(observer);
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = await TrySubscribe(reference) ? services.Options.SubscribeEvery : AfterFailure;
            await Task.Delay(pause, services.Time, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> TrySubscribe(IGatewayObserver reference)
    {
        try
        {
            await grains.GetGrain<IGatewayGrain>(services.Gateway.Value).Subscribe(reference)
                .WaitAsync(AttemptLimit, services.Time);
            return true;
        }
        catch (Exception fault)
        {
            LogNotSubscribed(services.Logger, fault, services.Gateway);
            return false;
        }
    }

    [LoggerMessage(EventId = 240, EventName = "gateway_not_subscribed", Level = LogLevel.Warning,
        Message = "Gateway {gateway} could not tell the grains where it is called; it tries again.")]
    private static partial void LogNotSubscribed(ILogger logger, Exception fault, GatewayId gateway);
}
