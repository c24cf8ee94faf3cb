using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Vrs.Bench.Headless;
using Vrs.Grains.Domain.Machines;

namespace Vrs.Tests.Integration;

/// <summary>The server as an operator runs it: a process of its own, with a data folder that outlives a kill.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    /// <summary>Names a folder that keeps the log of every server, for looking into a failure.</summary>
    private const string LogsVariable = "VRS_TEST_LOGS";

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly ConcurrentQueue<string> _log = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("vrs-test-").FullName;
    private Process? _process;

    private ServerProcess(IReadOnlyDictionary<string, string> settings, string program)
    {
        (_settings, Program) = (settings, program);
        Url = new Uri($"https://127.0.0.1:{FreePort()}");
        Management = new Uri($"https://127.0.0.1:{FreePort()}");
    }

    /// <summary>The same before and after a restart.</summary>
    public Uri Url { get; }

    /// <summary>Where it tells operators how it is.</summary>
    public Uri Management { get; }

    public string DataFolder => _folder;

    /// <summary>The build of the server that runs from the next start on.</summary>
    public string Program { get; set; }

    /// <summary>The id of the process that runs now.</summary>
    public int ProcessId => _process!.Id;

    /// <summary>What the server has logged so far, over all its lives.</summary>
    public IReadOnlyCollection<string> Log => _log;

    /// <summary>A port that nothing listens on just now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts a server and waits until it is ready.</summary>
    /// <param name="settings">Configuration, by the names used in appsettings.json (<c>Calls:OfferTimeout</c>).</param>
    /// <param name="program">Another build of the server; null for the one beside the tests.</param>
    public static async Task<ServerProcess> Start(
        IReadOnlyDictionary<string, string> settings, string? program = null)
    {
        var server = Prepare(settings, program);
        try
        {
            await server.Start();
            return server;
        }
        catch
        {
            // Nobody else knows this process.
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The build of the server beside the tests.</summary>
    public static string OwnProgram { get; } = Path.Combine(AppContext.BaseDirectory, "Vrs.Silo.dll");

    /// <summary>One that is not started yet.</summary>
    public static ServerProcess Prepare(IReadOnlyDictionary<string, string> settings, string? program = null) =>
        new(settings, program ?? OwnProgram);

    /// <summary>Starts it again after a kill, on the same port and data.</summary>
    public async Task Start()
    {
        var start = new ProcessStartInfo("dotnet", [Program, "run"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(Program),
        };
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Gateway__Listen"] = Url.GetLeftPart(UriPartial.Authority);
        start.Environment["Management__Listen"] = Management.GetLeftPart(UriPartial.Authority);
        start.Environment["Storage__DataFolder"] = _folder;
        start.Environment["Logging__Format"] = "json";
        foreach (var (name, value) in _settings)
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var http = SignedIn.HttpFor(Url);
        await Wait.Until("The server is ready", () => IsReady(http), StartLimit);
    }

    /// <summary>kill -9: nothing is said, nothing is flushed.</summary>
    public async Task Kill()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>It answers nobody, and keeps its ports and connections, until it is let go on.</summary>
    public async Task SetFrozen(bool frozen)
    {
        using var signal = Process.Start("kill", [frozen ? "-STOP" : "-CONT", $"{_process!.Id}"]);
        await signal.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a supervisor stops it; returns the exit code.</summary>
    public async Task<int> Terminate(TimeSpan within)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process!.Id}"]);
        using var deadline = new CancellationTokenSource(within);
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await Kill();
        }

        _process?.Dispose();
        if (Environment.GetEnvironmentVariable(LogsVariable) is { Length: > 0 } logs)
        {
            Directory.CreateDirectory(logs);
            await File.WriteAllLinesAsync(Path.Combine(logs, $"{Url.Port}.log"), _log);
        }

        Directory.Delete(_folder, recursive: true);
        CheckTrace();
    }

    /// <summary>Whatever a test is about: what the server logged must be a path through the tables.</summary>
    private void CheckTrace()
    {
        var check = new TraceCheck();
        foreach (var (line, index) in _log.Select((line, index) => (line, index)))
        {
            check.Read($"server log:{index + 1}", line);
        }

        Assert.True(check.Faults.Count == 0, string.Join('\n', check.Faults));
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not null)
        {
            _log.Enqueue(line.Data);
        }
    }

    private async Task<bool> IsReady(HttpClient http)
    {
        if (_process!.HasExited)
        {
            throw new InvalidOperationException(
                $"The server ended with {_process.ExitCode}:\n{string.Join('\n', _log.TakeLast(30))}");
        }

        try
        {
            using var answer = await http.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // Not listening yet.
            return false;
        }
    }
}
