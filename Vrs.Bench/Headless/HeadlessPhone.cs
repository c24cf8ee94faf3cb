using System.Collections.Concurrent;
using System.Net.WebSockets;

namespace Vrs.Bench.Headless;

/// <summary>
/// A SIP device without a screen that speaks as JsSIP in a browser does (RFC 7118, RFC 5626, RFC 8898): it registers,
/// calls, is called, loses its connection and comes back. Its faults list says where the server broke a rule.
/// </summary>
/// <param name="server">The <c>wss:</c> address.</param>
/// <param name="identity">Who it is.</param>
public sealed class HeadlessPhone(Uri server, PeerIdentity identity) : IAsyncDisposable
{
    /// <summary>How long any reply of a server may take before the device calls it lost.</summary>
    public static readonly TimeSpan PatienceForReplies = TimeSpan.FromSeconds(20);

    private const string KeepAlive = "\r\n\r\n";
    private readonly ConcurrentDictionary<string, PeerExchange> _exchanges = new();
    private readonly ConcurrentDictionary<string, PeerCall> _calls = new();
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly string _registerCallId = Words.Long();
    private readonly string _registerTag = Words.Short();
    private PeerSocket? _socket;
    private uint _registerCSeq;

    public PeerIdentity Identity { get; private set; } = identity;

    /// <summary>The <c>wss:</c> address of the next connection: any gateway of the service will do.</summary>
    public Uri Server { get; set; } = server;

    /// <summary>Calls this device was sent.</summary>
    public History<IncomingCall> Incoming { get; } = new();

    /// <summary>Everything sent and received, when <see cref="KeepWire"/> is on.</summary>
    public History<WireLine> Wire { get; } = new();

    /// <summary>Whether to keep <see cref="Wire"/>; load runs do not.</summary>
    public bool KeepWire { get; init; }

    /// <summary>Whether it offers session timers (RFC 4028), as JsSIP does; false for a moved clock.</summary>
    public bool OffersSessionTimer { get; init; } = true;

    /// <summary>Which rules of SIP the server broke towards this device, in plain words.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    /// <summary>Completes when the present connection is over.</summary>
    public Task<WebSocketCloseStatus?> Closed => Socket.Closed;

    private PeerSocket Socket => _socket ?? throw new InvalidOperationException("The device is not connected.");

    /// <summary>Opens the WebSocket; a second time, a new one beside the lost one.</summary>
    public async Task Connect()
    {
        if (_socket is not null)
        {
            await _socket.DisposeAsync();
        }

        _socket = new PeerSocket();
        await _socket.Open(Server, OnText);
    }

    /// <summary>Uses this access token from the next request on.</summary>
    public void UseToken(string? token) => Identity = Identity with { Token = token };

    /// <summary>REGISTER with the device's one Contact (RFC 3261 section 10.2); 0 seconds removes it.</summary>
    public async Task<PeerMessage> Register(int expiresSeconds = 600)
    {
        var me = $"<{Identity.AddressOfRecord}>";
        var request = NewRequest(
            "REGISTER", $"sip:{Identity.Domain}", $"{me};tag={_registerTag}", me, _registerCallId, ++_registerCSeq);
        request.Add("Contact", $"<{Identity.ContactUri}>;+sip.ice;reg-id=1;" +
            $"+sip.instance=\"<{Identity.Instance}>\";expires={expiresSeconds}");
        request.Add("Expires", $"{expiresSeconds}");
        return await (await Begin(request)).Final(PatienceForReplies);
    }

