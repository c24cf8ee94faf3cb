using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Vrs.Silo.Records;
using Vrs.Silo.Storage;
using Vrs.Tests.Host;

namespace Vrs.Tests.Integration;

/// <summary>Of a call that is over nothing stays but its record and its audit events.</summary>
public sealed class ErasureTests
{
    // A grain keeps its wake-up until a minute went by without work.
    private static readonly TimeSpan WakeUpEnds = TimeSpan.FromMinutes(1) + Wait.Reply;

    [Fact]
    public async Task The_state_of_a_call_is_erased_after_its_time_and_not_before_and_its_record_stays()
    {
        await using var server = await VrsServer.Start(
            new Dictionary<string, string?> { ["Accounts:HashIterations"] = "10000" });
        await using var world = new RelayWorld(server.Address);
        var (dana, ines, hana) = await world.OpenThree();
        var over = await RelayWorld.Relay(dana, ines, hana);
        await over.Caller.HangUp();
        await over.Ends();
        var deniz = await world.Open("deniz");
        var lives = await RelayWorld.Queue(deniz, hana);
        Assert.Equal(2, await Count(server, "grain_state WHERE grain_type = 'call'"));

        Assert.Equal(0, await Erase(server, DateTimeOffset.UtcNow.AddHours(23)));
        await Wait.Until(
            "The call is erased once it owes nothing",
            async () => await Erase(server, DateTimeOffset.UtcNow.AddHours(25)) == 1,
            WakeUpEnds);

        Assert.Equal(1, await Count(server, "grain_state WHERE grain_type = 'call'"));
        Assert.Equal(1, await Count(server, $"call_records WHERE call_id = '{over.Call}'"));
        await lives.Cancel();
        Assert.Equal("487", await lives.EndsWithin(Wait.Reply));
    }

    private static async Task<int> Erase(VrsServer server, DateTimeOffset now)
    {
        using var eraser = new CallStateEraser(
            server.Services.GetRequiredService<GroupCommitWriter>(),
            Options.Create(new StorageOptions()),
            new FixedTime(now),
            NullLogger<CallStateEraser>.Instance);
        return await eraser.EraseDue();
    }

    private static Task<int> Count(VrsServer server, string rows) =>
        server.Services.GetRequiredService<Database>().Read(
            connection => connection.ExecuteScalarAsync<int>($"SELECT COUNT(*) FROM {rows}"));
}
