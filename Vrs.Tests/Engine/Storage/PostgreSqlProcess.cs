using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Vrs.Tests.Engine.Storage;

/// <summary>
/// A PostgreSQL server made for a test from the installed programs; it may be killed. It ends with the test's process,
/// however that ends, and its data with it.
/// </summary>
internal sealed class PostgreSqlProcess : IAsyncDisposable
{
    /// <summary>
    /// Runs a command, the arguments after a folder, and waits beside it for the end of the pipe that only the test's
    /// process holds open.
    /// </summary>
    private const string AsLongAsTheTest = """
        exec 3<&0 >>"$1/log" 2>&1
        (
          read -r _ <&3
          [ "$(head -n 1 "$1/data/postmaster.pid")" = $$ ] || exit 0
          kill -QUIT $$
          while kill -0 $$; do sleep 0.1; done
          rm -rf "$1"
        ) &
        shift
        exec "$@" 3<&-
        """;

    private const int Stop = 19;
    private const int Continue = 18;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly string _folder;
    private readonly string[] _command;
    private Process? _process;

    private PostgreSqlProcess(string folder, int port, string[] user)
    {
        _folder = folder;
        _command =
        [
            "sh", "-c", AsLongAsTheTest, "sh", folder, .. user, Path.Combine(Programs!, "postgres"),
            "-D", DataFolder, "-p", $"{port}", "-k", folder, "-h", "127.0.0.1",
        ];
        ConnectionString = $"Host=127.0.0.1;Port={port};Username=vrs;Database=postgres";
    }

    public static bool IsInstalled => Programs is not null;

    /// <summary>Of a user who may do everything.</summary>
    public string ConnectionString { get; }

    /// <summary>Where initdb and postgres are; the newest version installed, or null.</summary>
    private static string? Programs =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal)
                .Select(version => Path.Combine(version, "bin"))
                .LastOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
            : null;

    private string DataFolder => Path.Combine(_folder, "data");

    /// <summary>Makes an empty one and starts it.</summary>
    public static async Task<PostgreSqlProcess> Make()
    {
        var folder = Directory.CreateTempSubdirectory("vrs-postgres-").FullName;
        // PostgreSQL refuses to run as root; the package brings a user for it.
        string[] user = Environment.UserName == "root"
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"]
            : [];
        if (user.Length > 0)
        {
            await Run(["chown", "postgres", folder]);
        }

        var server = new PostgreSqlProcess(folder, FreePort(), user);
        await Run(
            [.. user, Path.Combine(Programs!, "initdb"), "-D", server.DataFolder, "-U", "vrs", "-A", "trust", "-N"]);
        await server.Start();
        return server;
    }

    /// <summary>Starts it, also after a kill; ready when this completes.</summary>
    public async Task Start()
    {
        using var deadline = new CancellationTokenSource(StartLimit);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await ticks.WaitForNextTickAsync(deadline.Token))
        {
            if (_process is null or { HasExited: true })
            {
                // After a kill the first attempts may find the memory of the dead one still in use.
                _process = Process.Start(Command(_command))!;
            }

            try
            {
                await using var attempt = new NpgsqlConnection(ConnectionString + ";Pooling=false");
                await attempt.OpenAsync(deadline.Token);
                return;
            }
            catch (NpgsqlException fault) when (fault.IsTransient)
            {
                // Not ready yet; the deadline bounds how often this is tried.
                continue;
            }
        }
    }

    /// <summary>kill -9 of all its processes.</summary>
    public async Task Kill()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>It stops answering without closing anything, as one whose machine hangs.</summary>
    public void Freeze() => SignalAll(Stop);

    /// <summary>It goes on after <see cref="Freeze"/>.</summary>
    public void Thaw() => SignalAll(Continue);

    /// <summary>Ends it and removes its data.</summary>
    public void Remove()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        Directory.Delete(_folder, recursive: true);
    }

    public ValueTask DisposeAsync()
    {
        Remove();
        return ValueTask.CompletedTask;
    }

    private void SignalAll(int signal)
    {
        var postmaster = int.Parse(
            File.ReadLines(Path.Combine(DataFolder, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        var children = File.ReadAllText($"/proc/{postmaster}/task/{postmaster}/children")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        using var kill = Process.Start("kill", [$"-{signal}", $"{postmaster}", .. children]);
        kill.WaitForExit();
    }

    private static ProcessStartInfo Command(string[] words)
    {
        var command = new ProcessStartInfo(words[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var word in words.Skip(1))
        {
            command.ArgumentList.Add(word);
        }

        return command;
    }

    private static async Task Run(string[] words)
    {
        using var process = Process.Start(Command(words))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{string.Join(' ', words)}: {await output}{errors}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
