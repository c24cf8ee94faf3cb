using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Vrs.Grains.Records;

namespace Vrs.Tests.Host;

/// <summary>Call records on a whole server.</summary>
public sealed class CallRecordTests : IAsyncLifetime
{
    private VrsServer _server = null!;

    private ICallRecords Records => _server.Services.GetRequiredService<ICallRecords>();

    [Fact]
    public async Task Records_outlive_a_restart_and_only_so_many_are_given()
    {
        foreach (var call in new[] { "c1", "c2", "c3" })
        {
            await Records.Append(SqlCallRecordsTests.Record(call), CancellationToken.None);
        }

        await _server.Restart();

        Assert.Equal(["c3", "c2"], (await Records.Recent(2, CancellationToken.None)).Select(r => r.Call.Value));
    }

    [Fact]
    public async Task An_operator_sees_the_latest_and_nobody_else_does()
    {
        await Records.Append(SqlCallRecordsTests.Record("c1"), CancellationToken.None);
        using var olga = await _server.HttpAs("olga");
        using var dana = await _server.HttpAs("dana");

        var seen = await olga.GetFromJsonAsync<JsonElement>("/api/operations/records?take=5");
        using var refused = await dana.GetAsync("/api/operations/records");

        var record = Assert.Single(seen.EnumerateArray());
        Assert.Equal("c1", record.GetProperty("call").GetString());
        Assert.Equal("callerHungUp", record.GetProperty("endReason").GetString());
        Assert.Equal(SqlCallRecordsTests.Noon, record.GetProperty("arrivedAt").GetDateTimeOffset());
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    public async Task InitializeAsync() => _server = await VrsServer.Start();

    public async Task DisposeAsync() => await _server.DisposeAsync();
}
