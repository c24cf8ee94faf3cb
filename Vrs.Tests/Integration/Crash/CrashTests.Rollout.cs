using Dapper;
using Vrs.Silo.Storage;
using Vrs.Tests.Engine.Storage;

namespace Vrs.Tests.Integration.Crash;

/// <summary>
/// A version is replaced under calls, and rolled back, as docs/operations.md says: SIGTERM, the drain, the next process
/// on the same database. The version before is the build that <see cref="BeforeVariable"/> names
/// (<c>./vrs crash --before REVISION</c>). Without one the same program stands in for all versions, and what a next
/// version may have stored is put into the database between two of them.
/// </summary>
public sealed partial class CrashTests
{
    /// <summary>Names the program of the version before this one.</summary>
    private const string BeforeVariable = "VRS_CRASH_BEFORE";

    private const int ForthAndBack = 2;
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StopLimit = DrainLimit + TimeSpan.FromSeconds(20);

    [Fact]
    public Task Replaced_and_rolled_back_under_calls_over_SQLite_it_loses_nothing() =>
        LosesNothing(DatabaseProvider.Sqlite, Replace, ForthAndBack, Before);

    [PostgreSqlFact]
    public Task Replaced_and_rolled_back_under_calls_over_PostgreSql_it_loses_nothing() =>
        LosesNothing(DatabaseProvider.PostgreSql, Replace, ForthAndBack, Before);

    private static string? Before => Environment.GetEnvironmentVariable(BeforeVariable) is { Length: > 0 } program
        ? program
        : null;

    private async Task Replace(ServerProcess server, TemporaryDatabase database, CrashBook book)
    {
        Assert.Equal(0, await server.Terminate(StopLimit));
        if (Before is { } before)
        {
            var isBack = server.Program != before;
            server.Program = isBack ? before : ServerProcess.OwnProgram;
            output.WriteLine($"{server.Url} goes on with {(isBack ? "the version before" : "this version")}");
        }
        else
        {
            Assert.True(await StoreAsTheNextVersion(database) > 0, "Nothing was stored.");
        }

        await server.Start();
    }

    /// <summary>Every stored state gets a field that this version does not know.</summary>
    private static async Task<int> StoreAsTheNextVersion(TemporaryDatabase database)
    {
        await using var connection = await database.Database.Source.OpenConnectionAsync();
        var unknown = database.Options.Provider is DatabaseProvider.Sqlite
            ? "json_set(body, '$.fieldOfTheNextVersion', json('{\"a\":[1]}'))"
            : "(body::jsonb || '{\"fieldOfTheNextVersion\":{\"a\":[1]}}'::jsonb)::text";
        return await connection.ExecuteAsync($"UPDATE grain_state SET body = {unknown}");
    }
}
