using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Vrs.Gateway.Turn;
using Vrs.Grains.Interfaces.Accounts;

namespace Vrs.Gateway.Health;

/// <summary>
/// Media can be relayed: every TURN server that pages are told gives a relay to a credential of ours. Without one many
/// calls still find a direct way, so a server that fails makes the service degraded, not unready.
/// </summary>
/// <param name="options">The servers.</param>
/// <param name="credentials">Makes the credential.</param>
/// <param name="time">The clock.</param>
internal sealed class MediaCheck(IOptions<GatewayOptions> options, IceServers credentials, TimeProvider time)
    : IHealthCheck
{
    /// <summary>Relays are not free: they are asked for less often than other checks run.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private HealthCheckResult _last;
    private long? _checked;

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default)
    {
        if (_checked is { } before && time.GetElapsedTime(before) < Every)
        {
            return _last;
        }

        _last = await Check(cancellationToken);
        _checked = time.GetTimestamp();
        return _last;
    }

    private async Task<HealthCheckResult> Check(CancellationToken cancellation)
    {
        var relays = options.Value.Turn.Urls.Where(IceUrl.IsRelay).ToList();
        if (relays.Count == 0)
        {
            return HealthCheckResult.Healthy("No TURN server is configured.");
        }

        var found = await Task.WhenAll(relays.Select(url => Try(url, cancellation)));
        var failed = found.OfType<string>().ToList();
        return failed.Count == 0
            ? HealthCheckResult.Healthy($"{relays.Count} TURN servers gave a relay.")
            : HealthCheckResult.Degraded(string.Join(' ', failed));
    }

    private async Task<string?> Try(string url, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            var credential = credentials.For(UserId.From("health")).IceServers.Single(one => one.Username is not null);
            return await TurnProbe.Allocate(url, credential.Username!, credential.Credential!, limit.Token) is { } fault
                ? $"{url}: {fault}"
                : null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"{url}: no answer within {Patience.TotalSeconds} s.";
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException
            or System.Net.Sockets.SocketException or System.Security.Authentication.AuthenticationException)
        {
            return $"{url}: {fault.Message}";
        }
    }
}
