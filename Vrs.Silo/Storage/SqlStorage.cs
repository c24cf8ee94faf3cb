using System.Globalization;
using System.Text;
using Dapper;

namespace Vrs.Silo.Storage;

/// <summary>Grain state in the database. The version column is the ETag.</summary>
/// <param name="database">For reading.</param>
/// <param name="writer">For writing.</param>
/// <param name="time">For the time of writing; informational.</param>
public sealed class SqlStorage(Database database, GroupCommitWriter writer, TimeProvider time) : IStateStorage
{
    private const string Select =
        "SELECT body AS Body, version AS Version FROM grain_state "
        + "WHERE grain_type = @Type AND grain_key = @Key AND state_name = @State";

    private const string Insert =
        "INSERT INTO grain_state (grain_type, grain_key, state_name, version, body, written_at) "
        + "VALUES (@p0, @p1, @p2, 1, @p3, @p4) ON CONFLICT DO NOTHING";

    private const string Update =
        "UPDATE grain_state SET version = version + 1, body = @p3, written_at = @p4 "
        + "WHERE grain_type = @p0 AND grain_key = @p1 AND state_name = @p2 AND version = @p5";

    private const string Delete =
        "DELETE FROM grain_state WHERE grain_type = @p0 AND grain_key = @p1 AND state_name = @p2 AND version = @p3";

    public async Task<StoredState?> Read(StateKey key) =>
        await Find(key) is { } row
            ? new StoredState(Encoding.UTF8.GetBytes(row.Body), Etag(row.Version))
            : null;

    public async Task<string> Write(StateKey key, ReadOnlyMemory<byte> json, string? etag)
    {
        var body = Encoding.UTF8.GetString(json.Span);
        var at = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        var (type, id) = key.Grain;
        if (etag is null)
        {
            var inserted = await writer.Write(new Statement(Insert, type, id, key.State, body, at));
            return inserted == 1 ? "1" : await DoneBefore(key, body, 1, etag);
        }

        var version = Version(etag);
        var updated = await writer.Write(new Statement(Update, type, id, key.State, body, at, version));
        return updated == 1
            ? Etag(version + 1)
            : await DoneBefore(key, body, version + 1, etag);
    }

    public async Task Clear(StateKey key, string etag)
    {
        var (type, id) = key.Grain;
        if (await writer.Write(new Statement(Delete, type, id, key.State, Version(etag))) != 1)
        {
            throw Stale(await Find(key), key, "clear", etag);
        }
    }

    private static long Version(string etag) => long.Parse(etag, CultureInfo.InvariantCulture);

    private Task<Row?> Find(StateKey key) => database.Read(connection =>
        connection.QuerySingleOrDefaultAsync<Row>(Select, new { key.Grain.Type, key.Grain.Key, key.State }));

    /// <summary>
    /// Nothing was changed. That is fine when what is stored is what was to be written: the connection broke after the
    /// commit, and the writer did it again.
    /// </summary>
    private async Task<string> DoneBefore(StateKey key, string body, long version, string? etag) =>
        await Find(key) is var stored && stored is not null && stored.Version == version && stored.Body == body
            ? Etag(version)
            : throw Stale(stored, key, "write", etag);

    private static StaleStateException Stale(Row? stored, StateKey key, string deed, string? etag) =>
        new($"Could not {deed} {key}.", stored is null ? null : Etag(stored.Version), etag);

    private static string Etag(long version) => version.ToString(CultureInfo.InvariantCulture);

    private sealed record Row(string Body, long Version);
}
