using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace Vrs.Tests.Host.Tls;

/// <summary>What a process listens on, as the kernel knows it.</summary>
internal static class Listeners
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Every TCP port begins TLS and says nothing to whoever does not; there is none of UDP.</summary>
    public static async Task SpeakOnlyTls(int process)
    {
        foreach (var port in Tcp(process))
        {
            Assert.Equal("", await Ask(port, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            Assert.Equal("", await Ask(port, "GET /sip HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n\r\n"));
            Assert.Equal("", await Ask(port, "OPTIONS sip:vrs.local SIP/2.0\r\nVia: SIP/2.0/TCP localhost\r\n\r\n"));
            Assert.True(await ShowsACertificate(port), $"port {port} does not speak TLS");
        }

        Assert.Empty(Udp(process));
    }

    /// <summary>Whether a TLS handshake gets as far as the server's certificate.</summary>
    private static async Task<bool> ShowsACertificate(int port)
    {
        var shown = false;
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", port);
        await using var tls = new SslStream(socket.GetStream(), false, (_, certificate, _, _) =>
        {
            shown = certificate is not null;
            return shown;
        });
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions { TargetHost = "localhost" }, limit.Token);
        }
        catch (Exception refused) when (refused is AuthenticationException or IOException)
        {
            // Members of a cluster ask for a certificate in return: theirs was shown before.
            return shown;
        }

        return shown;
    }

    /// <summary>What a plain peer is told as text; TLS alerts are no text, and closing says nothing.</summary>
    private static async Task<string> Ask(int port, string question)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(question));
        using var limit = new CancellationTokenSource(Limit);
        var answer = new byte[256];
        try
        {
            var length = await stream.ReadAsync(answer, limit.Token);
            var text = Encoding.ASCII.GetString(answer, 0, length);
            return text.StartsWith("HTTP", StringComparison.Ordinal) || text.StartsWith("SIP", StringComparison.Ordinal)
                ? text
                : "";
        }
        catch (IOException)
        {
            // Reset: nothing was said.
            return "";
        }
    }

    /// <summary>Ports on which a process takes TCP connections.</summary>
    public static IReadOnlyList<int> Tcp(int process) =>
        [.. Sockets(process, "tcp", "0A").Concat(Sockets(process, "tcp6", "0A")).Distinct()];

    private static IReadOnlyList<int> Udp(int process) =>
        [.. Sockets(process, "udp", "07").Concat(Sockets(process, "udp6", "07"))];

    /// <summary>Ports of a process's sockets in one state, from /proc (proc(5)).</summary>
    private static IEnumerable<int> Sockets(int process, string protocol, string state)
    {
        var inodes = new DirectoryInfo($"/proc/{process}/fd").GetFiles()
            .Select(file => file.LinkTarget ?? "")
            .Where(target => target.StartsWith("socket:[", StringComparison.Ordinal))
            .Select(target => target["socket:[".Length..^1])
            .ToHashSet();
        return from line in File.ReadLines($"/proc/{process}/net/{protocol}").Skip(1)
               let fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
               where fields[3] == state && inodes.Contains(fields[9])
               select int.Parse(fields[1].Split(':')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
