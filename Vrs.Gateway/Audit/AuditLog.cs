using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Vrs.Gateway.Accounts;
using Vrs.Gateway.Tokens;
using Vrs.Grains.Interfaces.Audit;

namespace Vrs.Gateway.Audit;

/// <summary>
/// What this gateway sees people do and refuses them, on its way to the audit trail: in order, in bounded numbers,
/// again until it is stored. Who must not go on before it is stored awaits it.
/// </summary>
/// <param name="grains">Reaches the trail.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Told of what was lost.</param>
public sealed partial class AuditLog(IGrainFactory grains, TimeProvider time, ILogger<AuditLog> log)
    : BackgroundService
{
    private const int WaitingMax = 10_000;
    private const int BatchMax = 100;
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StoreLimit = TimeSpan.FromSeconds(5);

    /// <summary>This run: its events are numbered from 1.</summary>
    private readonly string _run = Guid.NewGuid().ToString("N");
    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(
        new BoundedChannelOptions(WaitingMax) { SingleReader = true });

    private long _last;

    /// <summary>What somebody did or was refused, not numbered yet.</summary>
    public static AuditEvent By(SignedInUser who, string action, string outcome) =>
        Of(who.User.Value, RoleNames.ToName(who.Role), action, outcome);

    /// <summary>The same for somebody who is only named.</summary>
    public static AuditEvent Of(string actor, string role, string action, string outcome) =>
        new("", 0, default, actor.Length == 0 ? AuditEvent.Unknown : actor, role, action, outcome);

    /// <summary>Where a request came from.</summary>
    public static string? AddressOf(HttpContext? context) => context?.Connection.RemoteIpAddress?.ToString();

    /// <summary>Takes an event; completes when it is stored.</summary>
    /// <param name="entry">The event; its subject, number and time are given here.</param>
    /// <exception cref="TimeoutException">It is not stored yet.</exception>
    public Task Note(AuditEvent entry)
    {
        var numbered = entry with
        {
            Subject = $"gateway:{_run}",
            Number = Interlocked.Increment(ref _last),
            At = time.GetUtcNow(),
        };
        var stored = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = new Waiting(numbered, stored);
        if (!_waiting.Writer.TryWrite(waiting))
        {
            LogLost(numbered.Action, numbered.Outcome);
            return Task.FromException(new TimeoutException("Too many audit events wait to be stored."));
        }

        return waiting.Stored.Task.WaitAsync(StoreLimit, time);
    }

    /// <summary>Takes an event that nobody waits for.</summary>
    /// <param name="entry">As in <see cref="Note"/>.</param>
    public void Tell(AuditEvent entry) =>
        _ = Note(entry).ContinueWith(
            static told => _ = told.Exception,
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        if (ExecuteTask is { } storing)
        {
            await Task.WhenAny(storing, Task.Delay(StoreLimit, time, cancellationToken));
        }

        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Waiting>(BatchMax);
        while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
        {
            batch.Clear();
            while (batch.Count < BatchMax && _waiting.Reader.TryRead(out var next))
            {
                batch.Add(next);
            }

            await Store(batch, stoppingToken);
        }
    }

    private async Task Store(List<Waiting> batch, CancellationToken stop)
    {
        var grain = grains.GetGrain<IAuditGrain>(_run);
        var events = batch.Select(waiting => waiting.Event).ToImmutableArray();
        while (true)
        {
            try
            {
                await grain.Append(events).WaitAsync(stop);
                batch.ForEach(waiting => waiting.Stored.TrySetResult());
                return;
            }
            catch (Exception fault) when (!stop.IsCancellationRequested)
            {
                LogNotStored(fault, batch.Count);
            }

            await Task.Delay(RetryPause, time, stop);
        }
    }

    [LoggerMessage(EventName = "audit_not_stored", Level = LogLevel.Warning,
        Message = "{Count} audit events could not be stored yet; trying again.")]
    private partial void LogNotStored(Exception fault, int count);

    [LoggerMessage(EventName = "audit_lost", Level = LogLevel.Error,
        Message = "Too many audit events wait; {Action} with outcome {Outcome} is lost.")]
    private partial void LogLost(string action, string outcome);

    private sealed record Waiting(AuditEvent Event, TaskCompletionSource Stored);
}
