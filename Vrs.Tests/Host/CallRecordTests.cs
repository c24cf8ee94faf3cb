using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Vrs.Grains.Domain.Records;
using Vrs.Grains.Interfaces.Calls;
using Vrs.Grains.Interfaces.Queues;
using Vrs.Grains.Records;

namespace Vrs.Tests.Host;

public sealed class CallRecordTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, 125, TimeSpan.Zero);
    private VrsServer _server = null!;

    private ICallRecords Records => _server.Services.GetRequiredService<ICallRecords>();

    [Fact]
    public async Task A_record_comes_back_as_it_was_kept()
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
            IncomingAddress = null,
            OutboundNumber = null,
            OutboundAddress = null,
            EndReason = EndReason.Abandoned,
        };

        await Records.Append(answered, CancellationToken.None);
        await Records.Append(abandoned, CancellationToken.None);

        Assert.Collection(
            await Records.Recent(10, CancellationToken.None),
            last => Assert.Equal(abandoned, last),
            first => Assert.Equal(answered, first));
    }

    [Fact]
    public async Task A_record_is_kept_once_and_the_first_one_stays()
    {
        await Records.Append(Record("c1"), CancellationToken.None);
        await Records.Append(Record("c1") with { CaId = "9999" }, CancellationToken.None);

        Assert.Equal("7001", Assert.Single(await Records.Recent(10, CancellationToken.None)).CaId);
    }

    [Fact]
    public async Task Records_outlive_a_restart_and_only_so_many_are_given()
    {
        foreach (var call in new[] { "c1", "c2", "c3" })
        {
            await Records.Append(Record(call), CancellationToken.None);
        }

        await _server.Restart();

        Assert.Equal(["c3", "c2"], (await Records.Recent(2, CancellationToken.None)).Select(r => r.Call.Value));
    }

    [Fact]
    public async Task An_operator_sees_the_latest_and_nobody_else_does()
    {
        await Records.Append(Record("c1"), CancellationToken.None);
        using var olga = await _server.HttpAs("olga");
        using var dana = await _server.HttpAs("dana");

        var seen = await olga.GetFromJsonAsync<JsonElement>("/api/operations/records?take=5");
        using var refused = await dana.GetAsync("/api/operations/records");

        var record = Assert.Single(seen.EnumerateArray());
        Assert.Equal("c1", record.GetProperty("call").GetString());
        Assert.Equal("callerHungUp", record.GetProperty("endReason").GetString());
        Assert.Equal(Noon, record.GetProperty("arrivedAt").GetDateTimeOffset());
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    public async Task InitializeAsync() => _server = await VrsServer.Start();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    private static CallRecord Record(string call) => new()
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
    };
}
