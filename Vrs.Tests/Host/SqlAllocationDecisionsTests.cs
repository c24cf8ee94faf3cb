using Microsoft.Extensions.Options;
using Vrs.Grains.Domain.Queues;
using Vrs.Grains.Domain.Records;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Interpreters;
using Vrs.Grains.Interfaces.Queues;
using Vrs.Silo.Records;
using Vrs.Silo.Storage;
using Vrs.Tests.Engine.Storage;
using Vrs.Tests.Support;

namespace Vrs.Tests.Host;

/// <summary>The table of explanations, the same on both databases.</summary>
public sealed class SqlAllocationDecisionsTests
{
    [Fact]
    public Task Sqlite_keeps_decisions() => Keeps(DatabaseProvider.Sqlite);

    [PostgreSqlFact]
    public Task PostgreSql_keeps_decisions() => Keeps(DatabaseProvider.PostgreSql);

    internal static AllocationDecision Decision(long number, DateTimeOffset at) => new()
    {
        Pool = new PoolId("ase+en"),
        Number = number,
        DecidedAt = at,
        Call = new CallId($"call{number % 2}"),
        Priority = PriorityClass.Urgent,
        WaitedSeconds = 42,
        PassedOver = 1,
        Required = ["legal"],
        Preference = PreferenceOutcome.FellBack,
        Consent = PreferenceFallback.Anyone,
        Winner = new InterpreterId("ines"),
        Free = 7,
        Excluded = new ExcludedCounts(1, 2, 0, 1, 1),
        Considered = [new(new("ines"), 1, 0, 4), new(new("ivan"), 1, 1, 2)],
    };

    private static async Task Keeps(DatabaseProvider provider)
    {
        await using var database = await TemporaryDatabase.Make(provider);
        var time = new VirtualTime();
        var now = time.GetUtcNow();
        var decisions = new SqlAllocationDecisions(
            database.Database, database.Writer, Options.Create(new StorageOptions()), time);

        await decisions.Append(Decision(1, now.AddDays(-91)), CancellationToken.None);
        await decisions.Append(Decision(2, now.AddMinutes(-2)), CancellationToken.None);
        await decisions.Append(Decision(2, now) with { WaitedSeconds = 99 }, CancellationToken.None);
        await decisions.Append(Decision(3, now.AddMinutes(-1)), CancellationToken.None);

        var kept = await decisions.Recent(null, 10, CancellationToken.None);
        Assert.Equal([3, 2], kept.Select(decision => decision.Number));
        Assert.Equivalent(Decision(2, now.AddMinutes(-2)), kept[1], strict: true);
        Assert.Equal(
            [2], (await decisions.Recent(new CallId("call0"), 10, CancellationToken.None)).Select(one => one.Number));
        Assert.Single(await decisions.Recent(null, 1, CancellationToken.None));
    }
}
