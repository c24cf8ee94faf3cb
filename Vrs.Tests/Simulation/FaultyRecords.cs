using System.Collections.Immutable;
using Vrs.Grains.Domain.Records;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Records;
using Vrs.Tests.Support;

namespace Vrs.Tests.Simulation;

/// <summary>The call records; an append sometimes fails, before or after it took effect.</summary>
internal sealed class FaultyRecords(Swarm swarm, Fate fate, VirtualTime time) : ICallRecords
{
    private readonly List<CallRecord> _rows = [];

    public bool Faulty { get; set; }

    /// <summary>Calls whose second record said something else than their first.</summary>
    public List<CallId> Contradicted { get; } = [];

    /// <summary>How many records a call has.</summary>
    public int CountOf(CallId call) => _rows.Count(row => row.Call == call);

    public Task Append(CallRecord record, CancellationToken cancellationToken)
    {
        FailSometimes();
        if (_rows.Find(row => row.Call == record.Call) is not { } known)
        {
            _rows.Add(record);
        }
        else if (known != record)
        {
            Contradicted.Add(record.Call);
        }

        FailSometimes();
        return Task.CompletedTask;
    }

    /// <summary>A table without its key: takes a record whether it knows the call or not.</summary>
    public void AppendAnyway(CallRecord record)
    {
        FailSometimes();
        _rows.Add(record);
        FailSometimes();
    }

    public Task<ImmutableArray<CallRecord>> Recent(int count, CancellationToken cancellationToken) =>
        Task.FromResult(_rows.OrderByDescending(record => record.EndedAt).Take(count).ToImmutableArray());

    private void FailSometimes()
    {
        if (Faulty && fate.Strikes(Decision.FailRecord, swarm.WriteFailure, time.Elapsed))
        {
            throw new IOException("The record could not be stored, or it was and nobody knows.");
        }
    }
}
