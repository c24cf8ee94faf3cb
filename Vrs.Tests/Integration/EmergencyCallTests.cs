using Vrs.Bench.Headless;
using Vrs.Grains.Interfaces.Queues;
using Vrs.Tests.Host;

namespace Vrs.Tests.Integration;

/// <summary>
/// A call to 911 from a caller's device to the emergency desk that development has (psap), on a whole server: ahead of
/// who came before, marked for everybody, and recorded as what it was.
/// </summary>
public sealed class EmergencyCallTests
{
    private const string Emergency = "911";

    [Fact]
    public async Task A_call_to_911_is_served_first_and_reaches_the_emergency_desk_marked_everywhere()
    {
        await using var server = await VrsServer.Start(new Dictionary<string, string?>
        {
            ["Accounts:HashIterations"] = "10000",
            ["Calls:SetupTimeout"] = "00:01:00",
        });
        await using var world = new RelayWorld(server.Address);
        var olga = await server.SignIn("olga");
        await using var board = await HeadlessConsole.Connect(server.Address, olga.AccessToken, "/hubs/operations");
        var (deniz, dana, hana) = (await world.Open("deniz"), await world.Open("dana"), await world.Open("hana"));
        var psap = await world.Open("psap");

        var before = await RelayWorld.Queue(deniz, hana);
        var call = await dana.Phone.Call(Emergency, Sdp.VideoOffer());
        await call.Response(182, Wait.Reply);
        var ines = await world.OpenInterpreter("ines");
        var (offer, leg) = await RelayWorld.Accept(ines);
        await call.Answered(Wait.Reply);
        var dial = await RelayWorld.Dial(ines, offer);
        var ringing = await psap.Phone.NextCall(Wait.Reply);
        await ringing.Ring();
        await ringing.AnswerAndConfirm(Wait.Reply);
        await dial.Answered(Wait.Reply);

        Assert.Equal(call.RelayCall, offer.Call);
        Assert.Equal((Emergency, "emergency"), (offer.DialedNumber, offer.Priority));
        foreach (var page in (HeadlessConsole[])[dana.Page, ines.Page, psap.Page])
        {
            Assert.Equal("emergency", (await page.Phase(offer.Call, "relaying", Wait.Reply)).Priority);
        }

        await board.Boards.First("the call, marked", news => IsMarked(news, offer.Call, "relaying"), Wait.Reply);
        Assert.False(before.IsEstablished);

        await call.HangUp();
        await new RelayedCall(offer.Call, call, leg, dial, ringing).Ends();
        var record = await CallRecords.Await(server.DataFolder, offer.Call);
        Assert.Equal(nameof(PriorityClass.Emergency), $"{record["priority"]}", ignoreCase: true);
        Assert.Empty(world.Faults);
    }

    private static bool IsMarked(BoardNews board, string call, string phase) => board.Calls.Any(
        one => one.Call == call && one.Phase == phase && one.Priority == "emergency");
}
