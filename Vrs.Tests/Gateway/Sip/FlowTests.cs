using System.Net;
using System.Net.WebSockets;
using System.Text;
using Vrs.Gateway.Sip.Messages;
using Vrs.Gateway.Sip.Transport;
using Vrs.Grains.Interfaces.Accounts;
using Vrs.Tests.Support;

namespace Vrs.Tests.Gateway.Sip;

/// <summary>Flows over a real secure WebSocket (RFC 7118, RFC 5626).</summary>
public sealed class FlowTests
{
    private static readonly string Options = SipSamples.Invite
        .Replace("INVITE sip", "OPTIONS sip", StringComparison.Ordinal)
        .Replace("9314 INVITE", "9314 OPTIONS", StringComparison.Ordinal);

    [Theory]
    [InlineData(WebSocketMessageType.Text)]
    [InlineData(WebSocketMessageType.Binary)]
    public async Task A_request_gets_its_response(WebSocketMessageType type)
    {
        await using var server = await FlowServer.Start();
        using var client = await server.Connect();
        Assert.Equal("sip", client.Socket.SubProtocol);

        await client.Send(SipSamples.Bytes(Options), type);
        var response = await client.Response();

        Assert.Equal(200, response.StatusCode);
        Assert.Equal("9314 OPTIONS", response.CSeq.ToString());
        Assert.Equal("127.0.0.1", response.TopVia!.Parameters["received"]);
    }

    /// <summary>A flow waits for the first frame without a buffer; what it then finds may be no content yet.</summary>
    [Fact]
    public async Task An_empty_message_is_nothing_and_one_that_begins_with_an_empty_frame_is_whole()
    {
        await using var server = await FlowServer.Start();
        using var client = await server.Connect();

        await Frame([], isLast: true);
        await Frame([], isLast: false);
        await Frame(SipSamples.Bytes(Options)[..100], isLast: false);
        await Frame(SipSamples.Bytes(Options)[100..], isLast: true);

        Assert.Equal(200, (await client.Response()).StatusCode);

        Task Frame(byte[] content, bool isLast) =>
            client.Socket.SendAsync(content, WebSocketMessageType.Text, isLast, CancellationToken.None);
    }

    [Theory]
    [InlineData("wss", null, HttpStatusCode.BadRequest)]
    [InlineData("wss", "chat", HttpStatusCode.BadRequest)]
    [InlineData("ws", "sip", HttpStatusCode.Forbidden)]
    public async Task Without_tls_or_subprotocol_nothing_is_accepted(
        string scheme, string? subprotocol, HttpStatusCode expected)
    {
        await using var server = await FlowServer.Start();

        Assert.Equal(expected, await server.StatusOfConnect(scheme, subprotocol));
        Assert.Empty(server.Handlers.Opened);
    }

