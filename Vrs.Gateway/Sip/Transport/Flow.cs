using Microsoft.Extensions.Logging;
using Vrs.Gateway.Admission;
using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Sip.Parsing;
using Vrs.Gateway.Sip.Transactions;
using Vrs.Gateway.Telemetry;
using Vrs.Grains.Interfaces.Registrations;

namespace Vrs.Gateway.Sip.Transport;

/// <summary>
/// One live connection of one device (RFC 5626), as an actor: its messages, timers, commands and the continuations of
/// its handlers run one at a time on its loop. Members marked thread-safe may be called from anywhere, the others on
/// the loop.
/// </summary>
public sealed class Flow : ITransactionTransport, IFlowScheduler, IDisposable
{
    private static readonly byte[] Ping = "\r\n\r\n"u8.ToArray();
    private static readonly byte[] Pong = "\r\n"u8.ToArray();

    private readonly FlowOptions _options;
    private readonly TimeProvider _time;
    private readonly IFlowConnection _connection;
    private readonly SipTrace _trace;
    private readonly SemaphoreSlim _inbound;
    private readonly TokenBucket _allowance;
    private readonly long _opened;
    private IFlowHandler? _handler;
    private FlowClose? _close;
    private int _commands;
    private long _lastData;

    internal Flow(
        FlowId id,
        FlowPeer peer,
        IFlowConnection connection,
        FlowGate gate,
        FlowOptions options,
        TimeProvider time,
        ISipIdentifiers identifiers,
        ILogger logger)
    {
        Id = id;
        Peer = peer;
        Gate = gate;
        _options = options;
        _time = time;
        _connection = connection;
        _trace = new SipTrace(logger, id, gate.MayLog);
        _inbound = new SemaphoreSlim(options.MaxInbound);
        _opened = _lastData = time.GetTimestamp();
        _allowance = new TokenBucket(Rate.Of(options.MessagesPerSecond, options.MessageBurst), TimeSpan.Zero);
        Loop = new FlowLoop(time, _trace.HandlerFault);
        Transactions = new TransactionLayer(this, this, identifiers, options.Transactions);
    }

    /// <summary>Its name, new for every connection.</summary>
    public FlowId Id { get; }

    /// <summary>Who is at the other end.</summary>
    public FlowPeer Peer { get; }

    /// <summary>What it takes of what all connections share.</summary>
    public FlowGate Gate { get; }

    /// <summary>Its loop.</summary>
    public FlowLoop Loop { get; }

    /// <summary>Its transactions.</summary>
    public TransactionLayer Transactions { get; }

    /// <summary>False once it is closed. Thread-safe.</summary>
    public bool IsOpen => Volatile.Read(ref _close) is null;

    public bool IsReliable => true;

    public string ViaTransport => "WSS";

    public string ViaHost => _options.SentBy;

    /// <summary>
    /// Runs work on the loop. Thread-safe. False when the flow is closed or too many commands wait already: the caller
    /// must tell whoever gave the command.
    /// </summary>
    public bool TryPost(Action work)
    {
        if (!IsOpen)
        {
            return false;
        }

        if (Interlocked.Increment(ref _commands) > _options.MaxCommands)
        {
            Interlocked.Decrement(ref _commands);
            return false;
        }

        Loop.Post(() =>
        {
            Interlocked.Decrement(ref _commands);
            work();
        });
        return true;
    }

    /// <summary>
    /// Starts asynchronous work on the loop; it goes on there after each await. Thread-safe. What it throws is logged
    /// as a fault of this flow.
    /// </summary>
    public void Start(Func<Task> work) => Loop.Post(static async state => await ((Func<Task>)state!)(), work);

    /// <summary>
    /// Starts asynchronous work that ends in the answer to a request, as <see cref="Start"/> does. When the work fails
    /// before it answered, the request gets 500.
    /// </summary>
    public void Answer(ServerTransaction transaction, Func<Task> work) => Start(async () =>
    {
        try
        {
            await work();
        }
        catch
        {
            transaction.Respond(SipStatus.ServerInternalError);
            throw;
        }
    });

    /// <summary>Runs work on the loop after a delay, unless the flow is closed by then.</summary>
    public IDisposable Schedule(TimeSpan delay, Action work) => Loop.Schedule(delay, () =>
    {
        if (IsOpen)
        {
            work();
        }
    });

    /// <summary>Queues a message for sending. False when the flow is closed.</summary>
    public bool Send(SipMessage message)
    {
        if (!IsOpen)
        {
            return false;
        }

        _trace.Sent(message);
        SipTelemetry.Sent(message);
        return SendBytes(SipWriter.ToBytes(message));
    }

