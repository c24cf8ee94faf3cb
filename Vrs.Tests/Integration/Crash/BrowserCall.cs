using System.Diagnostics;
using Microsoft.Extensions.Options;
using Vrs.Gateway.Accounts;
using Vrs.Silo.Records;
using Vrs.Tests.Host;
using Vrs.Tests.Tidy;

namespace Vrs.Tests.Integration.Crash;

/// <summary>
/// One call of three real pages among the others, with fake cameras and microphones: <c>e2e/longCall.crash.ts</c>. It
/// stands before the first kill and is hung up after the last, and its media never stands still. Its people have a pool
/// of their own, so that nobody else answers them.
/// </summary>
internal sealed class BrowserCall : IAsyncDisposable
{
    private const string CaId = "9001";
    private const string Pool = "bfi+en";
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan EndLimit = TimeSpan.FromMinutes(4);

    private readonly string _folder = Directory.CreateTempSubdirectory("vrs-crash-").FullName;
    private readonly Process _spec;
    private readonly Task<string> _said;

    private BrowserCall(Uri server)
    {
        var start = new ProcessStartInfo("npm", ["run", "--silent", "e2e"])
        {
            WorkingDirectory = Path.Combine(SourceTree.Root, "Vrs.Gateway", "web"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["VRS_URL"] = server.GetLeftPart(UriPartial.Authority);
        start.Environment["VRS_CRASH_FOLDER"] = _folder;
        start.Environment["VRS_DEMO_PASSWORD"] = VrsServer.Password;
        _spec = Process.Start(start)!;
        _said = Said();
    }

    /// <summary>Whether the run was asked to have one.</summary>
    public static bool IsWanted => Environment.GetEnvironmentVariable("VRS_CRASH_BROWSER") is { Length: > 0 };

    /// <summary>What the server must know of its people and its pages.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Settings()
    {
        using var passwords = new Passwords(Options.Create(new AccountsOptions { HashIterations = 10_000 }));
        var hash = passwords.Hash(VrsServer.Password);
        yield return new("Gateway:WebRoot", Path.Combine(SourceTree.Root, "Vrs.Gateway", "wwwroot"));
        (string User, string Role, string Name, string Value)[] people =
        [
            ("caller", "caller", "Number", "+15559002"),
            ("interpreter", "interpreter", "CaId", CaId),
            ("phone", "phone", "Number", "+15559001"),
        ];
        foreach (var (index, (user, role, name, value)) in people.Index())
        {
            var entry = $"Accounts:Users:{index}";
            yield return new($"{entry}:User", user);
            yield return new($"{entry}:Role", role);
            yield return new($"{entry}:DisplayName", $"The {user}");
            yield return new($"{entry}:PasswordHash", hash);
            yield return new($"{entry}:{name}", value);
            if (role != "phone")
            {
                yield return new($"{entry}:Pools:0", Pool);
            }
        }
    }

    /// <summary>Opens the pages and connects them.</summary>
    public static async Task<BrowserCall> Connect(Uri server)
    {
        var call = new BrowserCall(server);
        await Wait.Until(
            "The call of the browser is connected",
            async () => call._spec.HasExited
                ? throw new InvalidOperationException(await call._said)
                : File.Exists(Path.Combine(call._folder, "connected")),
            ConnectLimit);
        return call;
    }

    /// <summary>Has it hung up; returns how long its media stood still.</summary>
    public async Task<string> End()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "over"), "");
        using var deadline = new CancellationTokenSource(EndLimit);
        await _spec.WaitForExitAsync(deadline.Token);
        var figures = Path.Combine(_folder, "figures.json");
        var measured = File.Exists(figures) ? await File.ReadAllTextAsync(figures, deadline.Token) : "";
        Assert.True(_spec.ExitCode == 0, $"{measured}\n{await _said}");
        return measured;
    }

    /// <summary>It was one call, which its caller ended.</summary>
    public static void Judge(IEnumerable<CallRecordRow> records) =>
        Assert.Equal("callerHungUp", Assert.Single(records, record => record.ca_id == CaId).end_reason);

    public ValueTask DisposeAsync()
    {
        if (!_spec.HasExited)
        {
            _spec.Kill(entireProcessTree: true);
        }

        _spec.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<string> Said()
    {
        var errors = _spec.StandardError.ReadToEndAsync();
        return await _spec.StandardOutput.ReadToEndAsync() + await errors;
    }
}
