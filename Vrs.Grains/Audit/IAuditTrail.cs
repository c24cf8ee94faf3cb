using Vrs.Grains.Interfaces.Audit;

namespace Vrs.Grains.Audit;

/// <summary>Where audit events are kept: added to, never changed.</summary>
public interface IAuditTrail
{
    /// <summary>Keeps events; completes when they are stored. The same event again changes nothing.</summary>
    /// <param name="events">The events.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    Task Append(ImmutableArray<AuditEvent> events, CancellationToken cancellationToken);
}