    /// <summary>Places a call.</summary>
    /// <param name="target">The user part (a number, or a name) of the Request-URI.</param>
    /// <param name="sdp">The offer.</param>
    /// <param name="headers">More headers, such as <c>Vrs-Call</c>.</param>
    public async Task<OutgoingCall> Call(string target, string sdp, params (string Name, string Value)[] headers)
    {
        var uri = $"sip:{target}@{Identity.Domain}";
        var invite = NewRequest(
            "INVITE", uri, $"<{Identity.AddressOfRecord}>;tag={Words.Short()}", $"<{uri}>", Words.Long(), cseq: 1);
        foreach (var (name, value) in headers)
        {
            invite.Add(name, value);
        }

        invite.Add("Contact", $"<{Identity.ContactUri};ob>");
        if (OffersSessionTimer)
        {
            invite.Add("Session-Expires", "90");
        }

        invite.With("application/sdp", sdp);
        var exchange = new PeerExchange(invite);
        var call = new OutgoingCall(this, invite, exchange);
        exchange.Call = call;
        _calls[Key(call.CallId, call.LocalTag)] = call;
        await Begin(exchange);
        return call;
    }

    /// <summary>The next call this device is sent, after as many as the test has already seen.</summary>
    public Task<IncomingCall> NextCall(TimeSpan within, int alreadySeen = 0) =>
        Incoming.First($"{Identity.User}: an INVITE", _ => true, within, alreadySeen);

    /// <summary>Breaks the connection. As in JsSIP, pending calls are over and established ones live on.</summary>
    public void DropSocket()
    {
        Socket.Drop();
        ForgetPending();
    }

    /// <summary>Closes as a closed tab does: code 1001, no BYE.</summary>
    public async Task CloseTab()
    {
        await Socket.CloseTab();
        ForgetPending();
    }

    /// <summary>Sends a text as it is, e.g. a malformed message.</summary>
    public Task SendRaw(string text) => Socket.Send(text);

    /// <summary>A request with the headers JsSIP puts on all of them.</summary>
    public PeerMessage NewRequest(string method, string uri, string from, string to, string callId, uint cseq)
    {
        var request = PeerMessage.Request(method, uri)
            .Add("Via", $"SIP/2.0/WSS {Identity.Host};branch=z9hG4bK{Words.Long()}")
            .Add("Max-Forwards", "69")
            .Add("To", to)
            .Add("From", from)
            .Add("Call-ID", callId)
            .Add("CSeq", $"{cseq} {method}");
        if (Identity.Token is not null)
        {
            request.Add("Authorization", $"Bearer {Identity.Token}");
        }

        return request
            .Add("Allow", "INVITE,ACK,CANCEL,BYE,UPDATE,MESSAGE,OPTIONS,REFER,INFO,NOTIFY")
            .Add("Supported", OffersSessionTimer ? "timer,ice,replaces,outbound" : "ice,replaces,outbound")
            .Add("User-Agent", "vrs-headless");
    }

    /// <summary>Sends a request and remembers it, so that its responses find it.</summary>
    public async Task<PeerExchange> Begin(PeerMessage request)
    {
        var exchange = new PeerExchange(request);
        await Begin(exchange);
        return exchange;
    }

    public async ValueTask DisposeAsync()
    {
        if (_socket is not null)
        {
            await _socket.DisposeAsync();
        }
    }

    internal Task SendMessage(PeerMessage message)
    {
        Keep(message, sent: true);
        return Socket.Send(message.ToWire());
    }

    internal Task Respond(PeerMessage request, int status, string reason, string toTag) =>
        SendMessage(PeerMessage.Response(request, status, reason, toTag));

    /// <summary>The call that <c>Vrs-Takes-Over</c> names, while it lasts.</summary>
    internal PeerCall? FindTaken(string takesOver) =>
        takesOver.Split(";local-tag=") is [var callId, var tags]
            ? _calls.GetValueOrDefault(Key(callId, tags.Split(';')[0]))
            : null;

    internal void Forget(PeerCall call) => _calls.TryRemove(Key(call.CallId, call.LocalTag), out _);

    private static string Key(string callId, string localTag) => $"{callId} {localTag}";

    private async Task Begin(PeerExchange exchange)
    {
        _exchanges[$"{exchange.Request.Branch} {exchange.Request.Method}"] = exchange;
        await SendMessage(exchange.Request);
    }

