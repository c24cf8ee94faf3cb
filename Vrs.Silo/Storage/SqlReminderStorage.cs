using Dapper;

namespace Vrs.Silo.Storage;

/// <summary>Reminders in the database.</summary>
/// <param name="database">For reading.</param>
/// <param name="writer">For writing.</param>
public sealed class SqlReminderStorage(Database database, GroupCommitWriter writer) : IReminderStorage
{
    private const string Select =
        "SELECT grain_type AS Type, grain_key AS Key, name AS Name, start_ms AS StartMs, period_ms AS PeriodMs "
        + "FROM reminders";

    private const string Upserting =
        "INSERT INTO reminders (grain_type, grain_key, name, start_ms, period_ms) VALUES (@p0, @p1, @p2, @p3, @p4) "
        + "ON CONFLICT (grain_type, grain_key, name) DO UPDATE SET start_ms = @p3, period_ms = @p4";

    private const string Deleting =
        "DELETE FROM reminders WHERE grain_type = @p0 AND grain_key = @p1 AND name = @p2";

    public async Task<IReadOnlyList<StoredReminder>> ReadAll()
    {
        var rows = await database.Read(connection =>
            connection.QueryAsync<Row>(Select + " ORDER BY grain_type, grain_key, name"));
        return [.. rows.Select(row => row.ToEntry())];
    }

    public async Task<StoredReminder?> Read(GrainIdentity grain, string name)
    {
        var row = await database.Read(connection => connection.QuerySingleOrDefaultAsync<Row>(
            Select + " WHERE grain_type = @Type AND grain_key = @Key AND name = @Name",
            new { grain.Type, grain.Key, Name = name }));
        return row?.ToEntry();
    }

    public Task Upsert(StoredReminder entry) =>
        writer.Write(new Statement(
            Upserting,
            entry.Grain.Type,
            entry.Grain.Key,
            entry.Name,
            entry.Start.ToUnixTimeMilliseconds(),
            (long)entry.Period.TotalMilliseconds));

    public Task Remove(GrainIdentity grain, string name) =>
        writer.Write(new Statement(Deleting, grain.Type, grain.Key, name));

    private sealed record Row(string Type, string Key, string Name, long StartMs, long PeriodMs)
    {
        public StoredReminder ToEntry() => new(
            new GrainIdentity(Type, Key),
            Name,
            DateTimeOffset.FromUnixTimeMilliseconds(StartMs),
            TimeSpan.FromMilliseconds(PeriodMs));
    }
}
