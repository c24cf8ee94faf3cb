using Vrs.Grains.Domain.Records;

namespace Vrs.Grains.Records;

/// <summary>Where call records are kept.</summary>
public interface ICallRecords
{
    /// <summary>Keeps the record. A second record of the same call changes nothing.</summary>
    /// <param name="record">The record.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    Task Append(CallRecord record, CancellationToken cancellationToken);

    /// <summary>The latest records, newest first.</summary>
    /// <param name="count">How many at most.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    Task<ImmutableArray<CallRecord>> Recent(int count, CancellationToken cancellationToken);
}
