namespace Vrs.Tests.Integration;

/// <summary>47 CFR 64.604(a)(1)(v): relief before an interpreter has stayed ten minutes leaves its traces.</summary>
public sealed class EarlyReliefTests : ProcessTest
{
    [Fact]
    public async Task Relief_that_is_asked_for_early_is_said_to_be_so_and_is_in_the_log_and_in_the_record()
    {
        var (dana, ines, hana) = await World.OpenThree();
        var relayed = await RelayWorld.Relay(dana, ines, hana);

        Assert.Null(await ines.Page.AskForColleague(relayed.Call, "relief"));
        var news = await ines.Page.Calls.First("the search", call => call.Colleague is not null, Wait.Reply);
        Assert.Equal(("relief", "sought", true), (news.Colleague!.Purpose, news.Colleague.Stage, news.Colleague.Early));
        Assert.Null(await ines.Page.DismissColleague(relayed.Call));
        await ines.Page.Calls.First("its end", call => call.ColleagueOutcome == "dismissed", Wait.Reply);
        var refusal = await hana.Page.AskForColleague(relayed.Call, "relief");
        Assert.Equal("forbidden", refusal?.Reason);
        await relayed.Caller.HangUp();
        await relayed.Ends();

        var record = await CallRecords.Await(Server.DataFolder, relayed.Call);
        Assert.Equal(1L, record["early_relief_requests"]);
        Assert.IsType<DBNull>(record["reliefs"]);
        await Server.Terminate(Wait.Reply);
        Assert.Contains(Server.Log, line =>
            line.Contains("early_relief_asked", StringComparison.Ordinal)
            && line.Contains(relayed.Call, StringComparison.Ordinal)
            && line.Contains("7001", StringComparison.Ordinal));
    }
}
