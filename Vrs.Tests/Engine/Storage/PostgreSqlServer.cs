using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Vrs.Tests.Engine.Storage;

/// <summary>
/// The PostgreSQL server of the tests: the one named by VRS_TEST_POSTGRES (a connection string of a user who may create
/// databases), else one that is started from the installed programs for the life of the test process.
/// </summary>
internal static class PostgreSqlServer
{
    private static readonly Lazy<Task<string>> Started = new(Start);

    /// <summary>Why there is none, or null.</summary>
    public static string? Missing =>
        Given is not null || Programs is not null
            ? null
            : "No PostgreSQL: set VRS_TEST_POSTGRES to a connection string, or apt-get install postgresql.";

    private static string? Given => Environment.GetEnvironmentVariable("VRS_TEST_POSTGRES");

    /// <summary>Where initdb and postgres are; the newest version installed, or null.</summary>
    private static string? Programs =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal)
                .Select(version => Path.Combine(version, "bin"))
                .LastOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
            : null;

    public static Task<string> ConnectionString() => Started.Value;

    private static async Task<string> Start()
    {
        if (Given is { } given)
        {
            return given;
        }

        var folder = Directory.CreateTempSubdirectory("vrs-postgres-").FullName;
        var data = Path.Combine(folder, "data");
        // PostgreSQL refuses to run as root; the package brings a user for it.
        string[] user = Environment.UserName == "root" ? ["runuser", "-u", "postgres", "--"] : [];
        if (user.Length > 0)
        {
            await Run(["chown", "postgres", folder]);
        }

        await Run([.. user, Path.Combine(Programs!, "initdb"), "-D", data, "-U", "vrs", "-A", "trust", "-N"]);
        var port = FreePort();
        var server = Process.Start(Command(
            [
                .. user, Path.Combine(Programs!, "postgres"),
                "-D", data, "-p", $"{port}", "-k", folder, "-h", "127.0.0.1",
            ]))!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            server.Kill(entireProcessTree: true);
            server.WaitForExit();
            Directory.Delete(folder, recursive: true);
        };

        var connection = $"Host=127.0.0.1;Port={port};Username=vrs;Database=postgres";
        await UntilReady(connection, server);
        return connection;
    }

    private static async Task UntilReady(string connection, Process server)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await ticks.WaitForNextTickAsync(deadline.Token))
        {
            Assert.False(server.HasExited, "PostgreSQL has exited while it was starting.");
            try
            {
                await using var attempt = new NpgsqlConnection(connection);
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

    private static ProcessStartInfo Command(string[] words)
    {
        var command = new ProcessStartInfo(words[0]) { RedirectStandardOutput = true, RedirectStandardError = true };
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

/// <summary>A test on PostgreSQL; skipped, and saying so, where there is none.</summary>
public sealed class PostgreSqlFactAttribute : FactAttribute
{
    public PostgreSqlFactAttribute() => Skip = PostgreSqlServer.Missing;
}
