using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Vrs.Gateway.Accounts;
using Vrs.Tests.Integration;

namespace Vrs.Tests.Host;

/// <summary>The program as an operator meets it: what it prints, and what it tells the shell.</summary>
public sealed partial class CommandTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    [Fact]
    public async Task A_taken_port_is_named_with_the_remedy_and_without_a_stack_trace()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var (code, _, error) = await Run("", "--listen", $"https://127.0.0.1:{port}", "--data", _data.Path);

        Assert.Equal(1, code);
        Assert.Equal(
            $"The server cannot start: port {port} is in use by another program. Stop what uses it, or choose another "
            + "port with --listen https://0.0.0.0:9443, or ./vrs up --port 9443.",
            error.Trim());
    }

    [Fact]
    public async Task A_database_that_stays_away_is_named_with_the_remedy_and_without_a_stack_trace()
    {
        var (pages, postgreSql) = (ServerProcess.FreePort(), ServerProcess.FreePort());

        var (code, output, error) = await Run(
            "",
            "--listen",
            $"https://127.0.0.1:{pages}",
            "--data",
            _data.Path,
            "--set",
            "Storage:Provider=PostgreSql",
            "--set",
            $"Storage:ConnectionString=Host=127.0.0.1;Port={postgreSql};Database=vrs",
            "--set",
            "Storage:StartHold=00:00:02");

        Assert.Equal(1, code);
        Assert.Contains("The start waits for the database: ", output, StringComparison.Ordinal);
        Assert.StartsWith(
            $"The server cannot start: PostgreSQL database vrs on 127.0.0.1:{postgreSql} can't be used: ",
            error,
            StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_config_prints_all_faults_and_fails()
    {
        var (code, _, error) = await Run(
            "", "validate", "config", "--role", "both", "--set", "Gateway:SipDomain=no domain",
            "--set", "Sip:Transport=udp", "--set", "GrainEngine:MailboxLimit=0");

        Assert.Equal(1, code);
        Assert.StartsWith("The configuration has 3 faults:", error, StringComparison.Ordinal);
        Assert.Contains("Gateway:SipDomain: found 'no domain'", error, StringComparison.Ordinal);
        Assert.Contains("Sip:Transport: found 'udp'", error, StringComparison.Ordinal);
        Assert.Contains("GrainEngine:MailboxLimit", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_hash_is_one_that_an_account_takes()
    {
        var (code, output, _) = await Run("correct horse\n", "hash-password");

        using var passwords = new Passwords(Microsoft.Extensions.Options.Options.Create(new AccountsOptions()));
        Assert.Equal(0, code);
        Assert.True(passwords.Matches(LastLine().Match(output).Value, "correct horse"));
    }

    public void Dispose() => _data.Dispose();

    /// <summary>Runs the program with these arguments, and this on its standard input.</summary>
    internal static async Task<(int Code, string Output, string Error)> Run(string input, params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Vrs.Silo.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    [GeneratedRegex(@"\S+(?=\s*\z)")]
    private static partial Regex LastLine();
}
