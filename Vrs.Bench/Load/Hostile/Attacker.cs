using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Vrs.Bench.Headless;

namespace Vrs.Bench.Load.Hostile;

/// <summary>
/// Somebody who means harm, at a loopback address of her own. She works until she is told to stop, and notes what the
/// server did with her.
/// </summary>
/// <param name="name">What she does, in a word or two.</param>
/// <param name="server">The server; it must be on this machine.</param>
/// <param name="address">Her own address, in 127.0.0.0/8.</param>
internal abstract class Attacker(string name, Uri server, IPAddress address)
{
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromMilliseconds(50);
    private readonly ConcurrentDictionary<string, int> _outcomes = new(StringComparer.Ordinal);

    public string Name { get; } = name;

    /// <summary>What happened to her, and how often.</summary>
    public IEnumerable<Outcome> Outcomes =>
        _outcomes.OrderByDescending(pair => pair.Value).Select(pair => new Outcome(Name, pair.Key, pair.Value));

    protected Uri Server { get; } = server;

    /// <summary>Attacks again and again.</summary>
    public async Task Work(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Attack(stop);
            }
            catch (Exception e) when (e is WebSocketException or HttpRequestException or IOException or SocketException)
            {
                Note("connection refused or closed");
                await Pause(AfterRefusal, stop);
            }
            catch (OperationCanceledException)
            {
                Note(stop.IsCancellationRequested ? "under way at the end" : "no answer");
            }
        }
    }

    /// <summary>One attack, of any length.</summary>
    protected abstract Task Attack(CancellationToken stop);

    protected void Note(string outcome) => _outcomes.AddOrUpdate(outcome, 1, (_, count) => count + 1);

    protected static Task Pause(TimeSpan pause, CancellationToken stop) =>
        Task.Delay(pause, stop).ContinueWith(_ => { }, TaskScheduler.Default);

    /// <summary>An HTTP client whose connections come from her address.</summary>
    protected HttpClient NewHttp() => new(NewHandler()) { BaseAddress = Server };

    /// <summary>A SIP connection from her address.</summary>
    protected async Task<ClientWebSocket> Connect(CancellationToken stop)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("sip");
        socket.Options.CollectHttpResponseDetails = true;
        using var invoker = new HttpMessageInvoker(NewHandler());
        try
        {
            await socket.ConnectAsync(
                new UriBuilder(Server) { Scheme = "wss", Path = "/sip" }.Uri, invoker, stop);
            return socket;
        }
        catch (WebSocketException)
        {
            Note($"upgrade answered {(int)socket.HttpStatusCode}");
            socket.Dispose();
            throw;
        }
    }

    protected static Task Send(ClientWebSocket socket, string text, CancellationToken stop) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, stop);

    /// <summary>Reads answers and notes their statuses, until the connection is over.</summary>
    protected async Task NoteAnswers(ClientWebSocket socket, CancellationToken stop)
    {
        var buffer = new byte[64 * 1024];
        while (socket.State == WebSocketState.Open)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(), stop);
            var text = Encoding.UTF8.GetString(buffer, 0, read.Count);
            Note(text.StartsWith("SIP/2.0 ", StringComparison.Ordinal) ? $"answered {text[8..11]}" : "closed");
        }
    }

    protected async Task<Socket> ConnectTcp(CancellationToken stop)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, 0));
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, Server.Port), stop);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private SocketsHttpHandler NewHandler() => new()
    {
        UseCookies = false,
        SslOptions = { RemoteCertificateValidationCallback = LocalTrust.For(Server) },
        ConnectCallback = async (_, stop) => new NetworkStream(await ConnectTcp(stop), ownsSocket: true),
    };
}
