using System.Globalization;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Vrs.Tests.Host;

namespace Vrs.Tests.Integration;

/// <summary><c>vrs audit</c> as an auditor runs it, beside a server that runs.</summary>
public sealed class AuditCommandTests : ProcessTest
{
    private static readonly TimeSpan SealedWithin = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_trail_of_a_server_is_exported_and_verified_and_tampering_is_told()
    {
        await World.Open("dana");
        var signIn = await Exported("sign_in", "dana");
        Assert.Equal("done", signIn.GetProperty("outcome").GetString());

        var verified = await Run("verify");
        Assert.Equal(0, verified.Code);
        Assert.Matches(@"\d{4}-\d\d-\d\d [0-9a-fA-F]{64}", verified.Output);
        Assert.Contains("audit events, 0 erased", verified.Output, StringComparison.Ordinal);

        await Tamper(signIn.GetProperty("id").GetInt64());
        var (code, _, error) = await Run("verify");
        Assert.Equal(1, code);
        Assert.Contains("does not fit event", error, StringComparison.Ordinal);
    }

    private async Task<JsonElement> Exported(string action, string actor)
    {
        JsonElement? found = null;
        await Wait.Until(
            $"{action} is sealed",
            async () =>
            {
                var (code, output, error) = await Run("export", "--from", Day(-1), "--to", Day(2));
                Assert.True(code == 0, error);
                found = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => JsonSerializer.Deserialize<JsonElement>(line))
                    .Cast<JsonElement?>()
                    .FirstOrDefault(line => line!.Value.GetProperty("action").GetString() == action
                        && line.Value.GetProperty("actor").GetString() == actor);
                return found is not null;
            },
            SealedWithin);
        return found!.Value;
    }

    private Task<(int Code, string Output, string Error)> Run(params string[] arguments) =>
        CommandTests.Run("", ["audit", .. arguments, "--data", Server.DataFolder]);

    /// <summary>By somebody who may change the schema.</summary>
    private async Task Tamper(long id)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(Server.DataFolder, "vrs.db")}");
        await connection.OpenAsync();
        await connection.ExecuteAsync("DROP TRIGGER audit_events_no_update");
        Assert.Equal(1, await connection.ExecuteAsync(
            "UPDATE audit_events SET actor = 'nobody' WHERE id = @id", new { id }));
    }

    private static string Day(int offset) =>
        DateTime.UtcNow.AddDays(offset).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
