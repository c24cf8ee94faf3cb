using Microsoft.Data.Sqlite;

namespace Vrs.Tests.Integration;

/// <summary>The call records in a server's data folder, read as an auditor would: from the file.</summary>
internal static class CallRecords
{
    /// <summary>Waits until the record of a call is there; its columns by name.</summary>
    public static async Task<IReadOnlyDictionary<string, object>> Await(
        string dataFolder, string call, TimeSpan? within = null)
    {
        IReadOnlyDictionary<string, object>? found = null;
        await Wait.Until(
            $"The record of call {call}",
            async () => (found = await Find(dataFolder, call)) is not null,
            within ?? Wait.Reply);
        return found!;
    }

    private static async Task<IReadOnlyDictionary<string, object>?> Find(string dataFolder, string call)
    {
        var source = new SqliteConnectionStringBuilder
        {
            DataSource = Assert.Single(Directory.GetFiles(dataFolder, "*.db")),
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        };
        await using var connection = new SqliteConnection(source.ToString());
        await connection.OpenAsync();
        await using var select = connection.CreateCommand();
        select.CommandText = "SELECT * FROM call_records WHERE call_id = $call";
        select.Parameters.AddWithValue("$call", call);
        await using var row = await select.ExecuteReaderAsync();
        return await row.ReadAsync()
            ? Enumerable.Range(0, row.FieldCount).ToDictionary(row.GetName, row.GetValue)
            : null;
    }
}
