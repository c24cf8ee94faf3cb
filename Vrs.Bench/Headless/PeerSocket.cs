using System.Net.WebSockets;
using System.Text;

namespace Vrs.Bench.Headless;

/// <summary>One WebSocket of a headless device (RFC 7118): text frames out, text frames in, one loop reading.</summary>
public sealed class PeerSocket : IAsyncDisposable
{
    private const int UsualMessageBytes = 16 * 1024;
    private const int LargestMessageBytes = 256 * 1024;
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly TaskCompletionSource<WebSocketCloseStatus?> _closed =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task _reading = Task.CompletedTask;

    /// <summary>Completes when the connection is over: the server's close code, or null when it broke.</summary>
    public Task<WebSocketCloseStatus?> Closed => _closed.Task;

    public bool IsOpen => _socket.State == WebSocketState.Open;

    /// <summary>Connects and starts reading.</summary>
    /// <param name="uri">A <c>wss:</c> address; <c>ws:</c> only ever reaches a scripted peer in a test.</param>
    /// <param name="onText">Called for every message, in order, on the reading loop.</param>
    /// <exception cref="WebSocketException">The server is not there, or refused the handshake.</exception>
    public async Task Open(Uri uri, Func<string, Task> onText)
    {
        _socket.Options.AddSubProtocol("sip");
        _socket.Options.KeepAliveInterval = TimeSpan.Zero;
        _socket.Options.RemoteCertificateValidationCallback = LocalTrust.For(uri);
        using var deadline = new CancellationTokenSource(HeadlessPhone.PatienceForReplies);
        await _socket.ConnectAsync(uri, deadline.Token);
        _reading = Read(onText);
    }

    public async Task Send(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(bytes, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Breaks the connection as a lost network does: nothing is said.</summary>
    public void Drop() => _socket.Abort();

    /// <summary>Closes as a closed browser tab does: code 1001 and no farewell in SIP.</summary>
    public async Task CloseTab()
    {
        using var deadline = new CancellationTokenSource(HeadlessPhone.PatienceForReplies);
        await _socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, null, deadline.Token);
        await Closed.WaitAsync(deadline.Token);
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _reading;
        _socket.Dispose();
        _sending.Dispose();
    }

    private async Task Read(Func<string, Task> onText)
    {
        try
        {
            var buffer = new byte[UsualMessageBytes];
            while (true)
            {
                var length = 0;
                while (true)
                {
                    if (length == buffer.Length)
                    {
                        Array.Resize(ref buffer, Grown(buffer.Length));
                    }

                    var part = await _socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                    if (part.MessageType == WebSocketMessageType.Close)
                    {
                        return;
                    }

                    length += part.Count;
                    if (part.EndOfMessage)
                    {
                        break;
                    }
                }

                await onText(Encoding.UTF8.GetString(buffer, 0, length));
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // A broken connection is an ordinary end; whoever waits for Closed learns it there.
            _closed.TrySetResult(null);
        }
        finally
        {
            _closed.TrySetResult(_socket.CloseStatus);
        }
    }

    private static int Grown(int length) =>
        length < LargestMessageBytes
            ? length * 2
            : throw new InvalidOperationException($"The server sent a message over {LargestMessageBytes} bytes.");
}
