using Vrs.Grains.Domain.Records;

namespace Vrs.Grains.Records;

/// <summary>Where the explanations of allocation are kept, for audits.</summary>
public interface IAllocationDecisions
{
    /// <summary>Keeps the decision. A second one of the same pool and number changes nothing.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    Task Append(AllocationDecision decision, CancellationToken cancellationToken);

    /// <summary>The decisions about one call, or the latest of all calls; newest first.</summary>
    /// <param name="call">The call; null for all.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    Task<ImmutableArray<AllocationDecision>> Recent(CallId? call, int count, CancellationToken cancellationToken);
}
