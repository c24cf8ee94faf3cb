using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Vrs.Gateway.Turn;

/// <summary>Asks a TURN server for a relay, as a page does, and gives it back.</summary>
internal static class TurnProbe
{
    private const byte Udp = 17;
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(500);

    /// <summary>Makes one allocation and ends it.</summary>
    /// <param name="url">A <c>turn:</c> or <c>turns:</c> URL.</param>
    /// <param name="user">The credential's name.</param>
    /// <param name="password">The credential.</param>
    /// <param name="cancellation">When to give up.</param>
    /// <returns>Null when it worked; else what was wrong, in plain words.</returns>
    public static async Task<string?> Allocate(
        string url, string user, string password, CancellationToken cancellation)
    {
        await using var link = await Link.Open(new Target(url), cancellation);
        byte[] transport = [Udp, 0, 0, 0];
        var challenge = await link.Ask(
            TurnMessage.Request(TurnMessage.Allocate, (TurnMessage.RequestedTransport, transport)), null, cancellation);
        if (challenge.Find(TurnMessage.Realm) is not { } realm || challenge.Find(TurnMessage.Nonce) is not { } nonce)
        {
            return $"It did not ask for a credential ({challenge.Error}).";
        }

        var key = TurnMessage.KeyOf(user, realm, password);
        (ushort, byte[])[] credential =
        [
            (TurnMessage.Username, Encoding.UTF8.GetBytes(user)),
            (TurnMessage.Realm, realm),
            (TurnMessage.Nonce, nonce),
        ];
        var answer = await link.Ask(
            TurnMessage.Request(TurnMessage.Allocate, [(TurnMessage.RequestedTransport, transport), .. credential]),
            key,
            cancellation);
        if (answer.Type != (TurnMessage.Allocate | TurnMessage.Success)
            || answer.Find(TurnMessage.RelayedAddress) is null)
        {
            return $"It gave no relay ({answer.Error}).";
        }

        await link.Ask(
            TurnMessage.Request(TurnMessage.Refresh, [(TurnMessage.Lifetime, new byte[4]), .. credential]),
            key,
            cancellation);
        return null;
    }

    /// <summary>Where a URL leads (RFC 7065).</summary>
    private sealed record Target
    {
        public Target(string url)
        {
            var parsed = new Uri("turn://" + url[(url.IndexOf(':', StringComparison.Ordinal) + 1)..]);
            IsTls = url.StartsWith("turns:", StringComparison.Ordinal);
            IsStream = IsTls || parsed.Query.Contains("transport=tcp", StringComparison.OrdinalIgnoreCase);
            Host = parsed.Host.Trim('[', ']');
            Port = parsed.Port > 0 ? parsed.Port : IsTls ? 5349 : 3478;
        }

        public bool IsTls { get; }

        public bool IsStream { get; }

        public string Host { get; }

        public int Port { get; }
    }

    /// <summary>A connection to the server: datagrams, or a stream with or without TLS.</summary>
    private sealed class Link(UdpClient? datagrams, Stream? stream) : IAsyncDisposable
    {
        public static async Task<Link> Open(Target target, CancellationToken cancellation)
        {
            if (!target.IsStream)
            {
                var udp = new UdpClient();
                udp.Connect(target.Host, target.Port);
                return new Link(udp, null);
            }

            var tcp = new TcpClient();
            await tcp.ConnectAsync(target.Host, target.Port, cancellation);
            if (!target.IsTls)
            {
                return new Link(null, tcp.GetStream());
            }

            var tls = new SslStream(tcp.GetStream());
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions { TargetHost = target.Host }, cancellation);
            return new Link(null, tls);
        }

        public async Task<TurnMessage> Ask(TurnMessage request, byte[]? key, CancellationToken cancellation)
        {
            var bytes = request.ToBytes(key);
            if (stream is not null)
            {
                await stream.WriteAsync(bytes, cancellation);
                return await ReadFromStream(stream, cancellation);
            }

            while (true)
            {
                await datagrams!.SendAsync(bytes, cancellation);
                using var once = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                once.CancelAfter(AskAgain);
                try
                {
                    var got = TurnMessage.Read((await datagrams.ReceiveAsync(once.Token)).Buffer);
                    if (got is not null && got.Transaction.AsSpan().SequenceEqual(request.Transaction))
                    {
                        return got;
                    }
                }
                catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
                {
                    // A datagram may be lost on either way: the same request again (RFC 8489 section 6.2.1).
                }
            }
        }

        public ValueTask DisposeAsync()
        {
            datagrams?.Dispose();
            return stream?.DisposeAsync() ?? ValueTask.CompletedTask;
        }

        private static async Task<TurnMessage> ReadFromStream(Stream stream, CancellationToken cancellation)
        {
            var header = new byte[TurnMessage.HeaderBytes];
            await stream.ReadExactlyAsync(header, cancellation);
            var message = new byte[TurnMessage.LengthOf(header)];
            header.CopyTo(message, 0);
            await stream.ReadExactlyAsync(message.AsMemory(TurnMessage.HeaderBytes), cancellation);
            return TurnMessage.Read(message) ?? throw new InvalidDataException("It answered with something else.");
        }
    }
}
