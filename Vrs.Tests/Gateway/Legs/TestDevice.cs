using System.Net;
using System.Security.Claims;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Vrs.Gateway.Admission;
using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Sip.Parsing;
using Vrs.Gateway.Sip.Transactions;
using Vrs.Gateway.Sip.Transport;
using Vrs.Grains.Interfaces.Registrations;
using Vrs.Tests.Gateway.Admission;

namespace Vrs.Tests.Gateway.Legs;

/// <summary>A SIP device at the other end of a flow that has no network: it sends and gets messages as bytes.</summary>
internal sealed class TestDevice : IFlowConnection
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly RandomIdentifiers Identifiers = new();

    private readonly Channel<SipMessage> _received = Channel.CreateUnbounded<SipMessage>();
    private readonly string _domain;
    private uint _cseq;

    public TestDevice(
        string user,
        IFlowHandlerFactory handlers,
        TimeProvider time,
        FlowTable? table = null,
        ILogger? logger = null,
        string domain = "vrs.local",
        FlowGate? gate = null)
    {
        User = user;
        _domain = domain;
        Flow = new Flow(
            FlowId.From(Identifiers.Next()),
            new FlowPeer(IPAddress.Parse("192.0.2.7"), 4711, new ClaimsPrincipal()),
            this,
            gate ?? Gates.Open(time),
            new FlowOptions { PingAfter = TimeSpan.FromHours(10) },
            time,
            Identifiers,
            logger ?? NullLogger.Instance);
        Assert.NotEqual(false, table?.TryAdd(Flow));
        Flow.Open(handlers);
    }

    public string User { get; }

    public Flow Flow { get; }

    public string Contact { get; set; } = "sip:device@x.invalid;transport=ws";

    /// <summary>The token sent with requests; null sends none.</summary>
    public string? Token { get; set; } = "";

    public NameAddress Address => NameAddress.Parse($"<sip:{User}@{_domain}>");

    /// <summary>A request outside a dialog.</summary>
    public SipRequest Request(SipMethod method, string uri, params (string Name, string Value)[] headers)
    {
        var target = SipUri.Parse(uri);
        var to = method == SipMethod.Register ? Address : new NameAddress(target);
        var from = Address.WithTag(Identifiers.Next());
        return Complete(SipRequest.Create(method, target, from, to, Identifiers.Next(), ++_cseq), headers);
    }

    /// <summary>A request in the dialog that a response to our INVITE made.</summary>
    public SipRequest InDialog(SipMethod method, SipResponse of, params (string Name, string Value)[] headers)
    {
        var cseq = method == SipMethod.Ack ? of.CSeq.Number : ++_cseq;
        var target = of.Contact?.Uri ?? SipUri.Parse($"sip:relay@{_domain}");
        return Complete(SipRequest.Create(method, target, of.From, of.To, of.CallId, cseq), headers);
    }

    /// <summary>A request in the dialog of an INVITE we answered with this tag.</summary>
    public SipRequest InDialog(
        SipMethod method, SipRequest invite, string tag, params (string Name, string Value)[] headers) =>
        Complete(
            SipRequest.Create(
                method, invite.Contact!.Uri, invite.To.WithTag(tag), invite.From, invite.CallId, ++_cseq),
            headers);

    public async Task<SipRequest> Send(SipRequest request)
    {
        await Write(request);
        return request;
    }

    public Task Send(SipResponse response) => Write(response);

    public async Task<SipResponse> Answer(SipRequest request, int status, string? sdp = null, string? tag = null)
    {
        var response = SipResponse.For(request, status, tag ?? "device-tag");
        response.Headers.Add(HeaderNames.Contact, $"<{Contact}>");
        if (sdp is not null)
        {
            response.SetBody("application/sdp", sdp);
        }

        await Write(response);
        return response;
    }

    /// <summary>The CANCEL of a request that was sent.</summary>
    public Task Cancel(SipRequest invite) => Write(new SipRequest
    {
        Method = SipMethod.Cancel,
        RequestUri = invite.RequestUri,
        Vias = invite.Vias,
        From = invite.From,
        To = invite.To,
        CallId = invite.CallId,
        CSeq = new CSeq(invite.CSeq.Number, SipMethod.Cancel),
    });

    /// <summary>The ACK to a failure: same branch as the INVITE.</summary>
    public Task AckFailure(SipRequest invite, SipResponse failure) => Write(new SipRequest
    {
        Method = SipMethod.Ack,
        RequestUri = invite.RequestUri,
        Vias = invite.Vias,
        From = invite.From,
        To = failure.To,
        CallId = invite.CallId,
        CSeq = new CSeq(invite.CSeq.Number, SipMethod.Ack),
    });

    /// <summary>The next message; requests and responses alike.</summary>
    public async Task<SipMessage> Next()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            return await _received.Reader.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{User}'s device got no further message.");
        }
    }

    /// <summary>
    /// The next response with this status to a request of this method; provisional ones before it are dropped.
    /// </summary>
    public async Task<SipResponse> Expect(int status, SipMethod method)
    {
        while (true)
        {
            var message = await Next();
            if (message is SipResponse { IsProvisional: true } early && early.StatusCode != status)
            {
                continue;
            }

            var response = Assert.IsType<SipResponse>(message);
            Assert.Equal($"{status} {method}", $"{response.StatusCode} {response.CSeq.Method}");
            return response;
        }
    }

    /// <summary>The next message is a request of this method.</summary>
    public async Task<SipRequest> Expect(SipMethod method)
    {
        var request = Assert.IsType<SipRequest>(await Next());
        Assert.Equal(method, request.Method);
        return request;
    }

    public Task<SipResponse> Register(params (string Name, string Value)[] headers) => Ask(Request(
        SipMethod.Register,
        $"sip:{_domain}",
        [("Contact", $"<{Contact}>;+sip.instance=\"<urn:uuid:{User}>\";reg-id=1"), .. headers]));

    public async Task<SipResponse> Ask(SipRequest request)
    {
        await Send(request);
        return Assert.IsType<SipResponse>(await Next());
    }

    public void Disconnect() => Flow.Close(FlowCloseReason.PeerClosed, "The device went away.");

    bool IFlowConnection.TrySend(ReadOnlyMemory<byte> message)
    {
        Assert.True(SipParser.TryParse(message.Span, out var parsed, out _));
        return _received.Writer.TryWrite(parsed);
    }

    void IFlowConnection.Close(FlowClose close) => _received.Writer.TryComplete();

    private SipRequest Complete(SipRequest request, (string Name, string Value)[] headers)
    {
        var branch = SipParameters.Empty.With("branch", Via.MagicCookie + Identifiers.Next());
        request.Vias = [new Via("WSS", "device.invalid", null, branch)];
        if (request.Method != SipMethod.Register)
        {
            request.Headers.Add(HeaderNames.Contact, $"<{Contact}>");
        }

        if (Token is not null)
        {
            request.Headers.Add(HeaderNames.Authorization, $"Bearer {(Token.Length == 0 ? "token-" + User : Token)}");
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return request;
    }

    private async Task Write(SipMessage message) => await Flow.Receive(SipWriter.ToBytes(message), cut: false);
}
