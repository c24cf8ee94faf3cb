using Vrs.Silo.Records;
using Vrs.Silo.Storage;
using Vrs.Silo.Upkeep;

namespace Vrs.Silo.Audit;

/// <summary>
/// Seals audit events: each digest is over the one before it of its day, and the event. Any number of processes may
/// try: a seal is only taken when the one before it is the one that it was made from, so there is one chain.
/// </summary>
/// <param name="reader">Where events come from.</param>
/// <param name="writer">Where seals go.</param>
/// <param name="time">Gives the beat.</param>
/// <param name="log">Told of failures; the next beat tries again.</param>
internal sealed class AuditSealer(
    AuditReader reader, GroupCommitWriter writer, TimeProvider time, ILogger<AuditSealer> log)
    : RecurringWork(TimeSpan.FromSeconds(2), time, log)
{
    private const int BatchMax = 500;
    private const string Version = "vrs-audit-1";

    private const string Insert =
        "INSERT INTO audit_seals (position, event_id, day, digest) SELECT @p0, @p1, @p2, @p3 "
        + "WHERE @p0 = 1 OR EXISTS (SELECT 1 FROM audit_seals WHERE position = @p0 - 1 AND digest = @p4) "
        + "ON CONFLICT DO NOTHING";

    // An event of a process that was lost in the middle may be older than any that is sealed: found at the next start.
    private bool _lookedAtAll;

    /// <summary>The digest of an event.</summary>
    /// <param name="previous">That of the event before it on its day; null when it is the first.</param>
    /// <param name="entry">The event.</param>
    public static string Digest(string? previous, AuditRow entry) =>
        RecordSeal.Of(previous ?? $"{Version} {entry.Day()}", entry.Fields());

    /// <summary>Seals what is not sealed yet.</summary>
    /// <returns>How many events.</returns>
    public async Task<int> SealAll(CancellationToken stop)
    {
        var sealedNow = 0;
        while (!stop.IsCancellationRequested)
        {
            var batch = await reader.Unsealed(BatchMax, _lookedAtAll);
            var taken = await Seal(batch);
            sealedNow += taken;
            if (batch.Count < BatchMax || taken == 0)
            {
                _lookedAtAll = true;
                break;
            }
        }

        return sealedNow;
    }

    /// <inheritdoc/>
    protected override Task DoDue(CancellationToken stop) => SealAll(stop);

    private async Task<int> Seal(IReadOnlyList<AuditRow> batch)
    {
        var (position, before) = await reader.Last() ?? (0, "");
        var ofDay = new Dictionary<string, string?>(StringComparer.Ordinal);
        var start = position;
        var writes = new List<Task<int>>(batch.Count);
        foreach (var entry in batch)
        {
            var day = entry.Day();
            if (!ofDay.TryGetValue(day, out var previous))
            {
                previous = await reader.Last(day, start);
            }

            var digest = Digest(previous, entry);
            var seal = new Statement(Insert, ++position, entry.id, day, digest, before) { CanWait = true };
            writes.Add(writer.Write(seal));
            (ofDay[day], before) = (digest, digest);
        }

        return (await Task.WhenAll(writes)).Sum();
    }
}
