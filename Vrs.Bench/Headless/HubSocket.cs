using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Vrs.Bench.Headless;

/// <summary>Where a hub is, with the query that carries the token.</summary>
/// <param name="uri">A <c>wss:</c> address.</param>
internal sealed class HubEndPoint(Uri uri) : EndPoint
{
    public Uri Uri { get; } = uri;

    public override string ToString() => Uri.GetLeftPart(UriPartial.Path);
}

/// <summary>
/// Opens a SignalR connection straight on a WebSocket, without the negotiation that other transports need.
/// </summary>
internal sealed class HubSocketFactory : IConnectionFactory
{
    public async ValueTask<ConnectionContext> ConnectAsync(
        EndPoint endpoint,
        CancellationToken cancellationToken = default)
    {
        var uri = ((HubEndPoint)endpoint).Uri;
        var socket = new ClientWebSocket();
        socket.Options.RemoteCertificateValidationCallback = LocalTrust.For(uri);
        await socket.ConnectAsync(uri, cancellationToken);
        return new HubSocket(socket);
    }
}

/// <summary>A WebSocket as the pair of pipes that SignalR's client reads and writes.</summary>
internal sealed class HubSocket : ConnectionContext
{
    private readonly ClientWebSocket _socket;
    private readonly Pipe _input = new();
    private readonly Pipe _output = new();
    private readonly Task _receiving;
    private readonly Task _sending;

    public HubSocket(ClientWebSocket socket)
    {
        _socket = socket;
        Transport = new Ends(_input.Reader, _output.Writer);
        _receiving = Receive();
        _sending = Send();
    }

    public override string ConnectionId { get; set; } = Guid.NewGuid().ToString("N");

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

    public override IDuplexPipe Transport { get; set; }

    public override void Abort(ConnectionAbortedException abortReason) => _socket.Abort();

    public override async ValueTask DisposeAsync()
    {
        await Transport.Output.CompleteAsync();
        await _sending;
        _socket.Abort();
        await _receiving;
        _socket.Dispose();
        await base.DisposeAsync();
    }

    private async Task Receive()
    {
        Exception? fault = null;
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(_input.Writer.GetMemory(4096), CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }

                _input.Writer.Advance(part.Count);
                await _input.Writer.FlushAsync();
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            fault = e;
        }

        await _input.Writer.CompleteAsync(fault);
    }

    private async Task Send()
    {
        Exception? fault = null;
        try
        {
            while (true)
            {
                var result = await _output.Reader.ReadAsync();
                foreach (var piece in result.Buffer)
                {
                    await _socket.SendAsync(piece, WebSocketMessageType.Text, true, CancellationToken.None);
                }

                _output.Reader.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                {
                    break;
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            fault = e;
        }

        await _output.Reader.CompleteAsync(fault);
    }

    private sealed record Ends(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