    /// <summary>Closes the flow; its handler is told on the loop. Thread-safe; only the first reason counts.</summary>
    public void Close(FlowCloseReason reason, string detail)
    {
        var close = new FlowClose(reason, detail);
        if (Interlocked.CompareExchange(ref _close, close, null) is not null)
        {
            return;
        }

        _trace.Closed(close);
        GatewayInstruments.FlowsClosed.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString()));
        _connection.Close(close);
        Loop.Post(() =>
        {
            Transactions.Close();
            _handler?.OnClosed(close);
        });
    }

    public void Dispose() => _inbound.Dispose();

    /// <summary>Makes the handler and starts watching for life.</summary>
    internal void Open(IFlowHandlerFactory factory) => Loop.Post(() =>
    {
        _trace.Opened(Peer);
        _handler = factory.Create(this);
        Transactions.Attach(_handler, _handler.Checks.Refuse);
        WatchIn(_options.PingAfter);
    });

    /// <summary>
    /// Counts bytes that were read, on the connection's reading task. Waits while too many came in too short a time.
    /// </summary>
    /// <param name="count">How many.</param>
    /// <param name="closing">The connection is being closed.</param>
    internal ValueTask Pace(int count, CancellationToken closing) => Hold(Gate.ReadBytes(count), closing);

    /// <summary>
    /// Takes one WebSocket message, on the connection's reading task. Waits while too many came in too short a time or
    /// wait on the loop, so that the socket is not read meanwhile.
    /// </summary>
    /// <param name="data">The message; not used after return.</param>
    /// <param name="cut">It was larger than <see cref="SipLimits.MessageBytes"/>; this is its beginning.</param>
    /// <param name="closing">The connection is being closed.</param>
    internal async ValueTask Receive(ReadOnlyMemory<byte> data, bool cut, CancellationToken closing = default)
    {
        Volatile.Write(ref _lastData, _time.GetTimestamp());
        var own = _allowance.Take(_time.GetElapsedTime(_opened));
        var shared = Gate.ReadMessage();
        await Hold(own > shared ? own : shared, closing);
        if (IsKeepAlive(data.Span))
        {
            // RFC 5626 section 4.4.1: two line breaks ask, one answers.
            if (data.Length >= Ping.Length)
            {
                SendBytes(Pong);
            }

            return;
        }

        if (!SipParser.TryParse(data.Span, out var message, out var error, _options.Limits, cut))
        {
            Refuse(error);
            return;
        }

        await _inbound.WaitAsync(closing);
        Loop.Post(() =>
        {
            _inbound.Release();
            Process(message);
        });
    }

    private async ValueTask Hold(TimeSpan wait, CancellationToken closing)
    {
        if (wait > TimeSpan.Zero)
        {
            _trace.Flooded(wait);
            GatewayInstruments.Delayed.Add(1);
            await Task.Delay(wait, _time, closing);
        }
    }

    private void Process(SipMessage message)
    {
        if (!IsOpen)
        {
            return;
        }

        _trace.Received(message);
        SipTelemetry.Received(message);
        if (message is SipRequest request)
        {
            ReceivedVia.Mark(request, Peer);
        }

        Transactions.Receive(message);
    }

    private void Refuse(SipParseError error)
    {
        _trace.Malformed(error);
        GatewayInstruments.Malformed.Add(
            1, new KeyValuePair<string, object?>("disposition", error.Disposition.ToString()));
        if (error.Disposition == ParseDisposition.Close)
        {
            Close(FlowCloseReason.Unparsable, error.ToString());
        }
        else if (error.Disposition == ParseDisposition.Answer)
        {
            SendBytes(error.Answer);
        }
    }

    private bool SendBytes(ReadOnlyMemory<byte> bytes)
    {
        if (_connection.TrySend(bytes))
        {
            return true;
        }

        Close(FlowCloseReason.SlowClient, "More messages wait to be sent than a working client leaves.");
        return false;
    }

    private void WatchIn(TimeSpan delay) => Schedule(delay, Watch);

    private void Watch()
    {
        var quiet = _time.GetElapsedTime(Volatile.Read(ref _lastData));
        if (quiet < _options.PingAfter)
        {
            WatchIn(_options.PingAfter - quiet);
            return;
        }

        var asked = _time.GetTimestamp();
        Schedule(_options.PongWithin, () => CheckPong(asked));
        SendBytes(Ping);
    }

    private void CheckPong(long asked)
    {
        if (Volatile.Read(ref _lastData) < asked)
        {
            Close(FlowCloseReason.NoData, "Nothing came from the device, not even the answer to a keep-alive.");
            return;
        }

        WatchIn(_options.PingAfter);
    }

    private static bool IsKeepAlive(ReadOnlySpan<byte> data) =>
        data.IsEmpty || !data.ContainsAnyExcept((byte)'\r', (byte)'\n');
}
