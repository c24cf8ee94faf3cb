using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Vrs.Gateway.Accounts;
using Vrs.Gateway.Admission;
using Vrs.Gateway.Sip.Transactions;
using Vrs.Gateway.Telemetry;
using Vrs.Grains.Interfaces.Registrations;

namespace Vrs.Gateway.Sip.Transport;

/// <summary>Accepts SIP over secure WebSocket (RFC 7118); the application calls <c>UseWebSockets</c> before.</summary>
public sealed partial class WebSocketEndpoint(
    FlowTable flows,
    IFlowHandlerFactory handlers,
    IOptions<FlowOptions> options,
    Admittance admittance,
    FlowSeats seats,
    SignInThrottle throttle,
    DeviceCookies cookies,
    ISipIdentifiers identifiers,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<WebSocketEndpoint> logger)
{
    /// <summary>The subprotocol every SIP client offers (RFC 7118 section 4).</summary>
    public const string Subprotocol = "sip";

    private static readonly TimeSpan SeatsFreeAgain = TimeSpan.FromSeconds(30);

    /// <summary>Serves one HTTP request until its WebSocket is over.</summary>
    public async Task Serve(HttpContext context)
    {
        if (Refusal(context) is var (status, reason))
        {
            await Refuse(context, status, reason);
            return;
        }

        var peer = PeerOf(context);
        var asker = new Asker(peer.Address, cookies.Read(context)?.Account);
        if (WaitOf(asker) is var wait && wait > TimeSpan.Zero)
        {
            await RefuseFor(context, wait, "Too many connections were opened from here in a short time.");
            return;
        }

        if (seats.Enter(asker) is not { } seat)
        {
            await RefuseFor(context, SeatsFreeAgain, "Too many connections from here have nobody signed in.");
            return;
        }

        using var gate = new FlowGate(admittance, seats, throttle, asker, seat);
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = Subprotocol,
            KeepAliveInterval = Timeout.InfiniteTimeSpan,
        });
        await Run(socket, peer, gate);
    }

    // An address from which tokens are forged or passwords guessed waits, but for browsers that signed in before.
    private TimeSpan WaitOf(Asker asker)
    {
        var banned = asker.Account is null ? throttle.Wait(asker.Address) : TimeSpan.Zero;
        return banned > TimeSpan.Zero ? banned : admittance.Ask(AdmissionKind.Upgrade, asker);
    }

    private static Task RefuseFor(HttpContext context, TimeSpan wait, string reason)
    {
        context.Response.Headers.RetryAfter = RetryAfter.Seconds(wait);
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        return context.Response.WriteAsync(reason, context.RequestAborted);
    }

    private async Task Refuse(HttpContext context, int status, string reason)
    {
        if (admittance.MayLog(new Asker(PeerOf(context).Address, null)))
        {
            LogRefused(logger, context.Connection.RemoteIpAddress?.ToString(), status, reason);
        }

        GatewayInstruments.FlowsRefused.Add(1, new KeyValuePair<string, object?>("status", status));
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(reason, context.RequestAborted);
    }

    private (int Status, string Reason)? Refusal(HttpContext context)
    {
        if (!context.Request.IsHttps)
        {
            return (StatusCodes.Status403Forbidden, "SIP is served over secure WebSocket only: use wss.");
        }

        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.Headers.Upgrade = "websocket";
            return (StatusCodes.Status426UpgradeRequired, "This address speaks SIP over WebSocket (RFC 7118).");
        }

        if (!context.WebSockets.WebSocketRequestedProtocols.Contains(Subprotocol))
        {
            return (StatusCodes.Status400BadRequest, $"The WebSocket must ask for the subprotocol '{Subprotocol}'.");
        }

        if (flows.IsFull || lifetime.ApplicationStopping.IsCancellationRequested)
        {
            context.Response.Headers.RetryAfter = "5";
            return (StatusCodes.Status503ServiceUnavailable, "This gateway takes no more connections now.");
        }

        return null;
    }

    private async Task Run(WebSocket socket, FlowPeer peer, FlowGate gate)
    {
        using var connection = new WebSocketConnection(socket, options.Value, time);
        var id = FlowId.From(identifiers.Next());
        var flow = new Flow(id, peer, connection, gate, options.Value, time, identifiers, logger);
        if (!flows.TryAdd(flow))
        {
            await socket.CloseAsync(WebSocketCloseStatus.PolicyViolation, "Full", CancellationToken.None);
            return;
        }

        using var stopping = lifetime.ApplicationStopping.Register(
            () => flow.Close(FlowCloseReason.Stopping, "The gateway stops."));
        try
        {
            flow.Open(handlers);
            await connection.Run(flow);
        }
        finally
        {
            flow.Close(FlowCloseReason.ConnectionLost, "The connection is over.");
            flows.Remove(flow);
        }
    }

    private static FlowPeer PeerOf(HttpContext context) =>
        new(context.Connection.RemoteIpAddress ?? IPAddress.None, context.Connection.RemotePort, context.User);

    [LoggerMessage(EventId = 110, EventName = "flow_refused", Level = LogLevel.Warning,
        Message = "A connection from {address} to the SIP endpoint was refused with {status}: {reason}")]
    private static partial void LogRefused(ILogger logger, string? address, int status, string reason);
}

/// <summary>How the SIP transport joins an application.</summary>
public static class SipTransportExtensions
{
    /// <summary>
    /// Adds flows and their endpoint. An <see cref="IFlowHandlerFactory"/> must be added too: what the flows are for.
    /// </summary>
    public static IServiceCollection AddSipTransport(this IServiceCollection services)
    {
        services.AddOptions<FlowOptions>().BindConfiguration(FlowOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FlowOptions>, FlowOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ISipIdentifiers, RandomIdentifiers>();
        services.AddAdmission();
        services.TryAddSingleton<FlowTable>();
        services.TryAddSingleton<WebSocketEndpoint>();
        return services;
    }

    /// <summary>Serves SIP over secure WebSocket at this path.</summary>
    public static IEndpointConventionBuilder MapSipWebSocket(
        this IEndpointRouteBuilder endpoints, string pattern = "/sip")
    {
        var endpoint = endpoints.ServiceProvider.GetRequiredService<WebSocketEndpoint>();
        return endpoints.Map(pattern, endpoint.Serve);
    }
}
