using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
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

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_write_that_can_wait_goes_along_with_one_that_cannot()
    {
        await using var database = await TemporaryDatabase.Make(DatabaseProvider.Sqlite);
        await using var writer = new GroupCommitWriter(
            database.Database, Options.Create(database.Options), NullLogger<GroupCommitWriter>.Instance)
        {
            Company = TimeSpan.FromHours(1),
        };

        var patient = Enumerable.Range(1, 5).Select(i => writer.Write(Patient with { Values = [$"{i}"] })).ToList();
        var urgent = writer.Write(Patient with { Values = ["6"], CanWait = false });

        Assert.All(await Task.WhenAll([.. patient, urgent]).WaitAsync(Limit), changed => Assert.Equal(1, changed));
    }

    [Fact]
    public async Task A_write_that_can_wait_is_committed_alone_when_nothing_else_comes()
    {
        await using var database = await TemporaryDatabase.Make(DatabaseProvider.Sqlite);

        var written = database.Writer.Write(Patient with { Values = ["1"] });

        Assert.Equal(1, await written.WaitAsync(Limit));
    }

    [Fact]
    public async Task What_can_wait_is_committed_before_the_writer_stops()
    {
        await using var database = await TemporaryDatabase.Make(DatabaseProvider.Sqlite);

        var written = database.Writer.Write(Patient with { Values = ["1"] });
        await database.Writer.DisposeAsync();

        Assert.Equal(1, await written);
    }
}
