using System.Buffers;
using System.Net.WebSockets;
using System.Threading.Channels;

namespace Vrs.Gateway.Sip.Transport;

/// <summary>A WebSocket as the wire of a flow (RFC 7118): one SIP message is one text or binary message.</summary>
internal sealed class WebSocketConnection(WebSocket socket, FlowOptions options, TimeProvider time)
    : IFlowConnection, IDisposable
{
    private const int SmallBuffer = 4096;

    // What is thrown away is read in larger pieces: who sends too much of it is paced by each.
    private const int ScratchBuffer = 64 * 1024;

    // RFC 6455 section 7.1.5: what a closing without a code counts as.
    private const int NoCode = 1005;

    private readonly CancellationTokenSource _cut = new();
    private readonly Channel<ReadOnlyMemory<byte>> _outbound = Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(options.MaxOutbound) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly Lock _gate = new();
    private FlowClose? _close;
    private bool _disposed;

    public bool TrySend(ReadOnlyMemory<byte> message) => _outbound.Writer.TryWrite(message);

    public void Close(FlowClose close)
    {
        _close = close;
        _outbound.Writer.TryComplete();
        var cutNow = close.Reason
            is FlowCloseReason.NoData or FlowCloseReason.SlowClient or FlowCloseReason.ConnectionLost;
        lock (_gate)
        {
            if (!_disposed)
            {
                // Otherwise the writing task says good-bye, and nobody waits longer than this for the peer's.
                _cut.CancelAfter(cutNow ? TimeSpan.Zero : options.CloseWithin);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _cut.Dispose();
        }
    }

    /// <summary>Reads and writes until the connection is over.</summary>
    public async Task Run(Flow flow)
    {
        var writing = Write(flow);
        await Read(flow);
        await writing;
    }

    private async Task Read(Flow flow)
    {
        try
        {
            while (flow.IsOpen)
            {
                await ReadMessage(flow);
            }

            await Drain(flow);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or IOException)
        {
            flow.Close(FlowCloseReason.ConnectionLost, $"The connection broke ({error.GetType().Name}).");
        }
        finally
        {
            _outbound.Writer.TryComplete();
        }
    }

    // What is unread when a socket is closed makes the system reset the connection, and the peer never learns why.
    private async Task Drain(Flow flow)
    {
        using var scratch = MemoryPool<byte>.Shared.Rent(ScratchBuffer);
        while (socket.State is WebSocketState.Open or WebSocketState.CloseSent)
        {
            var result = await socket.ReceiveAsync(scratch.Memory, _cut.Token);
            await flow.Pace(result.Count, _cut.Token);
        }
    }

    private async Task ReadMessage(Flow flow)
    {
        // Most connections wait most of the time, and none holds a buffer while it does.
        var first = await socket.ReceiveAsync(Memory<byte>.Empty, _cut.Token);
        if (IsClose(first, flow))
        {
            return;
        }

        if (first.EndOfMessage)
        {
            await flow.Receive(ReadOnlyMemory<byte>.Empty, cut: false, _cut.Token);
            return;
        }

        await ReadContent(flow);
    }

    private async Task ReadContent(Flow flow)
    {
        var limit = options.Limits.MessageBytes;
        var buffer = ArrayPool<byte>.Shared.Rent(SmallBuffer);
        var kept = 0;
        var total = 0;
        try
        {
            while (true)
            {
                if (kept == buffer.Length && kept < limit)
                {
                    buffer = Grow(buffer);
                }

                // Past the limit the rest is read over what was kept last, and counted.
                var room = kept < limit ? buffer.AsMemory(kept, Math.Min(buffer.Length, limit) - kept) : null;
                using var scratch = room.IsEmpty ? MemoryPool<byte>.Shared.Rent(ScratchBuffer) : null;
                var result = await socket.ReceiveAsync(scratch?.Memory ?? room, _cut.Token);
                if (IsClose(result, flow))
                {
                    return;
                }

                await flow.Pace(result.Count, _cut.Token);
                total += result.Count;
                kept += scratch is null ? result.Count : 0;
                if (total > options.MaxFrameBytes)
                {
                    flow.Close(FlowCloseReason.TooLarge, $"A message of more than {options.MaxFrameBytes} bytes.");
                    return;
                }

                if (result.EndOfMessage)
                {
                    await flow.Receive(buffer.AsMemory(0, kept), total > kept, _cut.Token);
                    return;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private bool IsClose(ValueWebSocketReceiveResult result, Flow flow)
    {
        if (result.MessageType != WebSocketMessageType.Close)
        {
            return false;
        }

        var code = (int?)socket.CloseStatus ?? NoCode;
        flow.Close(FlowCloseReason.PeerClosed, $"The device closed with code {code}.");
        return true;
    }

    private static byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private async Task Write(Flow flow)
    {
        try
        {
            await foreach (var message in _outbound.Reader.ReadAllAsync(_cut.Token))
            {
                await socket
                    .SendAsync(message, WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, _cut.Token)
                    .AsTask()
                    .WaitAsync(options.SendTimeout, time, _cut.Token);
            }

            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(StatusOf(_close), _close?.Reason.ToString(), _cut.Token);
            }
        }
        catch (TimeoutException)
        {
            flow.Close(FlowCloseReason.SlowClient, $"A message was not taken within {options.SendTimeout}.");
            socket.Abort();
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or IOException)
        {
            flow.Close(FlowCloseReason.ConnectionLost, $"The connection broke ({error.GetType().Name}).");
            socket.Abort();
        }
    }

    private static WebSocketCloseStatus StatusOf(FlowClose? close) => close?.Reason switch
    {
        FlowCloseReason.Unparsable => WebSocketCloseStatus.ProtocolError,
        FlowCloseReason.TooLarge => WebSocketCloseStatus.MessageTooBig,
        FlowCloseReason.Stopping => WebSocketCloseStatus.EndpointUnavailable,
        _ => WebSocketCloseStatus.NormalClosure,
    };
}
