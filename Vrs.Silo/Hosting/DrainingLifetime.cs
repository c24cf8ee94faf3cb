using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;
using Vrs.Gateway.Health;
using Vrs.Gateway.Legs;

namespace Vrs.Silo.Hosting;

/// <summary>
/// Ends the process in three steps. Told to stop, it is no longer ready, so that balancers look elsewhere; then it
/// takes no new calls, while those it has go on; when none is left, or the limit is over, it stops, and the next
/// process takes over what was left. Told twice, it stops at once.
/// </summary>
/// <param name="application">What is stopped at last.</param>
/// <param name="health">Tells balancers and callers that it drains.</param>
/// <param name="legs">What it waits for.</param>
/// <param name="options">How long at most.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
internal sealed partial class DrainingLifetime(
    IHostApplicationLifetime application,
    HealthMonitor health,
    LiveLegs legs,
    IOptions<DrainOptions> options,
    TimeProvider time,
    ILogger<DrainingLifetime> log) : IHostLifetime, IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private readonly List<PosixSignalRegistration> _signals = [];
    private int _told;

    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT])
        {
            _signals.Add(PosixSignalRegistration.Create(signal, OnSignal));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => _signals.ForEach(signal => signal.Dispose());

    /// <summary>Drains, then stops the application.</summary>
    internal async Task Drain()
    {
        var stopping = application.ApplicationStopping;
        health.BeginLeaving();
        LogLeaves(options.Value.Notice);
        await Task.Delay(options.Value.Notice, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        health.BeginDrain();
        LogBegins(legs.Count, options.Value.Limit);
        var began = time.GetTimestamp();
        while (legs.Count > 0
            && time.GetElapsedTime(began) < options.Value.Limit
            && !stopping.IsCancellationRequested)
        {
            await Task.Delay(Look, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        LogEnds(legs.Count, time.GetElapsedTime(began));
        application.StopApplication();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _told) == 1)
        {
            _ = Drain();
        }
        else
        {
            application.StopApplication();
        }
    }

    [LoggerMessage(EventName = "drain_noticed", Level = LogLevel.Information,
        Message = "Told to stop: not ready from now on; new calls are taken for another {Notice}.")]
    private partial void LogLeaves(TimeSpan notice);

    [LoggerMessage(EventName = "drain_begins", Level = LogLevel.Information,
        Message = "No new calls from now on; {Legs} legs may go on for {Limit}.")]
    private partial void LogBegins(int legs, TimeSpan limit);

    [LoggerMessage(EventName = "drain_ends", Level = LogLevel.Information,
        Message = "Stopping after {Took}; {Legs} legs are handed over.")]
    private partial void LogEnds(int legs, TimeSpan took);
}
