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
    /// <summary>
    /// Stories that are not told here: two deadlines of two grains fall at the same moment in them, and which comes
    /// first is decided by chance on two silos. Either order is right; a story knows one.
    /// </summary>
    private static readonly string[] _notHere = ["held-caller-is-recovered", "support-is-lost"];

    public static TheoryData<string> Stories =>
        [.. StoryFiles.All().Select(path => Path.GetFileNameWithoutExtension(path)).Except(_notHere)];

    [PostgreSqlTheory]
    [MemberData(nameof(Stories))]
    public async Task The_story_is_told_though_a_silo_dies(string name)
    {
        var story = StoryFiles.Read(name);
        await using var database = await TemporaryDatabase.Make(DatabaseProvider.PostgreSql);
        await using var world = new EngineWorld((
            new SqlStorage(database.Database, database.Writer, TimeProvider.System),
            new SqlReminderStorage(database.Database, database.Writer)));

        var told = await StoryTeller.Tell(story, new LosingASilo(world, afterBlock: (story.Blocks.Length + 1) / 2));

        Assert.True(story.Write() == told.Write(), $"Told otherwise:\n{told.Write()}");
    }

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
