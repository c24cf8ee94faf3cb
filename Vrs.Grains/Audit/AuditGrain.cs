using Orleans.Concurrency;
using Vrs.Grains.Interfaces.Audit;

namespace Vrs.Grains.Audit;

/// <summary>Passes on what a gateway has seen. It keeps nothing, so its calls need not wait for each other.</summary>
/// <param name="trail">Where events are kept.</param>
[Reentrant]
public sealed class AuditGrain(IAuditTrail trail) : Grain, IAuditGrain
{
    /// <inheritdoc/>
    public Task Append(ImmutableArray<AuditEvent> events) => trail.Append(events, CancellationToken.None);
}
