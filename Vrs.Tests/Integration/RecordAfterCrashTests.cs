namespace Vrs.Tests.Integration;

/// <summary>The server dies under a call that nobody comes back to: that too is over in time, and on record.</summary>
public sealed class RecordAfterCrashTests : ProcessTest
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan OnRecordWithin = TimeSpan.FromSeconds(5);

    protected override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string> { ["Calls:LongestWait"] = LongestWait.ToString() };

    /// <summary>A reminder alone would wake the call after a minute.</summary>
    [Fact]
    public async Task A_call_that_nobody_asks_for_again_is_on_record_within_seconds_of_its_end()
    {
        var (dana, hana) = (await World.Open("dana"), await World.Open("hana"));
        var call = await RelayWorld.Queue(dana, hana);

        await Server.Kill();
        await dana.Page.DisposeAsync();
        await Server.Start();

        var record = await CallRecords.Await(Server.DataFolder, call.RelayCall!, LongestWait + OnRecordWithin);
        Assert.Equal(dana.Number, record["incoming_number"]);
        Assert.Equal(DBNull.Value, record["answered_at"]);
    }
}
