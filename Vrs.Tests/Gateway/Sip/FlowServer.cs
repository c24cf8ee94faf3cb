using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Vrs.Gateway;
using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Sip.Transactions;
using Vrs.Gateway.Sip.Transport;

namespace Vrs.Tests.Gateway.Sip;

/// <summary>A real web server on loopback with the SIP endpoint on it, over TLS and (to be refused) without.</summary>
internal sealed class FlowServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly X509Certificate2 _certificate;

    private FlowServer(WebApplication app, X509Certificate2 certificate, TestHandlers handlers)
    {
        _app = app;
        _certificate = certificate;
        Handlers = handlers;
    }

    public TestHandlers Handlers { get; }

    public FlowTable Flows => _app.Services.GetRequiredService<FlowTable>();

    public static async Task<FlowServer> Start(
        Action<FlowOptions>? configure = null, TimeProvider? time = null)
    {
        var handlers = new TestHandlers();
        var certificate = SelfSigned();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listener => listener.UseHttps(certificate));
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSipTransport();
        builder.Services.Configure<GatewayOptions>(options =>
            options.SigningKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        builder.Services.AddSingleton<IFlowHandlerFactory>(handlers);
        builder.Services.Configure<FlowOptions>(options => configure?.Invoke(options));
        var app = builder.Build();
        app.UseWebSockets();
        app.MapSipWebSocket();
        await app.StartAsync();
        return new FlowServer(app, certificate, handlers);
    }

    public Uri Address(string scheme) =>
        new UriBuilder(new Uri(Listeners.First(address => address.StartsWith(
            scheme is "wss" or "https" ? "https:" : "http:", StringComparison.Ordinal))))
        {
            Scheme = scheme,
            Path = "/sip",
        }.Uri;

    public async Task<SipSocket> Connect(string scheme = "wss", string? subprotocol = "sip")
    {
        var socket = NewClient(subprotocol);
        await socket.ConnectAsync(Address(scheme), CancellationToken.None);
        return new SipSocket(socket);
    }

    public async Task<HttpStatusCode> StatusOfConnect(string scheme, string? subprotocol)
    {
        using var socket = NewClient(subprotocol);
        await Assert.ThrowsAsync<WebSocketException>(
            () => socket.ConnectAsync(Address(scheme), CancellationToken.None));
        return socket.HttpStatusCode;
    }

    public Task Stop() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate.Dispose();
    }

    private ClientWebSocket NewClient(string? subprotocol)
    {
        var socket = new ClientWebSocket();
        socket.Options.RemoteCertificateValidationCallback =
            (_, presented, _, _) => _certificate.Equals(presented);
        socket.Options.CollectHttpResponseDetails = true;
        if (subprotocol is not null)
        {
            socket.Options.AddSubProtocol(subprotocol);
        }

        return socket;
    }

    private ICollection<string> Listeners =>
        _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}

/// <summary>A client's end of a flow.</summary>
internal sealed class SipSocket(ClientWebSocket socket) : IDisposable
{
    public ClientWebSocket Socket => socket;

    public Task Send(string text) => Send(SipSamples.Bytes(text));

    public Task Send(byte[] bytes, WebSocketMessageType type = WebSocketMessageType.Text) =>
        socket.SendAsync(bytes, type, true, CancellationToken.None);

    /// <summary>The next message as text; null when the server closed.</summary>
    public async Task<string?> Receive()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var buffer = new byte[256 * 1024];
        var length = 0;
        while (true)
        {
            var result = await socket.ReceiveAsync(buffer.AsMemory(length), patience.Token);
            length += result.Count;
            if (result.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            if (result.EndOfMessage)
            {
                return Encoding.UTF8.GetString(buffer, 0, length);
            }
        }
    }

    public async Task<SipResponse> Response() =>
        SipSamples.Parse<SipResponse>(await Receive() ?? throw new InvalidOperationException("The server closed."));

    public void Dispose() => socket.Dispose();
}

/// <summary>What tests see of the flows of a server.</summary>
internal sealed class TestHandlers : IFlowHandlerFactory
{
    private readonly TaskCompletionSource<FlowClose> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentQueue<Flow> Opened { get; } = new();

    /// <summary>How the first flow that closed did so.</summary>
    public Task<FlowClose> Closed => _closed.Task.WaitAsync(TimeSpan.FromSeconds(20));

    public Func<Flow, ServerTransaction, Task> Answer { get; set; } = (_, transaction) =>
    {
        transaction.Respond(200);
        return Task.CompletedTask;
    };

    public IFlowHandler Create(Flow flow)
    {
        Opened.Enqueue(flow);
        return new Handler(this, flow);
    }

    private sealed class Handler(TestHandlers owner, Flow flow) : IFlowHandler
    {
        public void OnRequest(ServerTransaction transaction, SipRequest request) =>
            flow.Answer(transaction, () => owner.Answer(flow, transaction));

        public void OnCancelled(ServerTransaction inviteTransaction, SipRequest cancel) =>
            inviteTransaction.Respond(487);

        public void OnAck(SipRequest ack)
        {
        }

        public void OnAnsweredElsewhere(SipResponse answer)
        {
        }

        public void OnTransactionFailed(ServerTransaction transaction, TransactionFailure failure)
        {
        }

        public void OnClosed(FlowClose close) => owner._closed.TrySetResult(close);
    }
}
