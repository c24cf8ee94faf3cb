namespace Vrs.Grains.Interfaces.Audit;

/// <summary>
/// Where a gateway, which may have no database, leaves what it has seen. Its key is the gateway's run.
/// </summary>
[Alias("vrs.IAuditGrain")]
public interface IAuditGrain : IGrainWithStringKey
{
    /// <summary>Keeps events; completes when they are stored. The same event again changes nothing.</summary>
    /// <param name="events">The events.</param>
    [Alias("Append")]
    Task Append(ImmutableArray<AuditEvent> events);
}
