using System.Diagnostics.Metrics;
using Vrs.Silo.Storage;

namespace Vrs.Tests.Engine.Storage;

/// <summary>What nobody waits for is committed with what somebody waits for, and soon when nobody does.</summary>
public sealed class CompanyTests
{
    private static readonly Statement Patient = new(
        "INSERT INTO grain_state (grain_type, grain_key, state_name, version, body, written_at) "
        + "VALUES ('t', @p0, 's', 1, '', '')",
        "")
    { CanWait = true };

    [Fact]
    public async Task A_write_that_can_wait_goes_along_with_one_that_cannot()
    {
        await using var database = await TemporaryDatabase.Make(DatabaseProvider.Sqlite);
        await database.Writer.Write(Patient with { Values = ["0"], CanWait = false });
        var batches = new List<int>();
        using var listener = Listen(batches);

        var patient = Enumerable.Range(1, 5).Select(i => database.Writer.Write(Patient with { Values = [$"{i}"] }));
        var all = patient.Append(database.Writer.Write(Patient with { Values = ["6"], CanWait = false })).ToList();
        await Task.WhenAll(all);

        lock (batches)
        {
            Assert.Contains(6, batches);
        }
    }

    [Fact]
    public async Task A_write_that_can_wait_is_committed_alone_when_nothing_else_comes()
    {
        await using var database = await TemporaryDatabase.Make(DatabaseProvider.Sqlite);

        var written = database.Writer.Write(Patient with { Values = ["1"] });

        Assert.Equal(1, await written.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task What_can_wait_is_committed_before_the_writer_stops()
    {
        await using var database = await TemporaryDatabase.Make(DatabaseProvider.Sqlite);

        var written = database.Writer.Write(Patient with { Values = ["1"] });
        await database.Writer.DisposeAsync();

        Assert.Equal(1, await written);
    }

    private static MeterListener Listen(List<int> batches)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "vrs.storage.batch")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((_, count, _, _) =>
        {
            lock (batches)
            {
                batches.Add(count);
            }
        });
        listener.Start();
        return listener;
    }
}
