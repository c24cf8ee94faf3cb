using System.Globalization;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Vrs.Tests.Host;

namespace Vrs.Tests.Integration;

/// <summary><c>vrs records</c> as an auditor runs it, beside a server that runs and had a real call.</summary>
public sealed class RecordCommandTests : ProcessTest
{
    private static readonly TimeSpan OnRecordWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SealedWithin = TimeSpan.FromSeconds(60);

    protected override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string> { ["Calls:HandlingLocation"] = "center-7" };

    [Fact]
    public async Task A_call_is_on_record_with_every_field_exported_and_verified_and_tampering_is_told()
    {
        var (dana, ines, hana) = await World.OpenThree();
        var relayed = await RelayWorld.Relay(dana, ines, hana);
        Assert.Equal(200, (await relayed.Caller.HangUp()).Status);
        await CallRecords.Await(Server.DataFolder, relayed.Call, OnRecordWithin);

        var csv = await ExportedAsCsv();
        HasEveryField(csv, dana.Number, hana.Number);
        var (code, json, _) = await Run("export", "--from", Day(-1), "--to", Day(2), "--format", "json");
        Assert.Equal(0, code);
        var same = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;
        Assert.All(csv, field => Assert.Equal(field.Value, $"{same[field.Key]}"));

        await Wait.Until(
            "The record is sealed",
            async () => (await Run("verify")).Output.Contains(
                "1 records, 0 erased, 0 not sealed yet, 0 faults.", StringComparison.Ordinal),
            SealedWithin);
        Assert.Equal(0, (await Run("verify")).Code);

        await Tamper();
        var verified = await Run("verify");
        Assert.Equal(1, verified.Code);
        Assert.Contains("does not fit its seal", verified.Error, StringComparison.Ordinal);
    }

    /// <summary>47 CFR 64.604(c)(5)(iii)(D)(2) in its order, and what the speed of answer is reckoned from.</summary>
    private static void HasEveryField(Dictionary<string, string> record, string caller, string callee)
    {
        Assert.Equal("1", record["sequence"]);
        Assert.Equal("7001", record["ca_id"]);
        Assert.True(Time("arrived_at") <= Time("answered_at"));
        Assert.True(Time("answered_at") <= Time("session_start"));
        Assert.True(Time("session_start") <= Time("conversation_start"));
        Assert.True(Time("conversation_start") <= Time("conversation_end"));
        Assert.True(Time("conversation_end") <= Time("session_end"));
        Assert.Equal((caller, "127.0.0.1"), (record["incoming_number"], record["incoming_address"]));
        Assert.Equal((callee, "127.0.0.1"), (record["outbound_number"], record["outbound_address"]));
        Assert.Equal(Seconds("conversation_start", "conversation_end"), record["conversation_seconds"]);
        Assert.Equal(Seconds("session_start", "session_end"), record["session_seconds"]);
        Assert.Equal("center-7", record["handling_location"]);
        Assert.Equal($"sip:{callee}@vrs.local", record["url"]);

        // To the millisecond: the rule asks for the nearest second at least.
        DateTimeOffset Time(string field) => DateTimeOffset.ParseExact(
            record[field],
            "yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal);

        string Seconds(string from, string to) =>
            $"{Time(to).ToUnixTimeSeconds() - Time(from).ToUnixTimeSeconds()}";
    }

    /// <summary>The only record, by names of columns; no value of this call has a comma.</summary>
    private async Task<Dictionary<string, string>> ExportedAsCsv()
    {
        var (code, output, error) = await Run("export", "--from", Day(-1), "--to", Day(2));
        Assert.True(code == 0, error);
        var lines = output.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        return lines[0].Split(',').Zip(lines[1].Split(',')).ToDictionary(field => field.First, field => field.Second);
    }

    private Task<(int Code, string Output, string Error)> Run(params string[] arguments) =>
        CommandTests.Run("", ["records", .. arguments, "--data", Server.DataFolder]);

    /// <summary>By somebody who may change the schema.</summary>
    private async Task Tamper()
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(Server.DataFolder, "vrs.db")}");
        await connection.OpenAsync();
        await connection.ExecuteAsync("DROP TRIGGER call_records_no_update");
        Assert.Equal(1, await connection.ExecuteAsync("UPDATE call_records SET ca_id = '7002'"));
    }

    private static string Day(int offset) =>
        DateTime.UtcNow.AddDays(offset).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
