using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Vrs.Tests.Tidy;

namespace Vrs.Tests.Host;

/// <summary><c>./vrs up</c> as a newcomer meets it when something is in the way, and what it starts beside the server.
/// </summary>
public sealed class UpCommandTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Missing_tools_are_all_named_at_once_with_their_remedies()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var free = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();

        var (code, _, error) = await Run(OnlyBasics(), "./vrs", "up", "--port", $"{free}");

        Assert.Equal(1, code);
        Assert.Contains("Not everything is here:", error, StringComparison.Ordinal);
        Assert.Contains("The .NET SDK 10 is missing", error, StringComparison.Ordinal);
        Assert.Contains("Get it: https://dot.net/download", error, StringComparison.Ordinal);
        Assert.Contains("Node.js 20.19 or newer with npm is missing (found: none)", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_is_named_before_anything_is_built()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var (code, _, error) = await Run(OnlyBasics(), "./vrs", "up", "--port", $"{port}");

        Assert.Equal(1, code);
        Assert.Equal(
            $"Port {port} is in use.\nStop what uses it, or choose another: ./vrs up --port {port + 1}",
            error.Trim());
    }

    [CoturnFact]
    public async Task Where_coturn_is_installed_it_is_started_and_the_server_is_told_of_it()
    {
        const string script = """
            . scripts/up.sh
            start_turn "$1" "$2"
            for _ in {1..200}; do port_is_taken "$1" && break; sleep 0.1; done
            port_is_taken "$1" && printf '%s %s' "$Gateway__Turn__Urls__0" "${#Gateway__Turn__Secret}"
            kill "$turn_pid"; wait "$turn_pid" || true
            """;
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var free = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();

        var (code, said, _) = await Run(
            Environment.GetEnvironmentVariable("PATH")!, "-c", script, "up", $"{free}", _folder.Path);

        Assert.Equal(0, code);
        Assert.Equal($"turn:127.0.0.1:{free}?transport=udp 44", said);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>A path on which nothing is found but what every machine has.</summary>
    private string OnlyBasics()
    {
        foreach (var tool in new[] { "bash", "dirname", "readlink", "id", "tr", "cut", "cat" })
        {
            File.CreateSymbolicLink(Path.Combine(_folder.Path, tool), Find(tool));
        }

        return _folder.Path;
    }

    private static string Find(string tool) => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, tool))
        .First(File.Exists);

    private static async Task<(int Code, string Output, string Error)> Run(string path, params string[] arguments)
    {
        var start = new ProcessStartInfo(Find("bash"), arguments)
        {
            WorkingDirectory = SourceTree.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = path;
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output, await error);
    }
}
