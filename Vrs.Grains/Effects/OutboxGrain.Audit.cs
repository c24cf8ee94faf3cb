using Orleans.Runtime;
using Vrs.Grains.Audit;
using Vrs.Grains.Interfaces.Audit;

namespace Vrs.Grains.Effects;

public abstract partial class OutboxGrain<TState, TEffect>
{
    /// <summary>Far more than one grain does while the trail is away; the oldest go, and the log says so.</summary>
    private const int AuditsMax = 1_000;

    private readonly IAuditTrail _trail;
    private ImmutableList<AuditEvent> _storedAudits = [];
    private IGrainTimer? _audit;
    private bool _auditing;
    private int _auditFailures;

    /// <summary>
    /// Owes the trail an event, stored with the state that it belongs to. Comes right after <see cref="Commit"/>.
    /// </summary>
    /// <param name="entry">The event.</param>
    protected void Audit(AuditEvent entry)
    {
        var kept = _store.State;
        kept.Audits = kept.Audits.Add(entry);
        if (kept.Audits.Count > AuditsMax)
        {
            OutboxLog.AuditDropped(Log, kept.Audits[0].Subject, kept.Audits[0].Number);
            kept.Audits = kept.Audits.RemoveAt(0);
        }

        _changes++;
    }

    /// <summary>What is stored may be passed on. That it was is stored with the next change.</summary>
    /// <param name="stored">The events as stored.</param>
    private void StartAudit(ImmutableList<AuditEvent> stored)
    {
        _storedAudits = stored;
        if (!_auditing && !stored.IsEmpty)
        {
            _audit ??= Timer(_ => PassAudits());
            _audit.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task PassAudits()
    {
        if (_auditing || _broken)
        {
            return;
        }

        _auditing = true;
        try
        {
            while (_storedAudits is { IsEmpty: false } owed && !_broken)
            {
                using var limit = new CancellationTokenSource(_pacing.AttemptLimit, Time);
                await _trail.Append([.. owed], limit.Token);
                _store.State.Audits = _store.State.Audits.RemoveRange(owed);
                _storedAudits = _storedAudits.RemoveRange(owed);
                _auditFailures = 0;
            }
        }
        catch (Exception exception)
        {
            OutboxLog.AuditFailed(Log, exception, ++_auditFailures);
            _audit?.Change(_pacing.Pause(_auditFailures), Timeout.InfiniteTimeSpan);
        }
        finally
        {
            _auditing = false;
        }
    }
}
