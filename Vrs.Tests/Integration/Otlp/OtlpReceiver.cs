using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Vrs.Tests.Integration.Otlp;

/// <summary>A span as it arrived.</summary>
/// <param name="Trace">The trace's id.</param>
/// <param name="Id">Its own id.</param>
/// <param name="Parent">That of its parent; empty for a root.</param>
/// <param name="Name">What was done.</param>
/// <param name="Start">When it began, in nanoseconds since 1970.</param>
/// <param name="End">When it ended.</param>
/// <param name="Attributes">What is said of it.</param>
internal sealed record ReceivedSpan(
    string Trace,
    string Id,
    string Parent,
    string Name,
    ulong Start,
    ulong End,
    IReadOnlyDictionary<string, string> Attributes);

/// <summary>
/// A collector: a server of its own that takes metrics and traces over OTLP, as gRPC and as HTTP, by the specification
/// and not by the library that sends them.
/// </summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private const string GrpcTraces = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
    private const string GrpcMetrics = "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedSpan> _spans = new();
    private readonly ConcurrentDictionary<string, byte> _metrics = new();
    private readonly ConcurrentDictionary<string, byte> _services = new();
    private readonly ConcurrentQueue<string> _bodies = new();

    private OtlpReceiver(HttpProtocols protocols)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        _app = builder.Build();
        _app.MapPost("/v1/traces", context => TakeHttp(context, TakeSpans));
        _app.MapPost("/v1/metrics", context => TakeHttp(context, TakeMetrics));
        _app.MapPost(GrpcTraces, context => TakeGrpc(context, TakeSpans));
        _app.MapPost(GrpcMetrics, context => TakeGrpc(context, TakeMetrics));
    }

    /// <summary>Where it listens.</summary>
    public string Address => _app.Urls.Single();

    /// <summary>The spans that came.</summary>
    public IReadOnlyCollection<ReceivedSpan> Spans => _spans;

    /// <summary>The names of the metrics that came.</summary>
    public IEnumerable<string> Metrics => _metrics.Keys;

    /// <summary>The names of the services that sent.</summary>
    public IEnumerable<string> Services => _services.Keys;

    /// <summary>Everything that came, as if it were text.</summary>
    public IEnumerable<string> Bodies => _bodies;

    /// <summary>Starts one that speaks gRPC, which is HTTP/2, or plain HTTP/1.1.</summary>
    public static async Task<OtlpReceiver> Start(bool grpc)
    {
        var receiver = new OtlpReceiver(grpc ? HttpProtocols.Http2 : HttpProtocols.Http1);
        await receiver._app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeHttp(HttpContext context, Action<ProtoMessage> take)
    {
        Assert.Equal("application/x-protobuf", context.Request.ContentType);
        take(new ProtoMessage(await Body(context)));
        // An empty message: everything was taken.
        context.Response.ContentType = "application/x-protobuf";
    }

    private async Task TakeGrpc(HttpContext context, Action<ProtoMessage> take)
    {
        var body = await Body(context);
        // A message has a flag, that it is not compressed, and its length before it.
        Assert.Equal(0, body.Span[0]);
        var length = checked((int)BinaryPrimitives.ReadUInt32BigEndian(body.Span[1..5]));
        take(new ProtoMessage(body.Slice(5, length)));
        context.Response.ContentType = "application/grpc";
        await context.Response.Body.WriteAsync(new byte[5]);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private async Task<ReadOnlyMemory<byte>> Body(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        _bodies.Enqueue(Encoding.Latin1.GetString(body.GetBuffer(), 0, (int)body.Length));
        return body.ToArray();
    }

    // Numbers of fields are those of opentelemetry-proto: trace.proto, metrics.proto, common.proto.
    private void TakeSpans(ProtoMessage request)
    {
        foreach (var resource in request.Messages(1))
        {
            TakeResource(resource);
            foreach (var span in resource.Messages(2).SelectMany(scope => scope.Messages(2)))
            {
                _spans.Enqueue(new ReceivedSpan(
                    span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), span.Fixed64(7), span.Fixed64(8),
                    Attributes(span.Messages(9))));
            }
        }
    }

    private void TakeMetrics(ProtoMessage request)
    {
        foreach (var resource in request.Messages(1))
        {
            TakeResource(resource);
            foreach (var metric in resource.Messages(2).SelectMany(scope => scope.Messages(2)))
            {
                _metrics.TryAdd(metric.Text(1), 0);
            }
        }
    }

    private void TakeResource(ProtoMessage resource)
    {
        foreach (var (name, value) in resource.Messages(1).SelectMany(one => Attributes(one.Messages(1))))
        {
            if (name == "service.name")
            {
                _services.TryAdd(value, 0);
            }
        }
    }

    private static Dictionary<string, string> Attributes(IEnumerable<ProtoMessage> pairs) =>
        pairs.ToDictionary(pair => pair.Text(1), pair => pair.Messages(2).Single().Text(1));
}