    [Fact]
    public async Task One_flow_too_many_is_refused()
    {
        await using var server = await FlowServer.Start(options => options.MaxFlows = 1);
        using var client = await server.Connect();
        await client.Send(Options);
        await client.Response();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await server.StatusOfConnect("wss", "sip"));
    }

    [Fact]
    public async Task Strangers_of_one_address_are_few_and_who_signed_in_is_none()
    {
        await using var server = await FlowServer.Start(options => options.MaxStrangersPerAddress = 1);
        using var client = await server.Connect();
        await client.Send(Options);
        await client.Response();
        Assert.Equal(HttpStatusCode.TooManyRequests, await server.StatusOfConnect("wss", "sip"));

        Assert.True(server.Handlers.Opened.TryPeek(out var flow));
        flow.Gate.BelongTo(UserId.From("dana"));
        using var next = await server.Connect();
        await next.Send(Options);

        Assert.Equal(200, (await next.Response()).StatusCode);
    }

    [Fact]
    public async Task A_ping_is_answered_with_one_line_break()
    {
        await using var server = await FlowServer.Start();
        using var client = await server.Connect();
        await client.Send("\r\n\r\n");

        Assert.Equal("\r\n", await client.Receive());
    }

    [Fact]
    public async Task A_silent_flow_is_pinged_and_then_given_up()
    {
        var time = new VirtualTime();
        await using var server = await FlowServer.Start(time: time);
        using var client = await server.Connect();
        await Exchange(client, 1);
        Assert.True(server.Handlers.Opened.TryPeek(out var flow));
        await Pass(time, flow, 29);
        await Exchange(client, 2);
        await Pass(time, flow, 29);
        await Exchange(client, 3);

        // Quiet since second 58: asked at 88, and what comes then is enough.
        await Pass(time, flow, 30);
        Assert.Equal("\r\n\r\n", await client.Receive());
        await client.Send("\r\n");
        await Exchange(client, 4);
        await Pass(time, flow, 10);
        await Exchange(client, 5);

        await Pass(time, flow, 30);
        Assert.Equal("\r\n\r\n", await client.Receive());
        await Pass(time, flow, 9);
        Assert.True(flow.IsOpen);
        await Pass(time, flow, 1);
        Assert.Equal(FlowCloseReason.NoData, (await server.Handlers.Closed).Reason);
    }

    [Fact]
    public async Task A_flood_is_slowed_down()
    {
        var time = new VirtualTime();
        await using var server = await FlowServer.Start(
            options =>
            {
                options.MessageBurst = 3;
                options.MessagesPerSecond = 2;
                options.PingAfter = TimeSpan.FromMinutes(10);
            },
            time);
        using var client = await server.Connect();
        for (var i = 0; i < 3; i++)
        {
            await Exchange(client, i);
        }

        var fourth = Exchange(client, 3);
        Assert.True(server.Handlers.Opened.TryPeek(out var flow));
        await Pass(time, flow, 0);
        Assert.False(fourth.IsCompleted);

        await Eventually.Is("the fourth message is handled once the allowance is refilled", () =>
        {
            time.Advance(TimeSpan.FromMilliseconds(1));
            return fourth.IsCompleted;
        });
        await fourth;
    }

    [Fact]
    public async Task A_broken_request_gets_400_and_the_flow_goes_on()
    {
        await using var server = await FlowServer.Start();
        using var client = await server.Connect();
        await client.Send(Options.Replace("Max-Forwards: 69", "Max-Forwards: many", StringComparison.Ordinal));
        var refused = await client.Response();
        await client.Send(Options.Replace("z9hG4bK7", "z9hG4bK8", StringComparison.Ordinal));

        Assert.Equal((400, "The Max-Forwards header is malformed"), (refused.StatusCode, refused.ReasonPhrase));
        Assert.Equal(200, (await client.Response()).StatusCode);
    }

    [Fact]
    public async Task Garbage_closes_the_flow_with_a_reason()
    {
        await using var server = await FlowServer.Start();
        using var client = await server.Connect();
        await client.Send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");

        Assert.Null(await client.Receive());
        Assert.Equal(WebSocketCloseStatus.ProtocolError, client.Socket.CloseStatus);
        Assert.Equal(FlowCloseReason.Unparsable, (await server.Handlers.Closed).Reason);
    }

    [Fact]
    public async Task A_request_that_is_too_large_gets_513_and_one_beyond_reason_closes_the_flow()
    {
        await using var server = await FlowServer.Start(options => options.MaxFrameBytes = 128 * 1024);
        using var client = await server.Connect();
        var large = Options.Replace("v=0", new string('x', 100_000), StringComparison.Ordinal);
        await client.Send(large);
        Assert.Equal(513, (await client.Response()).StatusCode);

        await client.Send(new byte[200_000]);
        Assert.Null(await client.Receive());
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, client.Socket.CloseStatus);
        Assert.Equal(FlowCloseReason.TooLarge, (await server.Handlers.Closed).Reason);
    }

    [Fact]
    public async Task A_message_beyond_reason_is_read_no_faster_than_any_other()
    {
        var time = new VirtualTime();
        await using var server = await FlowServer.Start(options => options.MaxFrameBytes = 9_000_000, time);
        using var client = await server.Connect();
        await Exchange(client, 1);
        Assert.True(server.Handlers.Opened.TryPeek(out var flow));

        // 8 MB are read at once, then 1 MB a second. Nothing but that waits for less than the ping after 30 s.
        var sending = client.Send(new byte[10_000_000]);
        bool PassSome() => !flow.IsOpen || time.FireNext(TimeSpan.FromSeconds(20).Ticks);
        await Eventually.Is("the flow is not read for a while", PassSome);
        Assert.True(flow.IsOpen);
        await Eventually.Is("the flow is closed", () => PassSome() && !flow.IsOpen);

        Assert.InRange(time.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(1.5));
        Assert.Equal(FlowCloseReason.TooLarge, (await server.Handlers.Closed).Reason);
        client.Dispose();
        await Task.WhenAny(sending);
    }

    [Fact]
    public async Task A_message_in_many_pieces_is_one_message()
    {
        await using var server = await FlowServer.Start();
        using var client = await server.Connect();
        var bytes = SipSamples.Bytes(Options);
        for (var i = 0; i < bytes.Length; i++)
        {
            await client.Socket.SendAsync(
                bytes.AsMemory(i, 1), WebSocketMessageType.Text, i == bytes.Length - 1, CancellationToken.None);
        }

        Assert.Equal(200, (await client.Response()).StatusCode);
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_closed()
    {
        await using var server = await FlowServer.Start(options => options.MaxOutbound = 8);
        using var client = await server.Connect();
        await client.Send(Options);
        await client.Response();
        Assert.True(server.Handlers.Opened.TryPeek(out var flow));
        flow.Loop.Post(() =>
        {
            var request = SipSamples.Request(Options);
            request.SetBody("text/plain", new string('x', 60_000));
            while (flow.Send(request))
            {
            }
        });

        Assert.Equal(FlowCloseReason.SlowClient, (await server.Handlers.Closed).Reason);
    }

    [Fact]
    public async Task A_client_that_goes_away_ends_its_flow()
    {
        await using var server = await FlowServer.Start();
        using var client = await server.Connect();
        await client.Send(Options);
        await client.Response();
        await client.Socket.CloseAsync(WebSocketCloseStatus.EndpointUnavailable, null, CancellationToken.None);

        var close = await server.Handlers.Closed;
        Assert.Equal(new FlowClose(FlowCloseReason.PeerClosed, "The device closed with code 1001."), close);
    }

    [Fact]
    public async Task A_client_that_is_cut_off_ends_its_flow_and_its_pending_requests()
    {
        await using var server = await FlowServer.Start();
        var log = new ResponseLog();
        using var client = await server.Connect();
        await client.Send(Options);
        await client.Response();
        Assert.True(server.Handlers.Opened.TryPeek(out var flow));
        flow.Loop.Post(() => flow.Transactions.Send(
            SipRequest.Create(
                SipMethod.Options,
                SipUri.Parse("sip:x@y.invalid"),
                NameAddress.Parse("<sip:a@b>;tag=1"),
                NameAddress.Parse("<sip:c@d>"),
                "call",
                1),
            log));
        Assert.StartsWith("OPTIONS sip:x@y.invalid SIP/2.0", await client.Receive(), StringComparison.Ordinal);
        client.Socket.Abort();

        Assert.Equal(FlowCloseReason.ConnectionLost, (await server.Handlers.Closed).Reason);
        Assert.Equal("503 Service Unavailable (local)", log.Text);
        Assert.False(flow.TryPost(() => { }));
    }

    [Fact]
    public async Task A_stopping_server_says_so()
    {
        await using var server = await FlowServer.Start();
        using var client = await server.Connect();
        await client.Send(Options);
        await client.Response();
        var stop = server.Stop();

        Assert.Null(await client.Receive());
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, client.Socket.CloseStatus);
        Assert.Equal(FlowCloseReason.Stopping, (await server.Handlers.Closed).Reason);
        await stop;
        Assert.Equal(0, server.Flows.Count);
    }

    [Fact]
    public async Task Handlers_go_on_where_they_were_on_the_loop()
    {
        await using var server = await FlowServer.Start();
        var wrong = 0;
        server.Handlers.Answer = async (flow, transaction) =>
        {
            wrong += flow.Loop.IsCurrent ? 0 : 1;
            await Task.Yield();
            wrong += flow.Loop.IsCurrent ? 0 : 1;
            await Task.Run(() => wrong += flow.Loop.IsCurrent ? 1 : 0);
            wrong += flow.Loop.IsCurrent ? 0 : 1;
            transaction.Respond(200);
        };
        using var client = await server.Connect();
        await client.Send(Options);

        Assert.Equal(200, (await client.Response()).StatusCode);
        Assert.Equal(0, wrong);
    }

    [Fact]
    public async Task A_handler_that_fails_late_costs_a_500_and_the_flow_goes_on()
    {
        await using var server = await FlowServer.Start();
        server.Handlers.Answer = async (_, transaction) =>
        {
            await Task.Yield();
            server.Handlers.Answer = (_, next) => Task.FromResult(next.Respond(200));
            throw new InvalidOperationException($"planted for {transaction.Key.Method}");
        };
        using var client = await server.Connect();
        await client.Send(Options);
        Assert.Equal(500, (await client.Response()).StatusCode);
        await client.Send(Options.Replace("z9hG4bK7", "z9hG4bK8", StringComparison.Ordinal));

        Assert.Equal(200, (await client.Response()).StatusCode);
    }

    [Fact]
    public async Task What_is_sent_in_a_burst_is_handled_in_order()
    {
        await using var server = await FlowServer.Start(options => options.MaxInbound = 2);
        using var client = await server.Connect();
        for (var i = 0; i < 200; i++)
        {
            await client.Send(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(SipSamples.Bytes(Options))
                .Replace("9314 OPTIONS", $"{i} OPTIONS", StringComparison.Ordinal)
                .Replace("z9hG4bK7", $"z9hG4bK{i}x", StringComparison.Ordinal)));
        }

        for (var i = 0u; i < 200; i++)
        {
            Assert.Equal(i, (await client.Response()).CSeq.Number);
        }
    }

    // Second by second, each time until the loop has done what fell due.
    private static async Task Pass(VirtualTime time, Flow flow, int seconds)
    {
        for (; seconds > 0; seconds--)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            flow.Loop.Post(done.SetResult);
            await done.Task;
        }
    }

    // When the answer is here, everything that was on the loop before is done.
    private static async Task Exchange(SipSocket client, int number)
    {
        await client.Send(Options.Replace("z9hG4bK7", $"z9hG4bK{number}x", StringComparison.Ordinal));
        Assert.Equal(200, (await client.Response()).StatusCode);
    }
}
