using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Vrs.Bench.Headless;

namespace Vrs.Tests.Integration.Headless;

/// <summary>The other end of a headless phone's WebSocket, with a test pulling the strings.</summary>
public sealed class ScriptedPeer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private WebSocket? _socket;

    private ScriptedPeer(WebApplication app) => _app = app;

    /// <summary>Every text the phone sent, over all its connections.</summary>
    public History<PeerMessage> Received { get; } = new();

    public Uri Uri => new(_app.Urls.Single().Replace("http:", "ws:", StringComparison.Ordinal) + "/sip");

    public static async Task<ScriptedPeer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var peer = new ScriptedPeer(app);
        app.UseWebSockets();
        app.Run(peer.Serve);
        await app.StartAsync();
        return peer;
    }

    public Task<PeerMessage> Next(string method, int from = 0) =>
        Received.First(method, m => m.Method == method, Wait.Reply, from);

    public Task<PeerMessage> NextResponse(int status, string method) =>
        Received.First($"{status} to {method}", m => m.Status == status && m.CSeqMethod == method, Wait.Reply);

    public Task Send(PeerMessage message) => Send(message.ToWire());

    public Task Send(string text) => _socket!.SendAsync(
        Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Serve(HttpContext context)
    {
        _socket = await context.WebSockets.AcceptWebSocketAsync("sip");
        var buffer = new byte[65536];
        try
        {
            var length = 0;
            while (await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None) is var part
                && part.MessageType == WebSocketMessageType.Text)
            {
                length += part.Count;
                if (part.EndOfMessage)
                {
                    Received.Add(PeerMessage.Parse(Encoding.UTF8.GetString(buffer, 0, length)));
                    length = 0;
                }
            }
        }
        catch (WebSocketException)
        {
            // The phone dropped its connection, which is what some tests are about.
            context.Abort();
        }
    }
}
