using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Vrs.Gateway.Management;
using Vrs.Gateway.Telemetry;

namespace Vrs.Gateway.Health;

/// <summary>
/// Runs all health checks again and again, and keeps the last answers for whoever asks: however many ask, the database
/// and the TURN server are asked once in a round.
/// </summary>
/// <param name="checks">The checks.</param>
/// <param name="lifetime">Tells when the listeners are open, and when the process stops.</param>
/// <param name="options">How often.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Told when the answer changes.</param>
public sealed partial class HealthMonitor(
    HealthCheckService checks,
    IHostApplicationLifetime lifetime,
    IOptions<ManagementOptions> options,
    TimeProvider time,
    ILogger<HealthMonitor> log) : BackgroundService
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    private volatile Round? _last;
    private volatile bool _started;
    private volatile bool _leaving;
    private volatile bool _draining;

    /// <summary>Whether it was ready once.</summary>
    public bool HasStarted => _started;

    /// <summary>Whether it is going to stop, and so wants no more work.</summary>
    public bool IsDraining => _draining || lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>What the last round found; null before the first.</summary>
    public HealthReport? Report => _last?.Report;

    /// <summary>
    /// Whether it can serve calls. Unhealthy before the first round, while it drains, and when the last round is so old
    /// that nobody knows.
    /// </summary>
    public HealthStatus Status =>
        _last is { } round && !_leaving && !IsDraining && time.GetElapsedTime(round.At) < Oldest
            ? round.Report.Status
            : HealthStatus.Unhealthy;

    private TimeSpan Oldest => 3 * (options.Value.CheckInterval + options.Value.CheckTimeout);

    /// <summary>From now on it is not ready, so that balancers send new work elsewhere.</summary>
    public void BeginLeaving() => _leaving = true;

    /// <summary>From now on it takes no new work either.</summary>
    public void BeginDrain() => _draining = true;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var started = lifetime.ApplicationStarted.Register(listening.SetResult);
        await using var stopped = stoppingToken.Register(() => listening.TrySetCanceled(stoppingToken));
        await listening.Task;
        while (true)
        {
            var report = await checks.CheckHealthAsync(stoppingToken);
            Keep(report);
            var pause = report.Status is HealthStatus.Unhealthy ? AfterFailure : options.Value.CheckInterval;
            await Task.Delay(pause, time, stoppingToken);
        }
    }

    private void Keep(HealthReport report)
    {
        var before = _last?.Report;
        _last = new Round(report, time.GetTimestamp());
        _started |= report.Status is not HealthStatus.Unhealthy;
        foreach (var (name, entry) in report.Entries)
        {
            GatewayInstruments.Health.Record(
                Score(entry.Status), new KeyValuePair<string, object?>("check", name));
            var was = before?.Entries.GetValueOrDefault(name).Status ?? HealthStatus.Healthy;
            if (was != entry.Status)
            {
                LogChanged(name, was, entry.Status, entry.Description ?? entry.Exception?.Message);
            }
        }
    }

    private static double Score(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => 1,
        HealthStatus.Degraded => 0.5,
        _ => 0,
    };

    [LoggerMessage(EventId = 300, EventName = "health_changed", Level = LogLevel.Warning,
        Message = "Health of {check} went from {state_from} to {state_to}: {reason}")]
    private partial void LogChanged(string check, HealthStatus state_from, HealthStatus state_to, string? reason);

    private sealed record Round(HealthReport Report, long At);
}
