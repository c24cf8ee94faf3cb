using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Vrs.Silo.Cluster;

/// <summary>Puts TLS around the connections of Orleans, whose own package for that is not among ours.</summary>
internal static partial class TlsConnections
{
    /// <summary>How long two members may take to get to know each other.</summary>
    private static readonly TimeSpan HandshakeLimit = TimeSpan.FromSeconds(10);

    /// <summary>Every connection of a silo, to and from silos and gateways.</summary>
    public static void UseTls(this ISiloBuilder silo, ClusterTls tls) =>
        silo.Configure<SiloConnectionOptions>(options =>
        {
            options.ConfigureSiloInboundConnection(connection => Wrap(connection, tls.Accept));
            options.ConfigureGatewayInboundConnection(connection => Wrap(connection, tls.Accept));
            options.ConfigureSiloOutboundConnection(connection => Wrap(connection, tls.Connect));
        });

    /// <summary>Every connection of a gateway to silos.</summary>
    public static void UseTls(this IClientBuilder client, ClusterTls tls) =>
        client.Configure<ClientConnectionOptions>(options =>
            options.ConfigureConnection(connection => Wrap(connection, tls.Connect)));

    private static void Wrap(IConnectionBuilder connection, Func<SslStream, CancellationToken, Task> shakeHands)
    {
        var log = connection.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger<ClusterTls>();
        connection.Use(next => context => Run(context, next, shakeHands, log));
    }

    private static async Task Run(
        ConnectionContext context,
        ConnectionDelegate next,
        Func<SslStream, CancellationToken, Task> shakeHands,
        ILogger log)
    {
        var plain = context.Transport;
        await using var stream = new SslStream(new PipeStream(plain));
        using var limit = new CancellationTokenSource(HandshakeLimit);
        try
        {
            await shakeHands(stream, limit.Token);
        }
        catch (Exception fault) when (fault is AuthenticationException or IOException or OperationCanceledException)
        {
            LogStranger(log, fault, context.RemoteEndPoint?.ToString() ?? "nowhere");
            return;
        }

        context.Transport = new StreamPipe(stream);
        try
        {
            await next(context);
        }
        finally
        {
            context.Transport = plain;
        }
    }

    [LoggerMessage(EventId = 620, EventName = "cluster_stranger", Level = LogLevel.Warning,
        Message = "{address} is no member of the cluster, or does not take us for one; the connection is closed.")]
    private static partial void LogStranger(ILogger logger, Exception fault, string address);

    /// <summary>A stream's two ways as pipes.</summary>
    private sealed class StreamPipe(Stream stream) : IDuplexPipe
    {
        public PipeReader Input { get; } = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));

        public PipeWriter Output { get; } = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
    }

    /// <summary>Two pipes as one stream, for asynchronous use only.</summary>
    private sealed class PipeStream(IDuplexPipe pipe) : Stream
    {
        private readonly Stream _input = pipe.Input.AsStream();
        private readonly Stream _output = pipe.Output.AsStream();

        public override bool CanRead => true;

        public override bool CanWrite => true;

        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            _input.ReadAsync(buffer, cancellationToken);

        public override ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            _output.WriteAsync(buffer, cancellationToken);

        public override Task FlushAsync(CancellationToken cancellationToken) => _output.FlushAsync(cancellationToken);

        public override void Flush() => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override async ValueTask DisposeAsync()
        {
            await _input.DisposeAsync();
            await _output.DisposeAsync();
            await base.DisposeAsync();
        }
    }
}
