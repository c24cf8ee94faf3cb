using Vrs.Silo.Storage;
using Vrs.Tests.Callflows;
using Vrs.Tests.Engine.Storage;

namespace Vrs.Tests.Cluster;

/// <summary>
/// Every story on two silos over PostgreSQL, one of which dies in the middle: the other takes calls, line and
/// interpreters from storage, and nobody in the story notices.
/// </summary>
[Collection(nameof(WholePool))]
public sealed class ClusterCallflowTests
{
    public static TheoryData<string> Stories =>
        [.. StoryFiles.All().Select(path => Path.GetFileNameWithoutExtension(path))];

    /// <summary>
    /// Where it dies early instead: between a lost connection and the end of its grace a call and its interpreter each
    /// wait for a deadline, and the one that a dead silo had falls when it is woken elsewhere. Which comes first is
    /// then chance, and a story knows one order.
    /// </summary>
    private static readonly string[] _diesEarly = ["held-caller-is-recovered"];

    [PostgreSqlTheory]
    [MemberData(nameof(Stories))]
    public async Task The_story_is_told_though_a_silo_dies(string name)
    {
        var story = StoryFiles.Read(name);
        await using var database = await TemporaryDatabase.Make(DatabaseProvider.PostgreSql);
        await using var world = new EngineWorld((
            new SqlStorage(database.Database, database.Writer, TimeProvider.System),
            new SqlReminderStorage(database.Database, database.Writer)));

        var told = await StoryTeller.Tell(story, new LosingASilo(world, DeathIn(name, story)));

        Assert.True(story.Write() == told.Write(), $"Told otherwise:\n{told.Write()}");
    }

    /// <summary>The block after which it dies: in the middle.</summary>
    private static int DeathIn(string name, Story story) =>
        _diesEarly.Contains(name) ? 1 : (story.Blocks.Length + 1) / 2;

    /// <summary>One of two silos dies after a block.</summary>
    private sealed class LosingASilo(EngineWorld world, int afterBlock) : IStoryWorld
    {
        private int _blocks;

        public Task Do(StoryCommand command) => world.Do(command);

        public async Task<IReadOnlyList<string>> Observe(IReadOnlyList<string> expected)
        {
            var observed = await world.Observe(expected);
            if (++_blocks == afterBlock)
            {
                world.Grains.KillSilo(afterBlock % 2);
                world.RenewPages();
            }

            return observed;
        }

        public ValueTask DisposeAsync() => world.DisposeAsync();
    }
}

/// <summary>Tests that must have the thread pool for themselves, see <see cref="ClusterStillness"/>.</summary>
[CollectionDefinition(nameof(WholePool), DisableParallelization = true)]
public sealed class WholePool;
