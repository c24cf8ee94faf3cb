using System.Collections.Immutable;
using Vrs.Grains.Domain.Records;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Records;

namespace Vrs.Tests.Simulation;

/// <summary>The call records; an append sometimes fails, before or after it took effect.</summary>
internal sealed class FaultyRecords(Swarm swarm, Random random) : ICallRecords
{
    private readonly SortedDictionary<string, CallRecord> _records = new(StringComparer.Ordinal);

    public bool Faulty { get; set; }

    /// <summary>Calls whose second record said something else than their first.</summary>
    public List<CallId> Contradicted { get; } = [];

    public bool Has(CallId call) => _records.ContainsKey(call.Value);

    public Task Append(CallRecord record, CancellationToken cancellationToken)
    {
        FailSometimes();
        if (!_records.TryAdd(record.Call.Value, record) && _records[record.Call.Value] != record)
        {
            Contradicted.Add(record.Call);
        }

        FailSometimes();
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<CallRecord>> Recent(int count, CancellationToken cancellationToken) =>
        Task.FromResult(_records.Values.OrderByDescending(record => record.EndedAt).Take(count).ToImmutableArray());

    private void FailSometimes()
    {
        if (Faulty && random.NextDouble() < swarm.WriteFailure)
        {
            throw new IOException("The record could not be stored, or it was and nobody knows.");
        }
    }
}
