using Vrs.Gateway.Accounts;

namespace Vrs.Silo.Hosting;

/// <summary>Tells a developer, once the server listens, where to go and who can sign in.</summary>
/// <param name="lifetime">Tells when the server listens.</param>
/// <param name="configuration">Where it listens.</param>
/// <param name="log">The log.</param>
internal sealed partial class DevelopmentNotice(
    IHostApplicationLifetime lifetime,
    IConfiguration configuration,
    ILogger<DevelopmentNotice> log) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Tell);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Tell()
    {
        var address = (configuration["Gateway:Listen"] ?? "").Replace("0.0.0.0", "localhost", StringComparison.Ordinal);
        var people = DemoAccounts.All.Select(a => $"{a.User} ({a.Role.ToString().ToLowerInvariant()})");
        LogSignInPage(address, string.Join(", ", people));
    }

    [LoggerMessage(LogLevel.Information, "Sign in at {Address}/ as {People}, with Accounts:DemoPassword.")]
    private partial void LogSignInPage(string address, string people);
}
