using Orleans;
using Orleans.Runtime;
using Vrs.Silo.Storage;

namespace Vrs.Silo.Cluster;

/// <summary>
/// Reminders of Orleans where the embedded engine keeps them, so that a call in progress keeps its reminder when the
/// engine changes. Every silo reads the whole table every few minutes and keeps its own share of the ring; that is one
/// row for each call in progress and each interpreter at work.
/// </summary>
/// <remarks>
/// A silo that starts, or takes over the share of one that died, reminds whomever it finds there at once and not when
/// the old rhythm says so: their timers died with the silo, and what they owed to others was left undone.
/// </remarks>
/// <param name="storage">The table.</param>
/// <param name="time">The clock.</param>
internal sealed class ClusterReminderTable(IReminderStorage storage, TimeProvider time) : IReminderTable
{
    /// <summary>Over how many milliseconds the first reminders are spread.</summary>
    private const uint FirstWithinMs = 1000;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task<ReminderTableData> ReadRows(GrainId grainId) =>
        new((await storage.ReadAll()).Select(Entry).Where(entry => entry.GrainId == grainId));

    /// <inheritdoc/>
    public async Task<ReminderTableData> ReadRows(uint begin, uint end) =>
        new((await storage.ReadAll()).Select(Entry).Where(entry => IsWithin(entry, begin, end)).Select(Soon));

    /// <inheritdoc/>
    public async Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) =>
        await storage.Read(grainId.ToIdentity(), reminderName) is { } stored ? Entry(stored) : null;

    /// <inheritdoc/>
    public async Task<string?> UpsertRow(ReminderEntry entry)
    {
        var start = new DateTimeOffset(DateTime.SpecifyKind(entry.StartAt, DateTimeKind.Utc));
        var stored = new StoredReminder(entry.GrainId.ToIdentity(), entry.ReminderName, start, entry.Period);
        await storage.Upsert(stored);
        return EtagOf(stored);
    }

    /// <summary>Removes a reminder; one that is gone already is as good as removed.</summary>
    public async Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag)
    {
        await storage.Remove(grainId.ToIdentity(), reminderName);
        return true;
    }

    /// <inheritdoc/>
    public async Task TestOnlyClearTable()
    {
        foreach (var reminder in await storage.ReadAll())
        {
            await storage.Remove(reminder.Grain, reminder.Name);
        }
    }

    private static ReminderEntry Entry(StoredReminder stored) => new()
    {
        GrainId = stored.Grain.ToGrainId(),
        ReminderName = stored.Name,
        StartAt = stored.Start.UtcDateTime,
        Period = stored.Period,
        ETag = EtagOf(stored),
    };

    // Orleans compares ETags: one that ticks here already goes on in its rhythm.
    private ReminderEntry Soon(ReminderEntry entry)
    {
        var wait = entry.GrainId.GetUniformHashCode() % FirstWithinMs;
        entry.StartAt = time.GetUtcNow().UtcDateTime + TimeSpan.FromMilliseconds(wait);
        return entry;
    }

    // What has the same times is the same reminder: nobody needs to tell one registration from its repetition.
    private static string EtagOf(StoredReminder stored) =>
        FormattableString.Invariant(
            $"{stored.Start.ToUnixTimeMilliseconds()}/{(long)stored.Period.TotalMilliseconds}");

    // The ring: from begin, which is not in, to end, which is; equal ends are the whole of it.
    private static bool IsWithin(ReminderEntry entry, uint begin, uint end)
    {
        var hash = entry.GrainId.GetUniformHashCode();
        return begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;
    }
}
