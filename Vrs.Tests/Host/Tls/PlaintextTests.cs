using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Vrs.Tests.Integration;

namespace Vrs.Tests.Host.Tls;

/// <summary>
/// Whatever a running server listens on, it tells nothing to a peer who does not begin with TLS. The listeners are
/// taken from the kernel, not from the configuration, so one that somebody adds is found as well.
/// </summary>
public sealed class PlaintextTests
{
    [Fact]
    public async Task No_public_listener_answers_in_the_clear()
    {
        await using var server = await ServerProcess.Start(new Dictionary<string, string>());
        var ports = PublicListeners(server.ProcessId);

        Assert.Contains(server.Url.Port, ports);
        foreach (var port in ports)
        {
            Assert.Equal("", await Ask(port, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            Assert.Equal("", await Ask(port, "GET /sip HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n\r\n"));
            Assert.Equal("", await Ask(port, "OPTIONS sip:vrs.local SIP/2.0\r\nVia: SIP/2.0/TCP localhost\r\n\r\n"));
        }

        Assert.Empty(UdpListeners(server.ProcessId));
    }

    /// <summary>What a plain peer is told as text; TLS alerts are no text, and closing says nothing.</summary>
    private static async Task<string> Ask(int port, string question)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(question));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
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

    private static IReadOnlyList<int> PublicListeners(int process) =>
        [.. Sockets(process, "tcp", "0A").Concat(Sockets(process, "tcp6", "0A")).Distinct()];

    private static IReadOnlyList<int> UdpListeners(int process) =>
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
