using Vrs.Silo.Storage;
using Vrs.Silo.Upkeep;

namespace Vrs.Silo.Records;

/// <summary>
/// Seals new call records, in order of their sequence. Any number of processes may: a seal is a function of what is
/// sealed, so the second to write it writes the same and is not heard.
/// </summary>
/// <param name="reader">Where records come from.</param>
/// <param name="writer">Where seals go.</param>
/// <param name="time">Gives the beat.</param>
/// <param name="log">Told of failures; the next beat tries again.</param>
internal sealed class RecordSealer(
    RecordReader reader, GroupCommitWriter writer, TimeProvider time, ILogger<RecordSealer> log)
    : RecurringWork(TimeSpan.FromSeconds(2), time, log)
{
    private const int BatchMax = 500;

    private const string Insert =
        "INSERT INTO record_seals (sequence, day, digest) VALUES (@p0, @p1, @p2) ON CONFLICT (sequence) DO NOTHING";

    private bool _lookedAtAll;

    /// <summary>Seals what is not sealed yet.</summary>
    /// <returns>How many records.</returns>
    public async Task<int> SealAll(CancellationToken stop)
    {
        var sealedNow = 0;
        var last = new Dictionary<string, string>();
        IReadOnlyList<CallRecordRow> batch;
        do
        {
            batch = await reader.Unsealed(BatchMax, _lookedAtAll, stop);
            var writes = new List<Task>(batch.Count);
            foreach (var record in batch)
            {
                var day = RecordSeal.DayOf(record);
                var previous = last.GetValueOrDefault(day) ?? await reader.Previous(record, stop);
                var digest = last[day] = RecordSeal.Of(previous, record);
                writes.Add(writer.Write(new Statement(Insert, record.sequence, day, digest) { CanWait = true }));
            }

            await Task.WhenAll(writes).WaitAsync(stop);
            sealedNow += batch.Count;
        }
        while (batch.Count == BatchMax);
        _lookedAtAll = true;
        return sealedNow;
    }

    /// <inheritdoc/>
    protected override Task DoDue(CancellationToken stop) => SealAll(stop);
}
