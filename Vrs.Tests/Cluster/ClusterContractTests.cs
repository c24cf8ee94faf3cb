using Vrs.Silo.Storage;
using Vrs.Tests.Engine;
using Vrs.Tests.Engine.Storage;

namespace Vrs.Tests.Cluster;

/// <summary>
/// The engine contract on two silos over a real database, right after a third has died.
/// </summary>
[Collection(nameof(WholePool))]
public sealed class ClusterContractTests : EngineContract
{
    private readonly TemporaryDatabase _database;

    /// <summary>Made for each test.</summary>
    public ClusterContractTests()
        : this(Database())
    {
    }

    private ClusterContractTests(TemporaryDatabase database)
        : base(new EngineFixture(
            new SqlStorage(database.Database, database.Writer, TimeProvider.System),
            new SqlReminderStorage(database.Database, database.Writer),
            losesOne: true)) =>
        _database = database;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>PostgreSQL where there is one: the tests of the contract can't be skipped for want of it.</summary>
    private static TemporaryDatabase Database()
    {
        var provider = PostgreSqlServer.Missing is null ? DatabaseProvider.PostgreSql : DatabaseProvider.Sqlite;
        return Task.Run(() => TemporaryDatabase.Make(provider)).GetAwaiter().GetResult();
    }
}
