using Vrs.Grains.Domain.Records;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Queues;
using Vrs.Silo.Records;
using Vrs.Silo.Storage;
using Vrs.Tests.Engine.Storage;

namespace Vrs.Tests.Host;

/// <summary>The table of call records, the same on both databases.</summary>
public sealed class SqlCallRecordsTests
{
    internal static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, 125, TimeSpan.Zero);

    [Fact]
    public Task Sqlite_keeps_records() => Keeps(DatabaseProvider.Sqlite);

    [PostgreSqlFact]
    public Task PostgreSql_keeps_records() => Keeps(DatabaseProvider.PostgreSql);

    internal static CallRecord Record(string call) => new()
    {
        Call = CallId.From(call),
        Session = SessionId.From("0123456789abcdef0123456789abcdef"),
        CaId = "7001",
        Direction = CallDirection.DeafToHearing,
        Priority = PriorityClass.Standard,
        Pool = PoolId.From("ase+en"),
        EndReason = EndReason.CallerHungUp,
        ArrivedAt = Noon,
        AnsweredAt = Noon.AddSeconds(9),
        EndedAt = Noon.AddSeconds(90),
        SessionStart = Noon.AddSeconds(9),
        SessionEnd = Noon.AddSeconds(90),
        ConversationStart = Noon.AddSeconds(20),
        ConversationEnd = Noon.AddSeconds(88),
        IncomingNumber = "+15550101",
        IncomingAddress = "192.0.2.1",
        OutboundNumber = "+15550201",
        OutboundAddress = "192.0.2.2",
        SessionSeconds = 81,
        ConversationSeconds = 68,
        HandlingLocation = "main",
        Url = "wss://vrs.local/sip",
        Reliefs = 2,
        EarlyReliefs = 1,
        EarlyReliefRequests = 3,
        Preference = "gender=female;wait=60",
        PreferenceConsent = PreferenceFallback.KeepWaiting,
        PreferenceOutcome = WishOutcome.FellBack,
    };

    private static async Task Keeps(DatabaseProvider provider)
    {
        await using var database = await TemporaryDatabase.Make(provider);
        var records = new SqlCallRecords(database.Database, database.Writer);
        await ARecordComesBackAsItWasKept(records);
        await TheFirstRecordOfACallStays(records);
        await RecordsKeptAtOnceAreAllThere(records);
    }

    private static async Task ARecordComesBackAsItWasKept(SqlCallRecords records)
    {
        var answered = Record("c1");
        var abandoned = Record("c2") with
        {
            CaId = "",
            AnsweredAt = null,
            SessionStart = null,
            SessionEnd = null,
            ConversationStart = null,
            ConversationEnd = null,
            IncomingNumber = null,
            IncomingAddress = null,
            OutboundNumber = null,
            OutboundAddress = null,
            Reliefs = null,
            EarlyReliefs = null,
            EarlyReliefRequests = null,
            Preference = null,
            PreferenceConsent = null,
            PreferenceOutcome = null,
            EndReason = EndReason.Abandoned,
        };
        await records.Append(answered, CancellationToken.None);
        await records.Append(abandoned, CancellationToken.None);

        Assert.Collection(
            await records.Recent(10, CancellationToken.None),
            last => Assert.Equal(abandoned, last),
            first => Assert.Equal(answered, first));
    }

    private static async Task TheFirstRecordOfACallStays(SqlCallRecords records)
    {
        await records.Append(Record("c2") with { CaId = "9999" }, CancellationToken.None);

        Assert.Equal(["", "7001"], (await records.Recent(10, CancellationToken.None)).Select(r => r.CaId));
    }

    private static async Task RecordsKeptAtOnceAreAllThere(SqlCallRecords records)
    {
        var calls = Enumerable.Range(10, 40).Select(number => $"c{number}").ToArray();
        await Task.WhenAll(calls.Select(call => records.Append(Record(call), CancellationToken.None)));

        var kept = (await records.Recent(40, CancellationToken.None)).Select(r => r.Call.Value);
        Assert.Equal(calls.Order(), kept.Order());
    }
}