    private void ForgetPending()
    {
        foreach (var call in _calls.Values.Where(c => !c.IsEstablished))
        {
            call.Finish("socket lost");
        }
    }

    private async Task OnText(string text)
    {
        if (text.AsSpan().Trim("\r\n").IsEmpty)
        {
            await (text == KeepAlive ? Socket.Send("\r\n") : Task.CompletedTask);
            return;
        }

        try
        {
            var message = PeerMessage.Parse(text);
            Keep(message, sent: false);
            foreach (var fault in PeerChecks.Faults(message, Identity))
            {
                _faults.Enqueue(fault);
            }

            await (message.Method is null ? OnResponse(message) : OnRequest(message));
        }
        catch (FormatException e)
        {
            _faults.Enqueue($"not a SIP message: {e.Message}");
        }
    }

    private async Task OnResponse(PeerMessage response)
    {
        if (!_exchanges.TryGetValue($"{response.Branch} {response.CSeqMethod}", out var exchange))
        {
            _faults.Enqueue($"{response}: answers no request of this device");
            return;
        }

        if (response.CSeqMethod == "INVITE" && response.Status >= 300)
        {
            await SendMessage(AckToRefusal(exchange.Request, response));
        }

        if (exchange.Call is { } call)
        {
            await call.OnResponse(response);
        }

        if (response.Status >= 200 && response.CSeqMethod != "INVITE")
        {
            _exchanges.TryRemove($"{response.Branch} {response.CSeqMethod}", out _);
        }

        exchange.Responses.Add(response);
    }

    /// <summary>RFC 3261 section 17.1.1.3: same branch, same Request-URI, the response's To.</summary>
    private static PeerMessage AckToRefusal(PeerMessage invite, PeerMessage response) =>
        PeerMessage.Request("ACK", invite.RequestUri)
            .Add("Via", invite["Via"]!)
            .Add("Max-Forwards", "69")
            .Add("To", response["To"] ?? "")
            .Add("From", invite["From"]!)
            .Add("Call-ID", invite.CallId)
            .Add("CSeq", $"{invite.CSeqNumber} ACK");

    private async Task OnRequest(PeerMessage request)
    {
        if (request.Method == "CANCEL")
        {
            var cancelled = _calls.Values.OfType<IncomingCall>().FirstOrDefault(c => c.Invite.Branch == request.Branch);
            await (cancelled?.OnCancel(request) ?? Respond(request, 481, "Call/Transaction Does Not Exist", "x"));
        }
        else if (request.ToTag.Length > 0 || request.Method == "ACK")
        {
            await OnDialogRequest(request);
        }
        else if (request.Method == "INVITE")
        {
            var call = new IncomingCall(this, request);
            _calls[Key(call.CallId, call.LocalTag)] = call;
            await Respond(request, 100, "Trying", "");
            Incoming.Add(call);
        }
        else
        {
            await Respond(request, request.Method == "OPTIONS" ? 200 : 405, "OK", Words.Short());
        }
    }

    private async Task OnDialogRequest(PeerMessage request)
    {
        if (_calls.TryGetValue(Key(request.CallId, request.ToTag), out var call))
        {
            if (request.FromTag != call.RemoteTag)
            {
                _faults.Enqueue($"{request}: From tag {request.FromTag}, the dialog's is {call.RemoteTag}");
            }

            await call.OnRequest(request);
        }
        else if (request.Method != "ACK")
        {
            await Respond(request, 481, "Call/Transaction Does Not Exist", "x");
        }
    }

    private void Keep(PeerMessage message, bool sent)
    {
        if (KeepWire)
        {
            Wire.Add(new WireLine(sent, message));
        }
    }
}

/// <summary>One message on the wire of a device.</summary>
/// <param name="Sent">True when the device sent it.</param>
/// <param name="Message">The message.</param>
public sealed record WireLine(bool Sent, PeerMessage Message)
{
    public override string ToString() => $"{(Sent ? ">" : "<")} {Message}";
}
