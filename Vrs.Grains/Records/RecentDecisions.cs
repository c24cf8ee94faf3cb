using Vrs.Grains.Domain.Records;

namespace Vrs.Grains.Records;

/// <summary>The latest decisions in memory, for hosts without a store: simulation and tests.</summary>
public sealed class RecentDecisions : IAllocationDecisions
{
    private const int Kept = 1_000;

    private readonly Lock _lock = new();
    private ImmutableList<AllocationDecision> _decisions = [];

    /// <inheritdoc/>
    public Task Append(AllocationDecision decision, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_decisions.Exists(known => known.Pool == decision.Pool && known.Number == decision.Number))
            {
                _decisions = _decisions.Insert(0, decision);
            }

            if (_decisions.Count > Kept)
            {
                _decisions = _decisions.RemoveAt(Kept);
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<AllocationDecision>> Recent(
        CallId? call, int count, CancellationToken cancellationToken) =>
        Task.FromResult(_decisions.Where(known => call is null || known.Call == call).Take(count).ToImmutableArray());
}
