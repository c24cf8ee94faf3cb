using Vrs.Grains.Interfaces.Audit;

namespace Vrs.Grains.Audit;

/// <summary>The latest events in memory, for hosts without a store: simulation and tests.</summary>
public sealed class RecentAudit : IAuditTrail
{
    private const int Kept = 1_000;

    private readonly Lock _lock = new();
    private ImmutableList<AuditEvent> _events = [];

    /// <summary>The events, oldest first.</summary>
    public IReadOnlyList<AuditEvent> Events
    {
        get
        {
            lock (_lock)
            {
                return _events;
            }
        }
    }

    /// <inheritdoc/>
    public Task Append(ImmutableArray<AuditEvent> events, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (var entry in events)
            {
                if (!_events.Exists(known => known.Subject == entry.Subject && known.Number == entry.Number))
                {
                    _events = _events.Add(entry);
                }
            }

            _events = _events.RemoveRange(0, Math.Max(0, _events.Count - Kept));
        }

        return Task.CompletedTask;
    }
}
